/**
 * What ARCHITECTURE.md promises about the whole, checked over the bundles as they are shipped (esbuild's metafile
 * names every file that goes in, and who imports it) and over the files of the repository.
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildOptions, bundles } from '../../esbuild.config.mjs';
import { root } from '../../src/setup/install.mjs';
import { packageFolder } from '../../src/setup/notices.mjs';

const BESIDE_THE_DOMAIN = ['src/formats', 'src/engine', 'src/projection', 'src/protocol'];

/** Which of our folders each folder may import, beside itself. */
const ARROWS = new Map<string, readonly string[]>([
  ['src/domain', []],
  ...BESIDE_THE_DOMAIN.map((folder): [string, readonly string[]] => [folder, ['src/domain']]),
  ['src/trainer', ['src/domain', ...BESIDE_THE_DOMAIN]],
  ['src/runs', ['src/domain', 'src/formats', 'src/projection', 'src/protocol']],
  ['src/cli', ['src/domain', ...BESIDE_THE_DOMAIN, 'src/trainer', 'src/runs']],
  ['src/extension', ['src/domain', 'src/formats', 'src/protocol', 'src/runs']],
  ['webview', ['src/domain', 'src/protocol']],
]);

/** Packages that a page may contain: charts, controls with what they are made of, message parsing, words. */
const PAGE_PACKAGES =
  /^(uplot|valibot|tslib|tabbable|exenv-es6|csv-stringify|diff|markdown-table|@tanstack\/virtual-core|@vscode\/l10n|@vscode\/webview-ui-toolkit|@microsoft\/fast-[a-z-]+)$/;

/** Packages with native add-ons: they stay outside the bundles. */
const NATIVE_PACKAGES = ['onnxruntime-node', '@tensorflow/tfjs-node-gpu', 'sharp'];

/** Tried and done without: node-fetch, which TensorFlow.js brings along, asks for it in a try block. */
const OPTIONAL_PACKAGES = ['encoding'];

const PAGE_BUDGET_BYTES = 150 * 1024;

/** Folders that hold nothing of ours: fetched, built or private to one machine. */
const NOT_OURS = ['.git', 'node_modules', 'dist', 'out', '.supcon', '.cache'];

interface Built {
  readonly out: string;
  readonly metafile: Metafile;
  readonly text: string;
}

let built: readonly Built[] = [];

beforeAll(async () => {
  built = await Promise.all(bundles.map(buildInMemory));
});

async function buildInMemory(bundle: (typeof bundles)[number]): Promise<Built> {
  const result = await build({ ...buildOptions(bundle, 'production'), write: false });
  const script = result.outputFiles.find(({ path }) => path.endsWith('.js'));
  return { out: bundle.out, metafile: result.metafile, text: script?.text ?? '' };
}

describe('bundles', () => {
  test('follow the arrows between our folders', () => {
    const wrong = built
      .flatMap(({ metafile }) => importsOf(metafile))
      .filter(({ from, to }) => !mayImport(from, to));
    expect(wrong.map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });

  test('leave outside only what the process that runs them has', () => {
    for (const { out, metafile } of built) {
      const allowed = [
        ...NATIVE_PACKAGES,
        ...OPTIONAL_PACKAGES,
        ...(out === 'extension.js' ? ['vscode'] : []),
      ];
      const foreign = externalsOf(metafile).filter((name) => !isBuiltin(name) && !allowed.includes(name));
      expect(foreign, out).toEqual([]);
    }
  });

  test('have the editor API in the extension only', () => {
    const holders = built
      .filter(({ metafile }) => externalsOf(metafile).includes('vscode'))
      .map(({ out }) => out);
    expect(holders.filter((out) => out !== 'extension.js')).toEqual([]);
    const files = sourceFiles().filter((file) =>
      /from 'vscode'/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(files.filter((file) => !file.startsWith('src/extension/'))).toEqual([]);
  });

  test('keep native add-ons and training maths out of the keeper and the extension', () => {
    for (const { out, metafile } of built.filter((each) =>
      ['keeper.js', 'extension.js'].includes(each.out),
    )) {
      const all = [...Object.keys(metafile.inputs), ...externalsOf(metafile)];
      expect(
        all.filter((name) => /tensorflow|onnxruntime|sharp|\.node$/.test(name)),
        out,
      ).toEqual([]);
    }
  });

  test('load the library for image files only when one is opened', () => {
    const imports = built.flatMap(({ metafile }) =>
      Object.values(metafile.outputs).flatMap((output) => output.imports),
    );
    const kinds = imports.filter(({ path }) => path === 'sharp').map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['dynamic-import']));
  });

  test('have no packages in a page but those for charts, controls and parsing', () => {
    for (const { out, metafile } of pages()) {
      expect(
        packagesOf(metafile).filter((name) => !PAGE_PACKAGES.test(name)),
        out,
      ).toEqual([]);
    }
  });

  test('keep each page under its budget', () => {
    for (const { out, text } of pages()) expect(gzipSync(text).length, out).toBeLessThan(PAGE_BUDGET_BYTES);
  });

  test('have the licence of every package in the notices', () => {
    const notices = readFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), 'utf8');
    const folders = new Set(built.flatMap(({ metafile }) => Object.keys(metafile.inputs).flatMap(folderOf)));
    const missing = [...folders].map(titleOf).filter((title) => !notices.includes(`## ${title} (`));
    expect(missing, 'run `npm run package`').toEqual([]);
  });
});

