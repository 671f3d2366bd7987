/**
 * A real VS Code for a test: code-server on a free port, with everything it keeps in one temporary folder and the
 * packaged extension installed. XDG_RUNTIME_DIR lies in that folder too, so that runs of other tests and of the
 * person at the machine share neither queue nor sockets with it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageFile } from '../../../src/setup/package.mjs';
import { findCodeServer, findNode24 } from '../../../src/setup/tools.mjs';
import { killProcessesNaming } from './processes';

/** Milliseconds that code-server has for starting, on a busy machine. */
const START_DEADLINE_MS = 60_000;

/** What makes the editor quiet: nothing opens, asks, updates or recommends by itself. */
const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Dark Modern',
  'chat.disableAIFeatures': true,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.startupPrompt': 'always',
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
};

/** How a test wants its editor. */
export interface ServerOptions {
  /** 'asked' starts as a user's editor does, 'off' with every workspace trusted. */
  readonly workspaceTrust: 'off' | 'asked';
  /** Files of the workspace folder: relative path to content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Settings on top of the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The packed extension; by default what `npm run package` made. */
  readonly vsix?: string;
}

/** A code-server that runs. */
export interface EditorServer {
  /** Address of the editor with the workspace folder open. */
  readonly url: string;
  /** Process id of the server. */
  readonly pid: number;
  /** The workspace folder. */
  readonly workspace: string;
  /** What stands in for the user's folder of application data. */
  readonly machineFolder: string;
  /** The folder that the extension was installed to. */
  readonly extensionFolder: string;
  /** What code-server printed. */
  log(): string;
  /** Ends the server and every process that its tests left, and removes its folder. */
  stop(): Promise<void>;
}

/** Installs the extension into a fresh editor and starts it. Throws with code-server's output when it does not come up. */
export async function startServer(options: ServerOptions): Promise<EditorServer> {
  const base = mkdtempSync(join(tmpdir(), 'scl-'));
  const workspace = prepareFolders(base, options);
  await execCodeServer(base, ['--install-extension', options.vsix ?? packageFile()]);
  const port = await freePort();
  const trust = options.workspaceTrust === 'off' ? ['--disable-workspace-trust'] : [];
  const bind = [
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--disable-telemetry',
    '--disable-update-check',
  ];
  const server = spawnCodeServer(base, [...bind, ...trust]);
  await waitUntilHealthy(port, server, () => readLog(base));
  return {
    url: `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`,
    pid: server.pid ?? 0,
    workspace,
    machineFolder: join(base, 'machine'),
    extensionFolder: installedExtension(base),
    log: () => readLog(base),
    stop: () => stopServer(base, server),
  };
}

function prepareFolders(base: string, options: ServerOptions): string {
  const workspace = join(base, 'workspace');
  const user = join(base, 'data', 'User');
  for (const folder of [workspace, user, join(base, 'extensions')]) mkdirSync(folder, { recursive: true });
  mkdirSync(join(base, 'run'), { mode: 0o700 });
  writeFileSync(
    join(user, 'settings.json'),
    JSON.stringify({ ...QUIET_SETTINGS, ...options.settings }, null, 2),
  );
  writeFileSync(join(base, 'config.yaml'), 'cert: false\n');
  for (const [name, content] of Object.entries(options.files ?? {}))
    writeFile(join(workspace, name), content);
  return workspace;
}

function writeFile(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/**
 * The environment of the editor: ours without what an outer editor, npm or vitest put there, and with folders of its
 * own for what belongs to a machine.
 */
function cleanEnvironment(base: string): NodeJS.ProcessEnv {
  const foreign =
    /^(VSCODE_|ELECTRON_|VITEST|npm_|NODE_OPTIONS$|NODE_ENV$|PORT$|CODE_SERVER|PASSWORD$|SUPCON_TENSORFLOW)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  const folders = { XDG_DATA_HOME: join(base, 'machine'), XDG_CACHE_HOME: join(base, 'cache') };
  return { ...Object.fromEntries(kept), ...folders, XDG_RUNTIME_DIR: join(base, 'run') };
}

function spawnCodeServer(base: string, args: readonly string[]): ChildProcess {
  const [node, entry] = [findNode24(), findCodeServer()];
  if (node === undefined || entry === undefined)
    throw new Error('code-server is not there: run `node src/setup/tools.mjs`');
  const folders = ['--extensions-dir', join(base, 'extensions'), '--user-data-dir', join(base, 'data')];
  const config = ['--config', join(base, 'config.yaml')];
  const log = openSync(join(base, 'server.log'), 'a');
  return spawn(node, [entry, ...config, ...folders, ...args], {
    cwd: base,
    env: cleanEnvironment(base),
    stdio: ['ignore', log, log],
  });
}

async function execCodeServer(base: string, args: readonly string[]): Promise<void> {
  const child = spawnCodeServer(base, args);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`code-server ${args.join(' ')} failed:\n${readLog(base)}`);
}

function installedExtension(base: string): string {
  const index: unknown = JSON.parse(readFileSync(join(base, 'extensions', 'extensions.json'), 'utf8'));
  const ours = (index as { identifier: { id: string }; relativeLocation: string }[]).find(({ identifier }) =>
    identifier.id.startsWith('supcon-lab.'),
  );
  if (ours === undefined) throw new Error('the extension is not in the list of installed ones');
  return join(base, 'extensions', ours.relativeLocation);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

async function waitUntilHealthy(port: number, server: ChildProcess, log: () => string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (Date.now() < deadline && server.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    if (answer?.ok === true) return;
    await sleep(200);
  }
  server.kill('SIGKILL');
  throw new Error(`code-server did not start:\n${log()}`);
}

async function stopServer(base: string, server: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => server.once('close', resolve));
  if (server.exitCode === null && server.kill('SIGTERM')) await Promise.race([closed, sleep(5_000)]);
  await killProcessesNaming(base);
  await rm(base, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

function readLog(base: string): string {
  const file = join(base, 'server.log');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
