/** Run ids are folder names: short, safe on every file system, in the order of their start for one name. */
import { randomBytes } from 'node:crypto';

const LONGEST_SLUG = 32;

/** `<slug of name>-<yyyymmdd-hhmmss>-<4 hex>`, in local time. */
export function createRunId(name: string, at: Date): string {
  return `${slugOf(name)}-${timestampOf(at)}-${randomBytes(2).toString('hex')}`;
}

/** Lower-case letters, digits and single hyphens of a name, at most 32; `run` if nothing is left. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = plain.replace(/[^a-z0-9]+/g, '-').slice(0, LONGEST_SLUG);
  return slug.replace(/^-|-$/g, '') || 'run';
}

function timestampOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}${two(at.getMonth() + 1)}${two(at.getDate())}`;
  return `${day}-${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`;
}
