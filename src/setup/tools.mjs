/**
 * The big tools that the tests drive: a browser, Node 24 (what VS Code runs) and code-server (VS Code in a
 * browser). Each is used where it is found and otherwise fetched into a cache folder outside the working tree;
 * where that is not possible the answer is a reason, and the tests that need the tool are skipped with it.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './install.mjs';
import { findOnPath, npmCommand, runToLog } from './process.mjs';

const CODE_SERVER_VERSION = '4.139.1';
const NODE_MAJOR = 24;
const LOG_TAIL_LINES = 15;

const MACOS_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/** Debian packages that code-server's native modules are compiled with, each with a file that proves it is there. */
const BUILD_PACKAGES = [
  { name: 'libkrb5-dev', proofs: ['/usr/include/gssapi/gssapi.h', '/usr/include/gssapi.h'] },
  { name: 'g++', proofs: ['/usr/bin/g++'] },
  { name: 'make', proofs: ['/usr/bin/make'] },
  { name: 'python3', proofs: ['/usr/bin/python3', '/usr/local/bin/python3'] },
];

/** Debian packages that TensorFlow's set-up needs in a checkout. */
const TENSORFLOW_BUILD_PACKAGES = BUILD_PACKAGES.filter(({ name }) => name !== 'libkrb5-dev');

/** @typedef {{ path: string } | { missing: string }} Tool where a tool is, or in a sentence why it is not there */

/**
 * The folder for fetched tools: `supcon-lab` under $XDG_CACHE_HOME or ~/.cache.
 * @returns {string}
 */
export function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'supcon-lab');
}

/**
 * Finds Chromium or Chrome without fetching anything. $CHROMIUM_PATH comes first.
 * @returns {string | undefined} the program's path
 */
export function findChromium() {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && existsSync(named)) return named;
  const onPath = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(findOnPath);
  return [...onPath, MACOS_CHROME, ...playwrightBrowsers()].find(
    (file) => file !== undefined && existsSync(file),
  );
}

/**
 * Finds a browser, or installs Debian's where we may.
 * @returns {Promise<Tool>}
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== undefined) return { path: found };
  const problem = await installDebianPackages(['chromium']);
  const installed = findChromium();
  return installed === undefined
    ? { missing: problem ?? 'chromium was installed but not found' }
    : { path: installed };
}

/**
 * Finds the software Vulkan that Chromium brings, SwiftShader, with Vulkan's loader beside it.
 * @returns {string | undefined} the folder of both
 */
export function findSoftwareVulkan() {
  const chromium = findChromium();
  const folders = chromium === undefined ? [] : [dirname(chromium), '/usr/lib/chromium'];
  return folders.find((folder) => existsSync(join(folder, 'vk_swiftshader_icd.json')));
}

/**
 * Finds software Vulkan, or installs Debian's Chromium where we may.
 * @returns {Promise<Tool>}
 */
export async function ensureSoftwareVulkan() {
  const chromium = await ensureChromium();
  const folder = findSoftwareVulkan();
  if (folder !== undefined) return { path: folder };
  return 'missing' in chromium ? chromium : { missing: 'the browser has no software Vulkan beside it' };
}

/**
 * Finds Node 24 in the cache without fetching anything.
 * @returns {string | undefined} the program's path
 */
