/** What commands and views are made from; built once by the composition root. */
import type * as vscode from 'vscode';
import type { DiffPanels } from './diff/diffPanels';
import type { LiveRunPool } from './runs/liveRun';
import type { RunBackend } from './runs/backend';
import type { RunStore } from './runs/runStore';
import type { DashboardPanels } from './views/dashboardPanels';
import type { RunsTree } from './views/tree/runsTree';
import type { TablePanel } from './views/tablePanel';
import type { PreviewPanels } from './views/previewPanels';
import type { ProjectorPanels } from './views/projectorPanels';

/** The services of the extension. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly log: vscode.LogOutputChannel;
  readonly backend: RunBackend;
  readonly store: RunStore;
  readonly pool: LiveRunPool;
  readonly panels: DashboardPanels;
  readonly tree: RunsTree;
  readonly diffs: DiffPanels;
  readonly table: TablePanel;
  readonly previews: PreviewPanels;
  readonly projectors: ProjectorPanels;
}
