/**
 * An untrusted workspace: nothing of it is started and nothing is loaded. The workspace holds a configuration and
 * a finished run; after trust is declined neither leads to a process or to anything on the screen. Trust is then
 * granted, and the run appears: the emptiness before was not an accident.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExitFile, RunFile, StateFile } from '../../src/domain/run/state';
import { type Editor, openEditor } from './harness/editor';
import { processesNaming } from './harness/processes';
import { type EditorServer, startServer } from './harness/server';
import { CONFIGURATION_FILE, runsOf, shapesConfiguration } from './harness/workspace';

const RUN = 'finished-20260101-000000-abcd';
const CREATED_AT = Date.UTC(2026, 0, 1);
/** Milliseconds in which whatever was started would have shown itself. */
const SETTLING_MS = 8_000;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  const files = { [CONFIGURATION_FILE]: shapesConfiguration(1), ...finishedRun() };
  server = await startServer({ workspaceTrust: 'asked', files });
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test('nothing starts or loads until the workspace is trusted', async () => {
  await editor.page.getByRole('button', { name: /No, I don't trust/ }).click();
  await editor.openContainer('SupCon Lab');
  await editor.runCommand('Start SupCon Run');
  await editor.notification(/not trusted/).waitFor();
  await sleep(SETTLING_MS);
  await editor.screenshot('untrusted');
  expect(ourProcesses()).toEqual([]);
  expect(await runsOf(server.workspace)).toHaveLength(1);
  expect(existsSync(join(server.workspace, '.supcon', '.gitignore'))).toBe(false);
  expect(await editor.treeRow(/finished/).count()).toBe(0);
  const frame = await editor.dashboard('narrow');
  expect(await frame.getByRole('button', { name: 'Stop run' }).count()).toBe(0);
  expect(await frame.getByText('finished').count()).toBe(0);

  await editor.runCommand('Workspaces: Manage Workspace Trust');
  await editor.page.getByRole('button', { name: 'Trust', exact: true }).first().click();
  await editor
    .treeRow(/finished/)
    .first()
    .waitFor();
  await editor.screenshot('trusted');
});

/** Processes that run one of our programs: starter, keeper, trainer. */
function ourProcesses(): readonly string[] {
  return processesNaming(join(server.extensionFolder, 'dist')).map(({ command }) => command);
}

/** A run that ended long ago, as its files tell. */
function finishedRun(): Record<string, string> {
  const keeper = { pid: 1, startTime: 'long ago' };
  const run: RunFile = {
    formatVersion: 1,
    id: RUN,
    createdAt: CREATED_AT,
    host: 'elsewhere',
    version: '0.1.0',
    segments: [{ index: 0, startedAt: CREATED_AT, keeper, socket: 'none.sock' }],
  };
  const exit: ExitFile = {
    formatVersion: 1,
    segment: 0,
    endState: 'completed',
    code: 0,
    signal: null,
    reason: null,
    endedAt: CREATED_AT + 60_000,
  };
  const state: StateFile = {
    formatVersion: 1,
    state: 'ended',
    endState: 'completed',
    segment: 0,
    trainer: null,
    heartbeat: CREATED_AT,
    progress: null,
    headline: { label: 'kNN', value: 0.9 },
    engine: null,
    stop: null,
    queuedBehind: null,
  };
  const named = { 'run.json': run, 'exit.json': exit, 'state.json': state };
  const entries = Object.entries(named).map(([name, value]) => [
    `.supcon/runs/${RUN}/${name}`,
    JSON.stringify(value),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}
