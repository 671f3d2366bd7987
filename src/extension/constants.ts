/** Every id that the manifest and the code share. A unit test compares them with package.json. */

/** Command ids. */
export const COMMAND = {
  startRun: 'supcon.startRun',
  startAgain: 'supcon.startAgainWithChanges',
  stopRun: 'supcon.stopRun',
  resumeRun: 'supcon.resumeRun',
  openDashboard: 'supcon.openDashboard',
  revealRunFolder: 'supcon.revealRunFolder',
  showLog: 'supcon.showLog',
  newConfiguration: 'supcon.newConfiguration',
  pauseSweep: 'supcon.pauseSweep',
  resumeSweep: 'supcon.resumeSweep',
  setUpTensorflow: 'supcon.setUpTensorflow',
  removeTensorflow: 'supcon.removeTensorflow',
  addForeignFolder: 'supcon.addForeignFolder',
  removeForeignFolder: 'supcon.removeForeignFolder',
} as const;

/** View ids, and the type of the editor panel. */
export const VIEW = {
  runs: 'supcon.runs',
  dashboard: 'supcon.dashboard',
  dashboardPanel: 'supcon.dashboardPanel',
} as const;

/** Setting ids. */
export const SETTING = {
  runsFolder: 'supcon.runsFolder',
  foreignFolders: 'supcon.foreignFolders',
  nodePath: 'supcon.nodePath',
  tensorflowLibrary: 'supcon.tensorflowLibrary',
} as const;

/** How the setting of that name reaches the processes that train (src/engine/tensorflow/library.ts). */
export const LIBRARY_VARIABLE = 'SUPCON_TENSORFLOW_LIBRARY';

/** Context keys for when-clauses. */
export const CONTEXT = {
  hasRuns: 'supcon.hasRuns',
  hasLiveRun: 'supcon.hasLiveRun',
  hasResumableRun: 'supcon.hasResumableRun',
} as const;

/** Words in the context value of a tree item; when-clauses look for them. */
export const ITEM_CONTEXT = { run: 'run', canStop: 'canStop', canResume: 'canResume' } as const;

/** How configuration files are named. */
export const CONFIGURATION_SUFFIX = '.supcon.json';

/** Finds configuration files, leaving out what is not written by people. */
export const CONFIGURATION_GLOB = '**/*.supcon.json';
export const CONFIGURATION_EXCLUDE = '{**/node_modules/**,**/.supcon/**}';
