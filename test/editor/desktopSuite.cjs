/** Runs inside the extension host of desktop VS Code: the extension activates and registers what its manifest promises. */
const assert = require('node:assert/strict');
const vscode = require('vscode');

const EXTENSION_ID = 'supcon-lab.supcon-lab';

/** @returns {Promise<void>} rejects with the first thing that does not hold */
exports.run = async function run() {
  const extension = vscode.extensions.getExtension(EXTENSION_ID);
  assert.ok(extension, `${EXTENSION_ID} is not installed`);
  await extension.activate();
  const registered = new Set(await vscode.commands.getCommands(true));
  for (const { command } of extension.packageJSON.contributes.commands) {
    assert.ok(registered.has(command), `${command} is not registered`);
  }
};
