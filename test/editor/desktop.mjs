/**
 * The extension in desktop VS Code, where it can be downloaded: `node test/editor/desktop.mjs` after
 * `npm run build`. The tests of this folder drive the same VS Code as a server in a browser; this one checks that
 * the Electron build loads the extension and knows its commands.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';

const here = dirname(fileURLToPath(import.meta.url));

await runTests({
  extensionDevelopmentPath: join(here, '..', '..'),
  extensionTestsPath: join(here, 'desktopSuite.cjs'),
  launchArgs: ['--disable-workspace-trust', '--disable-extensions'],
});
