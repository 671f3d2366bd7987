/**
 * Where a run's keeper can be reached: a Unix socket (a named pipe on Windows) and the token that a watcher
 * must know. Both lie in the runtime folder under a short random name; the run folder keeps only the name,
 * so whoever can read a run folder cannot command the run.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { assertPrivate, runtimeFolders } from './runtimeFolder';

const NAME_BYTES = 8;
const TOKEN_BYTES = 32;
const NAME_PATTERN = /^[0-9a-f]{16}$/;

export interface Endpoint {
  /** 16 hexadecimal digits. */
  readonly name: string;
  /** What `net.connect` and `listen` take. */
  readonly path: string;
  /** 64 hexadecimal digits. */
  readonly token: string;
}

/** A new endpoint: its token is on disk for this user alone, its socket is free to listen on. */
export async function createEndpoint(runtimeFolder: string): Promise<Endpoint> {
  const name = randomBytes(NAME_BYTES).toString('hex');
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  await writeFile(tokenPath(runtimeFolder, name), token, { mode: 0o600, flag: 'wx' });
  return { name, path: socketPath(runtimeFolder, name), token };
}

/** The endpoint of a name, or undefined if no runtime folder of this user holds its token. */
export async function findEndpoint(name: string): Promise<Endpoint | undefined> {
  if (!NAME_PATTERN.test(name)) return undefined;
  for (const folder of await runtimeFolders()) {
    const token = await readFile(tokenPath(folder, name), 'utf8').catch(() => undefined);
    const trusted = token !== undefined && (await assertPrivate(folder).then(yes, no));
    if (token !== undefined && trusted) return { name, path: socketPath(folder, name), token };
  }
  return undefined;
}

/** Removes socket and token of an endpoint, if they are there. */
export async function removeEndpoint(runtimeFolder: string, name: string): Promise<void> {
  if (!NAME_PATTERN.test(name)) return;
  await rm(tokenPath(runtimeFolder, name), { force: true }).catch(() => undefined);
  if (process.platform === 'win32') return;
  await rm(socketPath(runtimeFolder, name), { force: true }).catch(() => undefined);
}

/** Compares tokens in a time that does not depend on where they differ. */
export function tokensEqual(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function tokenPath(folder: string, name: string): string {
  return join(folder, `${name}.token`);
}

function socketPath(folder: string, name: string): string {
  return process.platform === 'win32' ? `\\\\.\\pipe\\supcon-${name}` : join(folder, `${name}.sock`);
}

const yes = () => true;
const no = () => false;
