/**
 * The tree of runs as a person uses it: star, rename, filter, group, delete and undo by mouse and keyboard; a run that
 * a terminal starts appears, and a second window on the same folder sees what the first has written.
 */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { DEFAULT_RUNS_FOLDER } from '../../src/domain/run/layout';
import { findNode24 } from '../../src/setup/tools.mjs';
import { type Editor, openEditor } from './harness/editor';
import { endedRunFiles } from './harness/endedRuns';
import { type EditorServer, startServer } from './harness/server';
import { CONFIGURATION_FILE, runsOf, shapesConfiguration, waitFor } from './harness/workspace';

/** Milliseconds for what happens without training. */
const SOON_MS = 60_000;

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  const names = ['low', 'high'].flatMap((arm) => [1, 2, 3].map((seed) => ({ arm, seed })));
  const runs = names.map(({ arm, seed }, place) =>
    endedRunFiles(`supcon-${arm}-s${seed}`, { seed, place, value: arm === 'low' ? 0.8 : 0.9 }),
  );
  const files = {
    ...Object.fromEntries(runs.flatMap((run) => Object.entries(run))),
    [CONFIGURATION_FILE]: shapesConfiguration(40),
  };
  server = await startServer({ workspaceTrust: 'off', files });
  editor = await openEditor(server);
  await editor.openContainer('SupCon Lab');
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test('stars and renames a run, and a second window sees it', async () => {
  onTestFailed(() => editor.screenshot('tree-star-failed'));
  await menu(row('supcon-low-s2'), 'Star Run');
  await editor.treeRow(/supcon-low-s2, completed, starred/).waitFor();
  await editor.treeRow(/supcon-low-s2/).click();
  await editor.page.keyboard.press('F2');
  await answer('the good one');
  await editor.treeRow(/the good one, completed, starred/).waitFor();
  const user = JSON.parse(readFileSync(join(folderOf('supcon-low-s2'), 'user.json'), 'utf8')) as unknown;
  expect(user).toMatchObject({ star: true, name: 'the good one' });

  const second = await openEditor(server);
  await second.openContainer('SupCon Lab');
  await second.treeRow(/the good one, completed, starred/).waitFor();
  await menu(second.treeRow(/the good one/), 'Remove Star', second);
  await editor.treeRow(/the good one, completed, kNN/).waitFor();
  await second.close();
});

test('filters by what is ticked, says so, and clears the filter with one click', async () => {
  onTestFailed(() => editor.screenshot('tree-filter-failed'));
  await menu(row('supcon-high-s1'), 'Star Run');
  await editor.treeRow(/supcon-high-s1, completed, starred/).waitFor();
  await editor.runCommand('SupCon: Filter Runs');
  await editor.pick('starred');
  await editor.page.keyboard.press('Enter');
  const message = editor.page.getByText('1 of 6 runs shown. Filter: starred.');
  await message.waitFor();
  await expect.poll(() => editor.treeRow(/supcon-/).count()).toBe(1);
  await editor.screenshot('tree-filtered');
  await editor.reload();
  await message.waitFor();
  // The editor shows the buttons of a view while the pointer is over it.
  await row('supcon-high-s1').hover();
  await editor.page.getByRole('button', { name: 'Clear Filter' }).click();
  await message.waitFor({ state: 'detached' });
  await row('supcon-low-s1').waitFor();
});

test('groups by experiment, with the mean of the headline and its n', async () => {
  onTestFailed(() => editor.screenshot('tree-group-failed'));
  await editor.runCommand('SupCon: Group Runs');
  await editor.pick('By experiment');
  await editor.treeRow(/^supcon-high, 90\.0 ± 0\.0 % kNN, n 3/).waitFor();
  await editor.screenshot('tree-grouped');
  await editor.runCommand('SupCon: Group Runs');
  await editor.pick('No groups');
  await editor.treeRow(/^supcon-high, 90/).waitFor({ state: 'detached' });
});

