/** What can be done with selected runs: which are there follows from the host and from how many runs there are. */
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
  suits?(run: RunSummary): boolean;
}

const RULES: readonly Rule[] = [
  { action: 'compare', label: 'Compare runs', icon: 'diff', takes: 'two or more' },
  { action: 'overlay', label: 'Overlay in dashboard', icon: 'graph-line', takes: 'two or more' },
  { action: 'openDashboard', label: 'Open dashboard', icon: 'dashboard', takes: 'one' },
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
  { action: 'star', label: 'Star or unstar', icon: 'star', takes: 'any' },
  { action: 'tag', label: 'Change tags', icon: 'tag', takes: 'any' },
  { action: 'rename', label: 'Rename run', icon: 'rename', takes: 'one' },
  { action: 'archive', label: 'Archive or restore', icon: 'archive', takes: 'any' },
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
    label: 'Delete runs',
    icon: 'trash',
    takes: 'any',
    suits: (run) => !isLive(run) && run.kind !== 'foreign',
  },
];

/** The actions for some runs, of those that the host has. */
export function actionsFor(rows: readonly RunRow[], offered: readonly TableAction[]): readonly RunAction[] {
  return RULES.filter(
    ({ action, takes, suits }) =>
      offered.includes(action) &&
      fits(takes, rows.length) &&
      rows.every(({ summary }) => suits?.(summary) ?? true),
  );
}

function fits(takes: Rule['takes'], count: number): boolean {
  if (takes === 'one') return count === 1;
  return takes === 'any' ? count >= 1 : count >= 2;
}
