/**
 * What has to hold before anything of ours can run on a fresh clone: a Node that is new enough, and node_modules
 * as package-lock.json wants it. Needs nothing but Node and npm, and does nothing when all is in place.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { npmCommand, run } from './process.mjs';

/** The repository's root folder. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** Ends the process with a sentence when this Node is older than package.json asks for. */
export function requireNode() {
  const wanted = String(readJson('package.json').engines.node).replace('>=', '');
  if (!isOlder(process.versions.node, wanted)) return;
  console.error(
    `SupCon Lab needs Node ${wanted} or newer, but this is ${process.versions.node}: install a newer Node.`,
  );
  process.exit(2);
}

/**
 * Runs `npm ci` when node_modules is missing or differs from package-lock.json.
 * @returns {Promise<void>} throws a sentence when npm fails
 */
export async function ensureInstalled() {
  if (isInstalled()) return;
  console.log('installing packages: npm ci');
  const [npm, first] = npmCommand();
  const code = await run(npm, [...first, 'ci'], { cwd: root });
  if (code !== 0) throw new Error('npm ci failed: see its message above, then try again');
}

/** npm writes what it has installed to node_modules/.package-lock.json as its last act. */
function isInstalled() {
  if (!existsSync(join(root, 'node_modules/.package-lock.json'))) return false;
  const present = readJson('node_modules/.package-lock.json').packages;
  return holdsAll(present, readJson('package-lock.json').packages);
}

/**
 * Whether every wanted package is present in the wanted version. Optional ones may be of another platform.
 * @param {Record<string, LockedPackage>} present
 * @param {Record<string, LockedPackage>} wanted by path; the empty path is the product itself
 * @returns {boolean}
 */
export function holdsAll(present, wanted) {
  return Object.entries(wanted).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || optional === true || devOptional === true || present[path]?.version === version,
  );
}

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** @param {string} file relative to the root */
function readJson(file) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}

/**
 * Whether one dotted version comes before another.
 * @param {string} version
 * @param {string} other
 * @returns {boolean}
 */
export function isOlder(version, other) {
  const [a, b] = [version, other].map((text) => text.split('.').map(Number));
  for (let i = 0; i < 3; i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
