/**
 * The private folder of the machine's user for what lives only while a run lives: sockets, tokens, queue.
 * It is $XDG_RUNTIME_DIR/supcon, or else a 0700 folder in the system's temporary directory; anything
 * there that is not ours alone is refused, because the temporary directory is open to everyone.
 */
import { lstat, mkdir } from 'node:fs/promises';
import type { Stats } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { HumanError, toError } from '../domain/errors';

/** sun_path holds 104 bytes on macOS (108 on Linux), the closing zero included. */
export const LONGEST_SOCKET_PATH_BYTES = 103;
/** `/`, 16 hexadecimal digits and `.sock`. */
const SOCKET_NAME_BYTES = 22;

/** The runtime folder, made if it is missing. Throws HumanError if it cannot be trusted. */
export async function openRuntimeFolder(): Promise<string> {
  const [folder] = await runtimeFolders();
  if (folder === undefined)
    throw new HumanError('No place for a socket: TMPDIR is too long; set a shorter one.');
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => refuse(folder, error));
  await assertPrivate(folder);
  return folder;
}

/**
 * Every folder that may hold the socket of a run of this user, the preferred one first. A run that was
 * started where XDG_RUNTIME_DIR was not set is found too.
 */
export async function runtimeFolders(): Promise<string[]> {
  const own = `supcon-${userId()}`;
  const candidates = [
    await xdgFolder(),
    join(tmpdir(), own),
    process.platform === 'win32' ? null : `/tmp/${own}`,
  ];
  const usable = candidates.filter((folder) => folder !== null).filter(hasRoomForSocket);
  return [...new Set(usable)];
}

/** Throws HumanError unless the folder is a real folder that only this user can enter. */
export async function assertPrivate(folder: string): Promise<void> {
  const stats = await lstat(folder).catch((error: unknown) => refuse(folder, error));
  const complaint = complaintAbout(stats);
  if (complaint !== null) {
    throw new HumanError(
      `The folder ${folder} ${complaint}, so sockets in it would not be safe: remove it, or set XDG_RUNTIME_DIR.`,
    );
  }
}

/** What is wrong with a runtime folder, or null. */
export function complaintAbout(stats: Pick<Stats, 'isDirectory' | 'uid' | 'mode'>): string | null {
  if (!stats.isDirectory()) return 'is not a folder';
  if (process.platform === 'win32') return null;
  if (stats.uid !== process.getuid?.()) return 'belongs to another user';
  return (stats.mode & 0o077) === 0 ? null : 'can be entered by other users';
}

function refuse(folder: string, error: unknown): never {
  throw new HumanError(
    `The folder ${folder} for sockets cannot be used (${toError(error).message}): set XDG_RUNTIME_DIR to a folder of your own.`,
  );
}

async function xdgFolder(): Promise<string | null> {
  const base = process.env['XDG_RUNTIME_DIR'];
  if (base === undefined || !isAbsolute(base)) return null;
  const stats = await lstat(base).catch(() => undefined);
  return stats?.isDirectory() === true && stats.uid === process.getuid?.() ? join(base, 'supcon') : null;
}

function hasRoomForSocket(folder: string): boolean {
  return (
    process.platform === 'win32' || Buffer.byteLength(folder) + SOCKET_NAME_BYTES <= LONGEST_SOCKET_PATH_BYTES
  );
}

function userId(): string {
  return String(process.getuid?.() ?? userInfo().username.replace(/[^\w]/g, '_'));
}