export function findNode24() {
  const program = join(node24Folder(), process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
  return existsSync(program) ? program : undefined;
}

/**
 * Finds Node 24, or fetches it from npm.
 * @returns {Promise<Tool>}
 */
export async function ensureNode24() {
  const found = findNode24();
  if (found !== undefined) return { path: found };
  console.log(`fetching Node ${NODE_MAJOR} from npm into ${cacheFolder()}`);
  const folder = join(cacheFolder(), `node-${NODE_MAJOR}`);
  mkdirSync(folder, { recursive: true });
  const [npm, first] = npmCommand();
  const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts', '--no-audit', '--no-fund'];
  const log = join(cacheFolder(), 'node.log');
  await runToLog(log, npm, [...first, ...args, `${nodePackage()}@${NODE_MAJOR}`], { cwd: folder });
  const fetched = findNode24();
  return fetched === undefined ? failure(`Node ${NODE_MAJOR} could not be fetched`, log) : { path: fetched };
}

/**
 * Finds code-server in the cache without fetching anything.
 * @returns {string | undefined} its entry script, to be run by Node 24
 */
export function findCodeServer() {
  return existsSync(codeServerMark()) ? codeServerEntry() : undefined;
}

/**
 * Finds code-server, or builds it from npm, which takes two to four minutes.
 * @returns {Promise<Tool>}
 */
export async function ensureCodeServer() {
  if (process.platform !== 'linux') return { missing: 'the editor tests run on Linux only' };
  const found = findCodeServer();
  if (found !== undefined) return { path: found };
  const node = await ensureNode24();
  if ('missing' in node) return node;
  const problem = await installDebianPackages(missingBuildPackages(BUILD_PACKAGES));
  if (problem !== undefined) return { missing: problem };
  return buildCodeServer(node.path);
}

/** @param {string} nodePath */
async function buildCodeServer(nodePath) {
  const prefix = codeServerFolder();
  const log = join(cacheFolder(), 'code-server.log');
  console.log(`building code-server ${CODE_SERVER_VERSION} from npm into ${prefix}: some minutes`);
  rmSync(prefix, { recursive: true, force: true });
  mkdirSync(prefix, { recursive: true });
  const [npm, first] = npmCommand(nodePath);
  const scripts = ['--ignore-scripts=false', '--allow-scripts=code-server,argon2'];
  const args = ['install', '--global', '--prefix', prefix, ...scripts, '--no-audit', '--no-fund'];
  const env = {
    ...environmentOutsideNpm(),
    PATH: `${dirname(nodePath)}${delimiter}${process.env['PATH'] ?? ''}`,
    npm_config_nodedir: node24Folder(),
  };
  const code = await runToLog(log, npm, [...first, ...args, `code-server@${CODE_SERVER_VERSION}`], {
    cwd: prefix,
    env,
  });
  if (code !== 0 || !existsSync(codeServerEntry())) return failure('code-server could not be built', log);
  writeFileSync(codeServerMark(), `${new Date().toISOString()}\n`);
  return { path: codeServerEntry() };
}

/**
 * The folder of the TensorFlow library that set-up has made in the cache, without fetching anything.
 * @returns {string | undefined}
 */
export function findTensorflow() {
  const folder = join(tensorflowData(), 'supcon-lab', 'engines', 'tensorflow', 'installed');
  return existsSync(tensorflowAddon(folder)) ? folder : undefined;
}

/**
 * The add-on in a folder that set-up has made.
 * @param {string} folder
 * @returns {string}
 */
export function tensorflowAddon(folder) {
  return join(folder, 'lib', 'napi-v8', 'tfjs_binding.node');
}

/**
 * Finds TensorFlow in the cache, or sets it up there, with what set-up needs installed where we may.
 * @returns {Promise<Tool>} the folder of the library
 */
export async function ensureTensorflow() {
  if (process.platform !== 'linux') return { missing: 'TensorFlow can be set up on Linux only' };
  const problem = await installDebianPackages(missingBuildPackages(TENSORFLOW_BUILD_PACKAGES));
  return problem === undefined ? setUpTensorflow() : { missing: problem };
}

/**
 * Sets up TensorFlow in the cache with the built command line, as a user would: it fetches 274 MB and compiles the
 * add-on. A second call finds that nothing is to be done.
 * @returns {Promise<Tool>} the folder of the library
 */
export async function setUpTensorflow() {
  const program = join(root, 'dist', 'cli.js');
  if (!existsSync(program)) return { missing: 'TensorFlow is set up by dist/cli.js, which is not built' };
  if (findTensorflow() === undefined)
    console.log(`setting up TensorFlow in ${tensorflowData()}: about a minute`);
  const log = join(cacheFolder(), 'tensorflow.log');
  const env = { ...environmentOutsideNpm(), XDG_DATA_HOME: tensorflowData() };
  const code = await runToLog(log, process.execPath, [program, 'setup', 'tensorflow', '--yes'], { env });
  const found = findTensorflow();
  return code !== 0 || found === undefined ? failure('TensorFlow could not be set up', log) : { path: found };
}

function tensorflowData() {
  return join(cacheFolder(), 'tensorflow');
}

/**
 * Our environment without what the npm that runs us left there about itself: code-server's installer believes
 * npm_config_user_agent about the version of Node. Settings of the person, such as a registry, stay.
 */
function environmentOutsideNpm() {
  const left =
    /^npm_(lifecycle|package|node_execpath|execpath|command|config_(user_agent|prefix|(local|global)_prefix))/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !left.test(name)));
}

