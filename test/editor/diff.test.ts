/**
 * Two runs compared in a real editor: they were started from one dirty repository and differ in one setting, the seed
 * and one uncommitted line. The page says exactly that, and the line opens in the editor's own diff.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { DEFAULT_RUNS_FOLDER, FORMAT_VERSION, RUN_FILE } from '../../src/domain/run/layout';
import { captureCode } from '../../src/runs/folder/code';
import { captureEnvironment } from '../../src/runs/folder/environment';
import { type Editor, openEditor } from './harness/editor';
import { endedRunFiles } from './harness/endedRuns';
import { type EditorServer, startServer } from './harness/server';
import { waitFor } from './harness/workspace';

const SOON_MS = 60_000;
const CODE_FILE = 'augment.py';
const COMMITTED = 'def flip(image):\n    return image\n\n\ndef crop(image):\n    return image[2:-2]\n';
const DIRTY = COMMITTED.replace('return image\n', 'return image[:, ::-1]\n');
const DIRTIER = DIRTY.replace('[2:-2]', '[4:-4]');

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  server = await startServer({ workspaceTrust: 'off', files: { [CODE_FILE]: COMMITTED } });
  git('init', '--quiet');
  git('add', CODE_FILE);
  git('-c', 'user.name=test', '-c', 'user.email=test@example.org', 'commit', '--quiet', '--message', 'Begin');
  await makeRun('before', { seed: 1, place: 0, temperature: 0.1, code: DIRTY });
  await makeRun('after', { seed: 2, place: 1, temperature: 0.2, code: DIRTIER });
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

function git(...parameters: string[]): void {
  execFileSync('git', parameters, { cwd: server.workspace });
}

interface MadeRun {
  readonly seed: number;
  readonly place: number;
  readonly temperature: number;
  /** What the code file holds when the run starts. */
  readonly code: string;
}

/** A run that has ended, with what its start would have recorded. */
async function makeRun(name: string, { seed, place, temperature, code: text }: MadeRun): Promise<void> {
  writeFileSync(join(server.workspace, CODE_FILE), text);
  const { code, patch } = await captureCode(server.workspace);
  const recorded = {
    [RUN_FILE.config]: { formatVersion: FORMAT_VERSION, name, seed, loss: { temperature } },
    [RUN_FILE.environment]: captureEnvironment({ onnxruntime: '1.2.3' }, {}),
    [RUN_FILE.dataset]: DATASET,
    [RUN_FILE.code]: code,
  };
  const folder = join(DEFAULT_RUNS_FOLDER, name);
  write({
    ...endedRunFiles(name, { seed, place, value: 0.9 }),
    ...Object.fromEntries(
      Object.entries(recorded).map(([file, content]) => [join(folder, file), JSON.stringify(content)]),
    ),
    [join(folder, RUN_FILE.codePatch)]: patch ?? '',
  });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(server.workspace, path)), { recursive: true });
    writeFileSync(join(server.workspace, path), text);
  }
}

const DATASET = {
  formatVersion: FORMAT_VERSION,
  kind: 'idx',
  samples: 'images',
  ...{ height: 28, width: 28, channels: 1, classNames: ['coat', 'shirt'], damaged: 0 },
  counts: { train: 900, validation: 100, test: 200 },
  contentHash: 'f'.repeat(64),
};

function section(frame: Frame, name: string) {
  return frame.getByRole('region', { name, exact: true });
}

async function rowNames(frame: Frame, name: string): Promise<string[]> {
  return section(frame, name).getByRole('rowheader').allInnerTexts();
}

test('lists the setting, the seed and the line, and nothing else', async () => {
  onTestFailed(() => editor.screenshot('diff-failed'));
  await editor.runCommand('SupCon: Compare Runs');
  await editor.pick('before');
  await editor.pick('after');
  await editor.page.keyboard.press('Enter');
  const frame = await editor.dashboard('wide');
  await section(frame, 'Code').getByText(CODE_FILE).waitFor({ timeout: SOON_MS });
  await editor.screenshot('diff');

  expect(await rowNames(frame, 'Configuration')).toEqual(['seed', 'loss.temperature']);
  expect(
    await section(frame, 'Configuration').getByRole('row', { name: 'loss.temperature' }).innerText(),
  ).toMatch(/0\.1\s+0\.2/);
  for (const name of ['Data', 'Environment', 'Engine']) {
    expect(await section(frame, name).innerText()).toMatch(/\d+ equal rows?/);
    expect(await rowNames(frame, name)).toEqual([]);
  }
  const code = section(frame, 'Code');
  expect(await code.locator('.path').allInnerTexts()).toEqual([CODE_FILE]);
  expect(await code.locator('.hunk').count()).toBe(1);
  expect(await code.locator('.line.added').allInnerTexts()).toEqual(['+    return image[4:-4]\n']);
  expect(await code.locator('.line.removed').allInnerTexts()).toEqual(['-    return image[2:-2]\n']);
});

test('opens the line in the editor, and comes back after a reload', async () => {
  onTestFailed(() => editor.screenshot('diff-open-failed'));
  const frame = await editor.dashboard('wide');
  await frame.getByRole('button', { name: `Open diff of ${CODE_FILE}` }).click();
  const diffEditor = editor.page.locator('.monaco-diff-editor');
  await diffEditor.getByText('[4:-4]').first().waitFor({ timeout: SOON_MS });
  await diffEditor.getByText('[2:-2]').first().waitFor();

  await editor.runCommand('View: Close Editor');
  await editor.reload();
  const names = async () => rowNames(await editor.dashboard('wide'), 'Configuration');
  await waitFor('the comparison', async () => (await names()).join() === 'seed,loss.temperature', SOON_MS);
});
