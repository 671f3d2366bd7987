/**
 * Four live runs and the extension host's half of a dashboard over them, as src/extension/page/dashboardPage.ts puts it
 * together around a webview: real keepers, the watch of the runs folder, the numbers' worker in its thread, and the
 * session. Only the `vscode` module's part is missing: its postMessage is whatever `post` is given.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import { DashboardSession } from '../../src/extension/page/dashboardSession';
import { DEFAULT_LAYOUT } from '../../src/protocol/pages/dashboard';
import { stopRun } from '../../src/runs/control';
import { readCellSamples, readRunFigures } from '../../src/runs/folder/runFigures';
import { readSettings } from '../../src/runs/index/record';
import { createNumbers } from '../../src/runs/numbers/create';
import { readAlerts } from '../../src/runs/readAlerts';
import { startRun } from '../../src/runs/start';
import { watchRecords } from '../../src/runs/watch';
import { STAMPS_FILE } from './liveTags.mjs';

const RUNS = 4;

/**
 * @typedef {object} LivePlaces
 * @property {string} base a new folder of this user alone: it holds the runs, the sockets and the cache
 * @property {string} keeperPath
 * @property {string} trainerPath
 * @property {string} workerPath of the numbers
 *
 * @typedef {import('../../src/protocol/pages/dashboard').HostMessage} HostMessage
 *
 * @typedef {object} LiveRuns
 * @property {readonly string[]} folders
 * @property {(post: (message: HostMessage) => Promise<boolean>) => LiveDashboard} open
 * @property {() => Promise<Map<string, number[]>>} stop ends them, once; gives, by folder, the milliseconds since 1970 at
 *   which each step was written
 *
 * @typedef {object} LiveDashboard
 * @property {(message: unknown) => void} receive takes what the page says
 * @property {() => void} close
 */

/**
 * Starts the runs.
 * @param {LivePlaces} places
 * @returns {Promise<LiveRuns>}
 */
export async function startLiveRuns({ base, keeperPath, trainerPath, workerPath }) {
  // The queue and the sockets of this machine's other runs are left alone.
  process.env['XDG_RUNTIME_DIR'] = base;
  const runsFolder = join(base, 'runs');
  const programs = { keeperPath, trainerPath, version: '0.0.0', queue: /** @type {const} */ ('now') };
  /** @type {string[]} */
  const folders = [];
  for (let i = 0; i < RUNS; i++) {
    const config = parseConfiguration({ name: `live ${i}` }, 'the benchmark');
    folders.push((await startRun({ ...programs, config, runsFolder, codeFolder: null })).folder);
  }
  /** @type {Promise<Map<string, number[]>> | undefined} */
  let stopped;
  return {
    folders,
    open: (post) => openSession({ runsFolder, workerPath, post }),
    stop: () => (stopped ??= stopAll(folders)),
  };
}

/** @param {readonly string[]} folders */
async function stopAll(folders) {
  await Promise.all(folders.map((folder) => stopRun(folder)));
  return new Map(folders.map((folder) => [folder, stampsOf(folder)]));
}

/**
 * @param {{ runsFolder: string, workerPath: string, post: (message: HostMessage) => Promise<boolean> }} options
 * @returns {LiveDashboard}
 */
function openSession({ runsFolder, workerPath, post }) {
  const numbers = createNumbers({ workerPath, cacheFolder: join(runsFolder, '.cache'), onError: fail });
  const port = {
    post,
    act: () => undefined,
    reject: (/** @type {unknown} */ message) =>
      fail(new Error(`The page sent what is no message: ${JSON.stringify(message)}`)),
    readParameters: readSettings,
    readFigures: readRunFigures,
    readSamples: readCellSamples,
    readPictures: unasked,
    readAlerts: (/** @type {string} */ folder) => readAlerts(folder).catch(() => []),
    views: { readRecorded: unasked, fileOf: unasked, start: unasked, run: unasked, report: fail },
  };
  const session = new DashboardSession(port, numbers, DEFAULT_LAYOUT);
  const watch = watchRecords(runsFolder, (records) => session.show(records.map(({ summary }) => summary)));
  return {
    receive: (message) => session.receive(message),
    close: () => {
      watch.dispose();
      session.dispose();
    },
  };
}

/**
 * @param {string} folder
 * @returns {number[]}
 */
function stampsOf(folder) {
  return JSON.parse(readFileSync(join(folder, STAMPS_FILE), 'utf8'));
}

/** @returns {never} */
function unasked() {
  throw new Error('The page asked for what this benchmark does not show.');
}

/**
 * @param {Error} error
 * @returns {never}
 */
function fail(error) {
  throw error;
}
