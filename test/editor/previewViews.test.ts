/**
 * The preview of views in a real editor: opened from the palette, drawn by a process of its own under the editor's policy,
 * drawn anew when the file is saved, brought back by a reload, and gone without a process left behind.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFailed, test } from 'vitest';
import { type Editor, openEditor } from './harness/editor';
import { processesNaming } from './harness/processes';
import { type EditorServer, startServer } from './harness/server';
import { CONFIGURATION_FILE, shapesConfiguration, waitFor } from './harness/workspace';

/** Milliseconds for reading the data and drawing. */
const SOON_MS = 90_000;

let server: EditorServer;
let editor: Editor;
beforeAll(async () => {
  const files = { [CONFIGURATION_FILE]: shapesConfiguration(40) };
  server = await startServer({ workspaceTrust: 'off', files });
  editor = await openEditor(server);
});
afterAll(async () => {
  await editor.close();
  await server.stop();
});

/** How many views of a sample the page shows; asked anew, because a reload replaces the frame. */
async function shownViews(): Promise<number> {
  const frame = await editor.dashboard('wide');
  return frame.locator('.sample').first().locator('.pictures canvas').count();
}

const processes = () => processesNaming(`serve-views ${join(server.workspace, CONFIGURATION_FILE)}`);

const untilViews = (count: number) =>
  waitFor(`${count} pictures of a sample`, async () => (await shownViews()) === count, SOON_MS);

test('shows the views of a configuration, follows the file, and ends with its tab', async () => {
  onTestFailed(() => editor.screenshot('preview-failed'));
  await editor.runCommand('SupCon: Preview Views');
  await editor.pick(CONFIGURATION_FILE);
  await untilViews(3);
  const frame = await editor.dashboard('wide');
  await frame.getByRole('slider', { name: 'Epoch' }).press('ArrowRight');
  await frame.getByText('epoch 2 of 40').waitFor();
  await editor.screenshot('preview');
  expect(processes()).not.toEqual([]);

  await editor.reload();
  await untilViews(3);
  await (await editor.dashboard('wide')).getByText('epoch 2 of 40').waitFor();

  const path = join(server.workspace, CONFIGURATION_FILE);
  const changed = { ...(JSON.parse(shapesConfiguration(40)) as object), augmentation: { views: 4 } };
  writeFileSync(path, JSON.stringify(changed));
  await untilViews(5);

  await editor.runCommand('View: Close All Editors');
  await waitFor('the process to end', () => Promise.resolve(processes().length === 0), SOON_MS);
});