describe('repository', () => {
  test('pins every dependency to one version and runs no install scripts', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(readFileSync(join(root, '.npmrc'), 'utf8')).toMatch(/^ignore-scripts=true$/m);
  });

  test('names no folder of one machine and no package registry', () => {
    const places = [root, `${homedir()}/`, 'registry.' + 'npmjs'];
    const found = textFiles().flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8');
      return places.filter((place) => text.includes(place)).map((place) => `${file}: ${place}`);
    });
    expect(found).toEqual([]);
  });

  test('has a file behind every relative link of its documents', () => {
    const broken = textFiles()
      .filter((file) => file.endsWith('.md') && !file.startsWith('THIRD-PARTY'))
      .flatMap((file) => linksOf(file).filter((link) => !existsSync(join(root, dirname(file), link))));
    expect(broken).toEqual([]);
  });
});

interface Manifest {
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
}

/** Every import between files of ours: folder to folder is decided by `mayImport`. */
function importsOf(metafile: Metafile): { from: string; to: string }[] {
  return Object.entries(metafile.inputs).flatMap(([from, { imports }]) =>
    imports.map(({ path }) => ({ from, to: path })),
  );
}

function mayImport(from: string, to: string): boolean {
  const [importer, imported] = [ownFolder(from), ownFolder(to)];
  if (importer === undefined || imported === undefined || importer === imported) return true;
  return ARROWS.get(importer)?.includes(imported) === true;
}

/** `src/domain` of `src/domain/errors.ts`; undefined outside our folders. */
function ownFolder(file: string): string | undefined {
  return /^(src\/[a-z]+|webview)\//.exec(file)?.[1];
}

function externalsOf(metafile: Metafile): readonly string[] {
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  return imports.filter(({ external }) => external === true).map(({ path }) => path);
}

function pages(): readonly Built[] {
  return built.filter(({ out }) => out.startsWith('webview/'));
}

function packagesOf(metafile: Metafile): readonly string[] {
  const folders = Object.keys(metafile.inputs).flatMap(folderOf);
  return [
    ...new Set(
      folders.map((folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    ),
  ];
}

function folderOf(input: string): readonly string[] {
  const folder = packageFolder(input);
  return folder === undefined ? [] : [folder];
}

/** Name and version of the package in a folder. */
function titleOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  return `${name} ${version}`;
}

function sourceFiles(): readonly string[] {
  return textFiles().filter((file) => /^(src|webview)\/.*\.ts$/.test(file));
}

/** Every file of ours that holds text, relative to the root. */
function textFiles(folder = root): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return NOT_OURS.includes(entry.name) ? [] : textFiles(path);
    return entry.isFile() && isText(path) ? [relative(root, path)] : [];
  });
}

function isText(path: string): boolean {
  return (
    /\.(ts|mjs|js|json|jsonc|md|css|svg|html|sh|txt|py|yml|yaml)$/.test(path) ||
    (isSmall(path) && !hasNul(path))
  );
}

function isSmall(path: string): boolean {
  return statSync(path).size < 1e6;
}

function hasNul(path: string): boolean {
  return readFileSync(path).includes(0);
}

/** Link targets of a Markdown file that point into the repository, without fragments. */
function linksOf(file: string): readonly string[] {
  const text = readFileSync(join(root, file), 'utf8').replaceAll(/^```[\s\S]*?^```/gm, '');
  const links = [/\]\(([^)\s]+)\)/g, /<(?:img|a)[^>]+(?:src|href)="([^"]+)"/g];
  const targets = links.flatMap((link) => [...text.matchAll(link)].map((match) => match[1]));
  return targets
    .map((target) => target.replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target));
}
