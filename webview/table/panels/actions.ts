/** What can be done with selected runs: which actions are there follows from the runs and from how many there are. */
import * as l10n from '@vscode/l10n';
import { canStop, isLive } from '../../../src/domain/display/runLook';
import type { RunSummary } from '../../../src/domain/run/state';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { TableAction } from '../../../src/protocol/pages/table';

/** One action. */
export interface RunAction {
  readonly action: TableAction;
  readonly label: string;
  readonly icon: string;
}

interface Rule extends RunAction {
  readonly takes: 'one' | 'two or more' | 'any';
  /** Whether a run can be treated so; true if absent. */
  readonly suits?: (run: RunSummary) => boolean;
}

const RULES: readonly Rule[] = [
  { action: 'compare', label: l10n.t('Compare runs'), icon: 'diff', takes: 'two or more' },
  { action: 'openDashboard', label: l10n.t('Open dashboard'), icon: 'dashboard', takes: 'any' },
  { action: 'inspectEmbeddings', label: l10n.t('Inspect embeddings'), icon: 'type-hierarchy', takes: 'one' },
  {
    action: 'compareEmbeddings',
    label: l10n.t('Compare embeddings'),
    icon: 'type-hierarchy',
    takes: 'two or more',
  },
  { action: 'stop', label: l10n.t('Stop run'), icon: 'debug-stop', takes: 'one', suits: canStop },
  {
    action: 'resume',
    label: l10n.t('Resume run'),
    icon: 'debug-continue',
    takes: 'one',
    suits: (run) => run.resumable && !isLive(run),
  },
  {
    action: 'startAgain',
    label: l10n.t('Start again with changes'),
    icon: 'edit',
    takes: 'one',
    suits: ({ kind }) => kind === 'training',
  },
  {
    action: 'star',
    label: l10n.t({ message: 'Star', comment: ['verb: give a run a star'], args: [] }),
    icon: 'star',
    takes: 'any',
    suits: ({ starred }) => !starred,
  },
  {
    action: 'unstar',
    label: l10n.t('Take the star away'),
    icon: 'star',
    takes: 'any',
    suits: ({ starred }) => starred,
  },
  { action: 'tag', label: l10n.t('Change tags'), icon: 'tag', takes: 'any' },
  { action: 'rename', label: l10n.t('Rename'), icon: 'rename', takes: 'one' },
  { action: 'notes', label: l10n.t('Edit notes'), icon: 'note', takes: 'one' },
  {
    action: 'archive',
    label: l10n.t({ message: 'Archive', comment: ['verb: put a run away'], args: [] }),
    icon: 'archive',
    takes: 'any',
    suits: ({ archived }) => !archived,
  },
  {
    action: 'unarchive',
    label: l10n.t('Unarchive'),
    icon: 'archive',
    takes: 'any',
    suits: ({ archived }) => archived,
  },
  {
    action: 'showLog',
    label: l10n.t('Show log'),
    icon: 'output',
    takes: 'one',
    suits: ({ kind }) => kind !== 'foreign',
  },
  { action: 'revealFolder', label: l10n.t('Reveal run folder'), icon: 'folder-opened', takes: 'one' },
  {
    action: 'delete',
    label: l10n.t('Delete'),
    icon: 'trash',
    takes: 'any',
    suits: (run) => !isLive(run) && run.kind !== 'foreign',
  },
];

/** The actions for some runs. */
export function actionsFor(rows: readonly RunRow[]): readonly RunAction[] {
  return RULES.filter(
    ({ takes, suits }) => fits(takes, rows.length) && rows.every(({ summary }) => suits?.(summary) ?? true),
  );
}

function fits(takes: Rule['takes'], count: number): boolean {
  if (takes === 'one') return count === 1;
  return takes === 'any' ? count >= 1 : count >= 2;
}
