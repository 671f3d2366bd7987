/** Every id that the manifest and the code share. A unit test compares them with package.json. */

/** Command ids. */
export const COMMAND = {
  startRun: 'supcon.startRun',
  startAgain: 'supcon.startAgainWithChanges',
  stopRun: 'supcon.stopRun',
  resumeRun: 'supcon.resumeRun',
  openDashboard: 'supcon.openDashboard',
  openTable: 'supcon.openTable',
  revealRunFolder: 'supcon.revealRunFolder',
  showLog: 'supcon.showLog',
  compareRuns: 'supcon.compareRuns',
  compareConfigurations: 'supcon.compareConfigurations',
  previewViews: 'supcon.previewViews',
  inspectEmbeddings: 'supcon.inspectEmbeddings',
  compareEmbeddings: 'supcon.compareEmbeddings',
  openEmbeddingsFile: 'supcon.openEmbeddingsFile',
  newConfiguration: 'supcon.newConfiguration',
  groupRuns: 'supcon.groupRuns',
  sortRuns: 'supcon.sortRuns',
  filterRuns: 'supcon.filterRuns',
  clearFilter: 'supcon.clearFilter',
  searchRuns: 'supcon.searchRuns',
  nextRun: 'supcon.nextRun',
  previousRun: 'supcon.previousRun',
  starRuns: 'supcon.starRuns',
  unstarRuns: 'supcon.unstarRuns',
  tagRuns: 'supcon.tagRuns',
  renameRun: 'supcon.renameRun',
  editNotes: 'supcon.editNotes',
  archiveRuns: 'supcon.archiveRuns',
  unarchiveRuns: 'supcon.unarchiveRuns',
  deleteRuns: 'supcon.deleteRuns',
  restoreRuns: 'supcon.restoreRuns',
  emptyTrash: 'supcon.emptyTrash',
  pauseSweep: 'supcon.pauseSweep',
  resumeSweep: 'supcon.resumeSweep',
  setUpTensorflow: 'supcon.setUpTensorflow',
  removeTensorflow: 'supcon.removeTensorflow',
  addForeignFolder: 'supcon.addForeignFolder',
  removeForeignFolder: 'supcon.removeForeignFolder',
} as const;

/** View ids, and the types of the editor panels. */
export const VIEW = {
  runs: 'supcon.runs',
  dashboard: 'supcon.dashboard',
  dashboardPanel: 'supcon.dashboardPanel',
  diffPanel: 'supcon.diffPanel',
  tablePanel: 'supcon.tablePanel',
  viewsPanel: 'supcon.viewsPanel',
  projectorPanel: 'supcon.projectorPanel',
} as const;

/** Settings of alerts, by their key in the "alerts" section of a configuration. */
export const ALERT_SETTINGS = {
  stopOn: 'supcon.alerts.stopOn',
  collapseSteps: 'supcon.alerts.collapseSteps',
  headroomTolerance: 'supcon.alerts.headroomTolerance',
  deviationShare: 'supcon.alerts.deviationShare',
  emptyBatches: 'supcon.alerts.emptyBatches',
  waitShare: 'supcon.alerts.waitShare',
  waitSteps: 'supcon.alerts.waitSteps',
} as const;

/** Setting ids beside those. */
export const SETTING = {
  runsFolder: 'supcon.runsFolder',
  foreignFolders: 'supcon.foreignFolders',
  nodePath: 'supcon.nodePath',
  tensorflowLibrary: 'supcon.tensorflowLibrary',
  savedFilters: 'supcon.savedFilters',
} as const;

/** What a keybinding hands to a command: it is about what is selected in the tree. */
export const SELECTION = 'selection';

/** The scheme of documents with the notes of a run. */
export const NOTES_SCHEME = 'supcon-notes';

/** How the setting of that name reaches the processes that train (src/engine/tensorflow/library.ts). */
export const LIBRARY_VARIABLE = 'SUPCON_TENSORFLOW_LIBRARY';

/** Context keys for when-clauses. */
export const CONTEXT = {
  hasRuns: 'supcon.hasRuns',
  hasLiveRun: 'supcon.hasLiveRun',
  hasResumableRun: 'supcon.hasResumableRun',
  filterActive: 'supcon.filterActive',
  runsRead: 'supcon.runsRead',
} as const;

/** Words in the context value of a tree item; when-clauses look for them. */
export const ITEM_CONTEXT = {
  run: 'run',
  group: 'group',
  canStop: 'canStop',
  canResume: 'canResume',
  canDelete: 'canDelete',
  starred: 'starred',
  plain: 'plain',
  archived: 'archived',
  current: 'current',
} as const;

/** How configuration files are named. */
export const CONFIGURATION_SUFFIX = '.supcon.json';

/** Endings of files that may hold embeddings. */
export const EMBEDDING_ENDINGS = ['npy', 'npz', 'tsv', 'csv', 'parquet', 'pbtxt'];

/** Finds configuration files, leaving out what is not written by people. */
export const CONFIGURATION_GLOB = '**/*.supcon.json';
export const CONFIGURATION_EXCLUDE = '{**/node_modules/**,**/.supcon/**}';
