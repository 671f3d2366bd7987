/**
 * Deaths while a run is on. The extension host dies: the editor starts another, the panel comes back and shows the
 * run as if nothing had been. The trainer dies: the tree says by which signal, and the run can be resumed.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { curveBeyond, lastStepShown, stepsHeld } from './harness/curve';
import { type Editor, openEditor } from './harness/editor';
import { descendantsOf } from './harness/processes';
import { type EditorServer, startServer } from './harness/server';
import {
  CONFIGURATION_FILE,
  onlyRunOf,
  recordedSteps,
  shapesConfiguration,
  waitFor,
} from './harness/workspace';

/** More than the test waits for: the run ends by the kill. */
const EPOCHS = 200;
const FIRST_STEPS_MS = 90_000;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  const files = { [CONFIGURATION_FILE]: shapesConfiguration(EPOCHS) };
  server = await startServer({ workspaceTrust: 'off', files });
  editor = await openEditor(server);
  await editor.runCommand('Start SupCon Run');
  await editor.pick(CONFIGURATION_FILE);
  await editor.pick(/Generated shapes/);
  await curveBeyond(editor, 'narrow', 5, FIRST_STEPS_MS);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test('the panel comes back after the death of the extension host, with no gap', async () => {
  await (await editor.dashboard('narrow')).getByRole('button', { name: 'Open dashboard' }).click();
  await curveBeyond(editor, 'wide', 10, FIRST_STEPS_MS);
  const { id, folder } = await onlyRunOf(server.workspace);
  process.kill(extensionHost(), 'SIGKILL');
  const before = recordedSteps(folder).length;
  await curveBeyond(editor, 'wide', before + 10, FIRST_STEPS_MS);
  const steps = (await lastStepShown(editor, 'wide')) - recordedSteps(folder)[0] + 1;
  expect(await stepsHeld(editor, 'wide')).toBeGreaterThanOrEqual(steps);
  expect(await onlyRunOf(server.workspace)).toMatchObject({ id, state: 'running' });
  await editor.screenshot('host-died');
});

test('a killed trainer shows in the tree with its signal, and the run can be resumed', async () => {
  const { pid } = await onlyRunOf(server.workspace);
  if (pid === null) throw new Error('the run has no trainer');
  process.kill(pid, 'SIGKILL');
  await editor.treeRow(/killed by SIGKILL/).waitFor();
  const isResumable = async (): Promise<boolean> => (await onlyRunOf(server.workspace)).resumable;
  await waitFor('the run to be resumable', isResumable, FIRST_STEPS_MS);
  await (await editor.dashboard('narrow')).getByRole('button', { name: 'Resume run' }).waitFor();
  await editor.screenshot('killed');
});

/** The process that runs the extensions of the one open window. */
function extensionHost(): number {
  const hosts = descendantsOf(server.pid).filter(({ command }) => command.includes('--type=extensionHost'));
  const host = hosts.at(0);
  if (host === undefined || hosts.length > 1)
    throw new Error(`expected one extension host, found ${hosts.length}`);
  return host.pid;
}
