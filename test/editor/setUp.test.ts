/** "Set Up TensorFlow Engine": the list of files comes first, and nothing is fetched by one who then declines. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Editor, openEditor } from './harness/editor';
import { type EditorServer, startServer } from './harness/server';

let server: EditorServer;
let editor: Editor;

beforeAll(async () => {
  server = await startServer({ workspaceTrust: 'off' });
  editor = await openEditor(server);
});

afterAll(async () => {
  await editor.close();
  await server.stop();
});

test('lists every file with its size, and fetches none when declined', async () => {
  await editor.runCommand('Set Up TensorFlow Engine');
  await editor.pick('Processor');
  const dialog = editor.page.getByRole('dialog').filter({ hasText: 'Set up TensorFlow' });
  await dialog.waitFor();
  await editor.screenshot('set-up-tensorflow');
  expect(await dialog.innerText()).toMatch(/tensorflow_cpu-[\d.]+\S*\.whl: 2\d\d\.?\d* MB/);
  expect(await dialog.getByRole('button', { name: /Download 2\d\d/ }).count()).toBe(1);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(existsSync(join(server.machineFolder, 'supcon-lab', 'engines'))).toBe(false);
});

test('says that there is nothing to remove', async () => {
  await editor.runCommand('Remove TensorFlow Engine');
  const dialog = editor.page.getByRole('dialog').filter({ hasText: 'Remove the TensorFlow library' });
  await dialog.getByRole('button', { name: 'Remove' }).click();
  await editor.notification(/TensorFlow/).waitFor();
  await editor.screenshot('remove-tensorflow');
});
