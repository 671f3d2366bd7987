/**
 * THIRD-PARTY-NOTICES.md: the licence of every package whose code is shipped. Which packages those are is read
 * from the build's metafile, so the list cannot fall behind the bundles.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

/** Shipped beside the bundles: the native libraries with what they need, and the icon font. */
const UNBUNDLED = [
  'onnxruntime-node',
  'onnxruntime-common',
  '@vscode/codicons',
  'sharp',
  '@img/colour',
  'detect-libc',
  'semver',
  // Its sources are compiled to the add-on that loads TensorFlow.
  '@tensorflow/tfjs-node-gpu',
];

/** Holds the library that sharp calls, and in its README what that is made of. */
const LIBVIPS = '@img/sharp-libvips';

const INTRODUCTION = `# Third-party notices

SupCon Lab is under the MIT licence (see LICENSE). The extension contains code of the packages below; the
library inside onnxruntime-node contains more, listed in ThirdPartyNotices.txt of that version's sources.
This file is written by \`npm run package\`.
`;

/** Writes THIRD-PARTY-NOTICES.md from dist/meta.json. */
export function writeNotices() {
  const meta = JSON.parse(readFileSync(join(root, 'dist/meta.json'), 'utf8'));
  const folders = new Set([
    ...UNBUNDLED.map((name) => `node_modules/${name}`),
    ...imageLibraries(),
    ...Object.keys(meta.inputs).flatMap((input) => packageFolder(input) ?? []),
  ]);
  const notices = [...folders].map(notice).sort((a, b) => (a < b ? -1 : 1));
  writeFileSync(join(root, 'THIRD-PARTY-NOTICES.md'), [INTRODUCTION, ...notices].join('\n'));
}

/**
 * The packages with sharp's libraries for the platform at hand, relative to the root: its add-on, and libvips where
 * that is one of its own. npm installs no other platform's.
 * @returns {string[]}
 */
export function imageLibraries() {
  const names = ['sharp', 'sharp-libvips'].map((name) => `${name}-${process.platform}-${process.arch}`);
  return names.map((name) => `node_modules/@img/${name}`).filter((folder) => existsSync(join(root, folder)));
}

/**
 * The folder of the package that a source file belongs to, undefined for our own files.
 * @param {string} input path relative to the root
 * @returns {string | undefined}
 */
export function packageFolder(input) {
  return /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
}

/** @param {string} folder */
function notice(folder) {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const texts = licenceFiles(folder).map((file) => readFileSync(join(root, folder, file), 'utf8'));
  const parts = manifest.name.startsWith(LIBVIPS)
    ? [readFileSync(join(root, folder, 'README.md'), 'utf8')]
    : [];
  const body = [...(texts.length === 0 ? [standardText(manifest)] : texts), ...parts].map(fence);
  return [`## ${manifest.name} ${manifest.version} (${manifest.license})`, '', ...body, ''].join('\n');
}

/**
 * The licence in its common wording, for a package that names it but leaves the text out.
 * @param {{ name: string, license: string, author?: string | { name: string } }} manifest
 */
function standardText({ name, license, author }) {
  const holder = (typeof author === 'object' ? author.name : author) ?? `the authors of ${name}`;
  const file = join(root, 'src/setup/licences', `${license}.txt`);
  if (!existsSync(file)) throw new Error(`${name} holds no licence text: add that of ${license} as ${file}`);
  return `Copyright (c) ${holder}\n\n${readFileSync(file, 'utf8')}`;
}

/** @param {string} folder */
function licenceFiles(folder) {
  if (!existsSync(join(root, folder))) return [];
  const names = readdirSync(join(root, folder)).sort();
  return names.filter(
    (name) => /^(licen[cs]e|notice|thirdpartynotice|copying)/i.test(name) && !name.endsWith('.js'),
  );
}

/** @param {string} text */
function fence(text) {
  return `\`\`\`\`text\n${text.replaceAll('\r\n', '\n').trim()}\n\`\`\`\``;
}
