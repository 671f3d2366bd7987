/**
 * The life of a run as a person leads it: started from the palette, watched, the window reloaded under it,
 * stopped, resumed, completed. On disk and on the page no step may be missing. `node test/editor/onData.mjs FOLDER`
 * leads the same life on a folder of IDX files.
 */
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { presetNamed } from '../../src/domain/configuration/presets/presets';
import { curveBeyond, lastStepShown, stepsHeld } from './harness/curve';
import { type Editor, openEditor } from './harness/editor';
import { type EditorServer, startServer } from './harness/server';
import {
  CONFIGURATION_FILE,
  onlyRunOf,
  recordedSteps,
  shapesConfiguration,
  waitFor,
} from './harness/workspace';

/** Half a minute of steps on a machine twice as fast as the slowest: the run must outlive what is done while it runs. */
const EPOCHS = 24;
/** Milliseconds until the curve has its first points: data, tracing and warm-up lie before them. */
const FIRST_STEPS_MS = 90_000;

/** A folder of IDX files to train on instead of the generated set. */
const IDX_FOLDER = process.env['SUPCON_EDITOR_IDX'];
/** Steps that are watched after the reload. */
const WATCHED_STEPS = IDX_FOLDER === undefined ? 10 : 400;
const COMPLETION_MS = IDX_FOLDER === undefined ? 400_000 : 1_500_000;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  const content = IDX_FOLDER === undefined ? shapesConfiguration(EPOCHS) : idxConfiguration(IDX_FOLDER);
  server = await startServer({ workspaceTrust: 'off', files: { [CONFIGURATION_FILE]: content } });
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test(
  'a run goes from the palette to completed across a reload, a stop and a resume',
  lead,
  2 * COMPLETION_MS,
);

async function lead(): Promise<void> {
  onTestFailed(() => editor.screenshot('lifecycle-failed'));
  await editor.runCommand('Start SupCon Run');
  await editor.pick(CONFIGURATION_FILE);
  await editor.pick(IDX_FOLDER === undefined ? /Generated shapes/ : /The configuration's own/);
  await curveBeyond(editor, 'narrow', 10, FIRST_STEPS_MS);
  const { id, folder } = await onlyRunOf(server.workspace);
  await (await editor.dashboard('narrow')).getByRole('button', { name: 'Open dashboard' }).click();
  await curveBeyond(editor, 'wide', 20, FIRST_STEPS_MS);
  await editor.screenshot('running');

  const before = await lastStepShown(editor, 'wide');
  await editor.reload();
  for (const size of ['narrow', 'wide'] as const)
    await curveBeyond(editor, size, before + WATCHED_STEPS, COMPLETION_MS);
  expect(await onlyRunOf(server.workspace)).toMatchObject({ id, state: 'running' });
  for (const size of ['narrow', 'wide'] as const) {
    const steps = (await lastStepShown(editor, size)) - recordedSteps(folder)[0] + 1;
    expect(await stepsHeld(editor, size)).toBeGreaterThanOrEqual(steps);
  }
  await editor.screenshot('reloaded');

  await (await editor.dashboard('narrow')).getByRole('button', { name: 'Stop run' }).click();
  await ended('stopped', FIRST_STEPS_MS);
  const stoppedAt = recordedSteps(folder).length;
  await (await editor.dashboard('narrow')).getByRole('button', { name: 'Resume run' }).click();
  await curveBeyond(editor, 'narrow', stoppedAt + 5, FIRST_STEPS_MS);
  await ended('completed', COMPLETION_MS);
  const steps = recordedSteps(folder);
  expect(steps).toEqual(steps.map((_, i) => steps[0] + i));
  await editor.screenshot('completed');
}

/** Waits until the run's files and the tree say how it ended. */
async function ended(endState: string, deadlineMs: number): Promise<void> {
  const isEnded = async (): Promise<boolean> => (await onlyRunOf(server.workspace)).endState === endState;
  await waitFor(`the run to be ${endState}`, isEnded, deadlineMs);
  await editor.treeRow(new RegExp(`, ${endState}`)).waitFor();
}

function idxConfiguration(path: string): string {
  const preset = presetNamed('fashion-mnist')?.configuration;
  return JSON.stringify({ ...preset, dataset: { kind: 'idx', path } });
}
