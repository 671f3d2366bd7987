/**
 * Every bundle of the product, one plain object each, and the build of dist/ from them. Bundles are CommonJS
 * (dist/package.json says so) because the editor's extension host loads its entry by `require`; `import.meta.url`
 * and `import.meta.dirname` are replaced, so that sources may use them in a bundle and in a test alike.
 *
 *   node esbuild.config.mjs               readable output with source maps
 *   node esbuild.config.mjs --production  what is shipped: minified, no source maps
 */
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

/** Packages with native add-ons: never bundled, found in node_modules when the program runs. */
const NATIVE_PACKAGES = ['onnxruntime-node', '@tensorflow/tfjs-node-gpu', 'sharp'];

const SCHEMA_SOURCE = 'src/domain/configuration/jsonSchema.ts';
const CODICONS = 'node_modules/@vscode/codicons/dist';

/** The pages of the editor: `webview/NAME/main.ts` each (src/extension/page/pages.ts says how they are loaded). */
const PAGES = ['run', 'dashboard', 'table', 'diff', 'views', 'projector'];

const IMPORT_META_URL = 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;';

/**
 * @typedef {object} Bundle
 * @property {string} out file under dist/
 * @property {string} entry source file
 * @property {'node' | 'browser'} platform
 * @property {string[]} external packages that are left as they are
 * @property {boolean} [program] starts with a #! line and may be executed
 */

/** @type {readonly Bundle[]} */
export const bundles = [
  { out: 'extension.js', entry: 'src/extension/extension.ts', platform: 'node', external: ['vscode'] },
  { out: 'keeper.js', entry: 'src/runs/keeper/main.ts', platform: 'node', external: [] },
  { out: 'sweeper.js', entry: 'src/runs/sweep/main.ts', platform: 'node', external: [] },
  { out: 'numbers-worker.js', entry: 'src/runs/numbers/worker.ts', platform: 'node', external: [] },
  { out: 'log-reader.js', entry: 'src/runs/numbers/reading/worker.ts', platform: 'node', external: [] },
  { out: 'maps-worker.js', entry: 'src/runs/maps/worker.ts', platform: 'node', external: NATIVE_PACKAGES },
  { out: 'trainer.js', entry: 'src/trainer/main.ts', platform: 'node', external: NATIVE_PACKAGES },
  {
    out: 'engine-probe.js',
    entry: 'src/engine/choice/probeMain.ts',
    platform: 'node',
    external: NATIVE_PACKAGES,
  },
  { out: 'augmentation-worker.js', entry: 'src/trainer/data/worker.ts', platform: 'node', external: [] },
  { out: 'starter.js', entry: 'src/cli/starter.ts', platform: 'node', external: NATIVE_PACKAGES },
  { out: 'cli.js', entry: 'src/cli/main.ts', platform: 'node', external: NATIVE_PACKAGES, program: true },
  ...PAGES.map(pageBundle),
];

/**
 * @param {string} page
 * @returns {Bundle}
 */
function pageBundle(page) {
  return {
    out: `webview/${page}.js`,
    entry: `webview/${page}/main.ts`,
    platform: 'browser',
    external: [],
  };
}

/**
 * What esbuild is told about one bundle.
 * @param {Bundle} bundle
 * @param {'production' | 'development'} mode
 * @returns {esbuild.BuildOptions & { metafile: true }}
 */
export function buildOptions(bundle, mode) {
  return {
    absWorkingDir: dirname(fileURLToPath(import.meta.url)),
    entryPoints: [bundle.entry],
    outfile: join('dist', bundle.out),
    bundle: true,
    external: bundle.external,
    metafile: true,
    minify: mode === 'production',
    sourcemap: mode === 'development' ? 'linked' : false,
    legalComments: 'none',
    logLevel: 'warning',
    ...(bundle.platform === 'node' ? nodeOptions(bundle) : browserOptions()),
  };
}

/** @param {Bundle} bundle */
function nodeOptions(bundle) {
  const banner = bundle.program === true ? `#!/usr/bin/env node\n${IMPORT_META_URL}` : IMPORT_META_URL;
  return {
    platform: /** @type {const} */ ('node'),
    format: /** @type {const} */ ('cjs'),
    target: 'node20.19',
    // The ES modules of a package where it has them: one copy each, and no computed `require`.
    mainFields: ['module', 'main'],
    banner: { js: banner },
    define: { 'import.meta.url': 'importMetaUrl', 'import.meta.dirname': '__dirname' },
  };
}

function browserOptions() {
  return {
    platform: /** @type {const} */ ('browser'),
    format: /** @type {const} */ ('iife'),
    target: 'chrome132',
  };
}

/**
 * Builds dist/, for production from an empty folder, so that nothing stale is shipped. Bundles whose entry does
 * not exist are skipped with a line.
 * @param {'production' | 'development'} mode
 */
async function buildAll(mode) {
  if (mode === 'production') rmSync('dist', { recursive: true, force: true });
  mkdirSync('dist/webview', { recursive: true });
  writeJson('dist/package.json', { type: 'commonjs' });
  const present = bundles.filter(hasEntry);
  const results = await Promise.allSettled(
    present.map((bundle) => esbuild.build(buildOptions(bundle, mode))),
  );
  writeMetafile(results.flatMap((result) => (result.status === 'fulfilled' ? result.value.metafile : [])));
  for (const { out } of present.filter(({ program }) => program)) makeExecutable(join('dist', out));
  copyStatic();
  await writeConfigurationSchema();
  for (const { out } of present.filter((_, i) => results[i]?.status === 'rejected')) reportFailure(out);
}

/** @param {string} out */
function reportFailure(out) {
  console.error(`dist/${out} could not be built: see above`);
  process.exitCode = 1;
}

/** @param {string} file */
function makeExecutable(file) {
  if (existsSync(file)) chmodSync(file, 0o755);
}

/**
 * One metafile over all bundles, for the licence notices.
 * @param {readonly esbuild.Metafile[]} metafiles
 */
function writeMetafile(metafiles) {
  writeJson('dist/meta.json', {
    inputs: Object.assign({}, ...metafiles.map(({ inputs }) => inputs)),
    outputs: Object.assign({}, ...metafiles.map(({ outputs }) => outputs)),
  });
}

/** @param {Bundle} bundle */
function hasEntry({ entry, out }) {
  if (existsSync(entry)) return true;
  console.log(`skipped dist/${out}: there is no ${entry}`);
  return false;
}

/** Pictures of the documents stay behind. */
function copyStatic() {
  cpSync('media', 'dist/media', { recursive: true, filter: (file) => !file.endsWith('.png') });
  for (const name of ['codicon.css', 'codicon.ttf']) cpSync(join(CODICONS, name), join('dist/webview', name));
}

/** The JSON schema of `*.supcon.json`, derived from the schema that the program itself parses with. */
async function writeConfigurationSchema() {
  if (!hasEntry({ entry: SCHEMA_SOURCE, out: 'supcon.schema.json', platform: 'node', external: [] })) return;
  const { outputFiles } = await esbuild.build({
    entryPoints: [SCHEMA_SOURCE],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
  });
  const source = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { configurationJsonSchema } = await import(`data:text/javascript;base64,${source}`);
  writeJson('dist/supcon.schema.json', configurationJsonSchema());
}

/**
 * @param {string} file
 * @param {unknown} value
 */
function writeJson(file, value) {
  writeFileSync(file, `${JSON.stringify(value, null, 2)}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(dirname(fileURLToPath(import.meta.url)));
  await buildAll(process.argv.includes('--production') ? 'production' : 'development');
}
