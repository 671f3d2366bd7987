/** An update or removal of the extension while a run is on: the run has all it needs and completes. */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUN_FILE } from '../../src/domain/run/layout';
import { type Editor, openEditor } from './harness/editor';
import { processesNaming } from './harness/processes';
import { type EditorServer, startServer } from './harness/server';
import {
  CONFIGURATION_FILE,
  onlyRunOf,
  recordedSteps,
  runsOf,
  shapesConfiguration,
  waitFor,
} from './harness/workspace';

const EPOCHS = 2;
const FIRST_STEPS_MS = 90_000;
const COMPLETION_MS = 240_000;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  const files = { [CONFIGURATION_FILE]: shapesConfiguration(EPOCHS) };
  server = await startServer({ workspaceTrust: 'off', files });
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test("a run completes after the extension's folder was deleted in the middle of it", async () => {
  await editor.runCommand('Start SupCon Run');
  await editor.pick(CONFIGURATION_FILE);
  await editor.pick(/Generated shapes/);
  const folder = await waitFor('the first steps', folderOfTrainingRun, FIRST_STEPS_MS);
  expect(processesNaming(join(server.extensionFolder, 'dist'))).not.toEqual([]);
  rmSync(server.extensionFolder, { recursive: true, force: true });
  const stepsAtRemoval = recordedSteps(folder).length;
  const hasEnded = async () => (await onlyRunOf(server.workspace)).state === 'ended';
  await waitFor('the run to end', hasEnded, COMPLETION_MS);
  expect(await onlyRunOf(server.workspace)).toMatchObject({ endState: 'completed', reason: null });
  expect(recordedSteps(folder).length).toBeGreaterThan(stepsAtRemoval);
  expect(JSON.parse(readFileSync(join(folder, RUN_FILE.results), 'utf8'))).toHaveProperty('linearProbe');
});

/** The run's folder once it has recorded some steps. */
async function folderOfTrainingRun(): Promise<string | undefined> {
  const run = (await runsOf(server.workspace)).at(0);
  return run !== undefined && recordedSteps(run.folder).length > 5 ? run.folder : undefined;
}
