/**
 * A hash of the program that is running, for keys of things kept on the disk: a bundle is one file and holds
 * everything that a trace depends on. Sources that run unbundled have none, so a stale graph can never come from
 * code that has been changed since.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { attempt } from '../machineCache';

/** SHA-256 of the bundle in hexadecimal, undefined outside one. */
export function codeHash(url: string = import.meta.url): string | undefined {
  if (!url.endsWith('.js')) return undefined;
  const bytes = attempt(() => readFileSync(fileURLToPath(url)));
  return bytes && createHash('sha256').update(bytes).digest('hex');
}
