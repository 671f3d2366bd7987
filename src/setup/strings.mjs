/**
 * `npm run strings`: collects every sentence that goes through `l10n.t` into l10n/bundle.l10n.json, the file that
 * translators start from. A translation is a copy of it beside it, named after the language (`bundle.l10n.de.json`), and of
 * package.nls.json, which holds the words of the manifest; the editor finds both by their names.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './install.mjs';

/** What runs in the extension host or in a page, and nothing else does. */
const FOLDERS = ['src/domain', 'src/extension', 'webview'];

/** Where the sentences lie. */
export const STRINGS_FILE = join(root, 'l10n', 'bundle.l10n.json');

/**
 * The sentences of all sources, by themselves.
 * @returns {Promise<Record<string, string | { message: string, comment: string[] }>>}
 */
export async function collectStrings() {
  const { getL10nJson } = await import('@vscode/l10n-dev');
  const sources = FOLDERS.flatMap(sourcesIn).map((path) => ({
    extension: '.ts',
    contents: readFileSync(path, 'utf8'),
  }));
  const found = Object.entries(
    await getL10nJson(sources.filter(({ contents }) => contents.includes('l10n.t('))),
  );
  return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * The sentences as they are written to the file.
 * @param {object} strings
 */
export function stringsText(strings) {
  return `${JSON.stringify(strings, null, 2)}\n`;
}

/** @param {string} folder */
function sourcesIn(folder) {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.ts')).map((name) => join(root, folder, name));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  writeFileSync(STRINGS_FILE, stringsText(await collectStrings()));
