/** What can be done with selected runs: which actions are there follows from the runs and from how many there are. */
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
  { action: 'compare', label: 'Compare runs', icon: 'diff', takes: 'two or more' },
  { action: 'openDashboard', label: 'Open dashboard', icon: 'dashboard', takes: 'any' },
  { action: 'inspectEmbeddings', label: 'Inspect embeddings', icon: 'type-hierarchy', takes: 'one' },
  { action: 'compareEmbeddings', label: 'Compare embeddings', icon: 'type-hierarchy', takes: 'two or more' },
  { action: 'stop', label: 'Stop run', icon: 'debug-stop', takes: 'one', suits: canStop },
  {
    action: 'resume',
    label: 'Resume run',
    icon: 'debug-continue',
    takes: 'one',
    suits: (run) => run.resumable && !isLive(run),
  },
  {
    action: 'startAgain',
    label: 'Start again with changes',
    icon: 'edit',
    takes: 'one',
    suits: ({ kind }) => kind === 'training',
  },
  { action: 'star', label: 'Star', icon: 'star', takes: 'any', suits: ({ starred }) => !starred },
  {
    action: 'unstar',
    label: 'Take the star away',
    icon: 'star',
    takes: 'any',
    suits: ({ starred }) => starred,
  },
  { action: 'tag', label: 'Change tags', icon: 'tag', takes: 'any' },
  { action: 'rename', label: 'Rename', icon: 'rename', takes: 'one' },
  { action: 'notes', label: 'Edit notes', icon: 'note', takes: 'one' },
  { action: 'archive', label: 'Archive', icon: 'archive', takes: 'any', suits: ({ archived }) => !archived },
  {
    action: 'unarchive',
    label: 'Unarchive',
    icon: 'archive',
    takes: 'any',
    suits: ({ archived }) => archived,
  },
  {
    action: 'showLog',
    label: 'Show log',
    icon: 'output',
    takes: 'one',
    suits: ({ kind }) => kind !== 'foreign',
  },
  { action: 'revealFolder', label: 'Reveal run folder', icon: 'folder-opened', takes: 'one' },
  {
    action: 'delete',
    label: 'Delete',
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