/**
 * Installs Debian packages where we are root on Debian.
 * @param {readonly string[]} names
 * @returns {Promise<string | undefined>} why it was not done, with the command to run, or undefined when all is there
 */
async function installDebianPackages(names) {
  if (names.length === 0) return undefined;
  const command = `apt-get update && apt-get install -y ${names.join(' ')}`;
  if (!isDebian()) return `${names.join(', ')} not found: install it, or see the README`;
  if (process.getuid?.() !== 0) return `${names.join(', ')} not found: run  sudo sh -c '${command}'`;
  console.log(`installing system packages as root: ${command}`);
  const log = join(cacheFolder(), 'apt.log');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runToLog(log, 'apt-get', ['update'], { env });
  const code = await runToLog(log, 'apt-get', ['install', '-y', '--no-install-recommends', ...names], {
    env,
  });
  return code === 0 ? undefined : failure(`${command} failed`, log).missing;
}

/**
 * A tool that could not be had; the end of the log is shown at once, for a machine that keeps no files.
 * @param {string} sentence
 * @param {string} log
 */
function failure(sentence, log) {
  console.log(readFileSync(log, 'utf8').trimEnd().split('\n').slice(-LOG_TAIL_LINES).join('\n'));
  return { missing: `${sentence}: see ${log}` };
}

function isDebian() {
  if (findOnPath('apt-get') === undefined || !existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** @param {readonly { name: string, proofs: readonly string[] }[]} packages */
function missingBuildPackages(packages) {
  return packages.filter(({ proofs }) => !proofs.some((file) => existsSync(file))).map(({ name }) => name);
}

function nodePackage() {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  return `node-${platform}-${process.arch}`;
}

function node24Folder() {
  return join(cacheFolder(), `node-${NODE_MAJOR}`, 'node_modules', nodePackage());
}

function codeServerFolder() {
  return join(cacheFolder(), `code-server-${CODE_SERVER_VERSION}`);
}

function codeServerEntry() {
  return join(codeServerFolder(), 'lib', 'node_modules', 'code-server', 'out', 'node', 'entry.js');
}

function codeServerMark() {
  return join(codeServerFolder(), 'complete');
}

/** Browsers that Playwright keeps in its own cache. */
function playwrightBrowsers() {
  const base = join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(base)) return [];
  const folders = readdirSync(base)
    .filter((name) => /^chromium-\d+$/.test(name))
    .sort()
    .reverse();
  return folders.flatMap((name) =>
    ['chrome-linux64/chrome', 'chrome-linux/chrome'].map((end) => join(base, name, end)),
  );
}

/** `node src/setup/tools.mjs` fetches everything ahead of the tests. */
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const tool of [
    await ensureChromium(),
    await ensureNode24(),
    await ensureCodeServer(),
    await ensureTensorflow(),
  ]) {
    console.log('path' in tool ? tool.path : tool.missing);
  }
}