test('deletes several runs by keyboard, and undoes it', async () => {
  onTestFailed(() => editor.screenshot('tree-delete-failed'));
  await row('supcon-low-s1').click();
  await row('supcon-high-s3').click({ modifiers: ['Control'] });
  await editor.page.keyboard.press('Delete');
  const notice = editor.notification(/Moved 2 runs to the trash \(\d.* k?B\)/);
  await notice.waitFor();
  await row('supcon-low-s1').waitFor({ state: 'detached' });
  expect(existsSync(folderOf('supcon-low-s1'))).toBe(false);
  await editor.screenshot('tree-deleted');
  await notice.getByRole('button', { name: 'Undo' }).click();
  await row('supcon-low-s1').waitFor();
  await row('supcon-high-s3').waitFor();
  expect(existsSync(join(folderOf('supcon-low-s1'), 'run.json'))).toBe(true);
});

test('shows the bytes before it empties the trash, and keeps it when declined', async () => {
  onTestFailed(() => editor.screenshot('tree-trash-failed'));
  await menu(row('supcon-low-s3'), 'Delete Run');
  await row('supcon-low-s3').waitFor({ state: 'detached' });
  const dialog = editor.page.getByRole('dialog').filter({ hasText: 'Empty the trash, with 1 run in it?' });
  await editor.runCommand('SupCon: Empty Trash');
  await dialog.getByText(/This frees \d.* k?B and cannot be undone/).waitFor();
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(readdirSync(join(runsFolder(), '.trash'))).toHaveLength(1);
  await editor.runCommand('SupCon: Empty Trash');
  await dialog.getByRole('button', { name: 'Destroy 1 run' }).click();
  await expect.poll(() => readdirSync(join(runsFolder(), '.trash')), { timeout: SOON_MS }).toEqual([]);
});

test('shows a run that a terminal starts, and refuses to delete it while it lives', async () => {
  onTestFailed(() => editor.screenshot('tree-live-failed'));
  const shapes = startInTerminal();
  await editor.treeRow(/^shapes, /).waitFor({ timeout: SOON_MS });
  await editor.page.locator('.activitybar .badge-content').filter({ hasText: '1' }).first().waitFor();
  await editor.treeRow(/^shapes, /).click();
  await editor.page.keyboard.press('Delete');
  await editor.notification(/The run shapes is .*: stop it first, then delete it/).waitFor();
  await editor.screenshot('tree-live');
  await editor.treeRow(/^shapes, /).click();
  await editor.page.keyboard.press('Shift+F5');
  await shapes;
  await editor.treeRow(/^shapes, stopped/).waitFor({ timeout: SOON_MS });
  const runs = await runsOf(server.workspace);
  expect(runs.find(({ name }) => name === 'shapes')?.endState).toBe('stopped');
});

function row(name: string): Locator {
  return editor.treeRow(new RegExp(`^${name}, `));
}

/** Chooses from the menu of a row. A menu takes no click in the moment in which it opens, so it is asked again. */
async function menu(target: Locator, title: string, where: Editor = editor): Promise<void> {
  await target.click({ button: 'right' });
  const item = where.page.getByRole('menuitem', { name: title });
  await item.waitFor();
  const isChosen = async (): Promise<boolean> => {
    await item.click({ timeout: 1_000 }).catch(() => undefined);
    return (await item.count()) === 0;
  };
  await waitFor(`the menu to take "${title}"`, isChosen, SOON_MS);
}

/** Types into the box that is open and confirms. */
async function answer(text: string): Promise<void> {
  const box = editor.page.locator('.quick-input-widget input[type=text]');
  await box.fill(text);
  await box.press('Enter');
}

function runsFolder(): string {
  return join(server.workspace, DEFAULT_RUNS_FOLDER);
}

function folderOf(name: string): string {
  return join(runsFolder(), name);
}

/** `supcon train` as a terminal of the same machine runs it; resolves when it has ended. */
function startInTerminal(): Promise<unknown> {
  const base = dirname(server.workspace);
  const environment = { XDG_RUNTIME_DIR: join(base, 'run'), XDG_CACHE_HOME: join(base, 'cache') };
  const command = join(server.extensionFolder, 'dist', 'cli.js');
  const child = spawn(findNode24() ?? process.execPath, [command, 'train', CONFIGURATION_FILE], {
    cwd: server.workspace,
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  return waitFor('the run to end', () => Promise.resolve(child.exitCode !== null), 5 * SOON_MS);
}
