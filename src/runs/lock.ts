/**
 * A lock between processes of one machine: a file that names its holder. It appears complete or not at all
 * (a hard link of a finished file), and the lock of a process that died is taken over.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { wrapError } from '../domain/errors';
import type { ProcessIdentity } from '../domain/run/state';
import { parseJsonLine } from './lines';
import { identifySelf, isAlive } from './process/identity';

const RETRY_MS = 20;
const holderSchema = v.object({ pid: v.number(), startTime: v.string(), mark: v.string() });

export interface Lock {
  release(): Promise<void>;
}

/** Takes the lock, or returns undefined while another living process (or another call) holds it. */
export async function tryLock(path: string): Promise<Lock | undefined> {
  const mark = randomBytes(8).toString('hex');
  const draft = `${path}.${mark}`;
  await writeFile(draft, JSON.stringify({ ...(await identifySelf()), mark }), { mode: 0o600, flag: 'wx' });
  try {
    const taken = (await linked(draft, path)) || ((await clearStale(path)) && (await linked(draft, path)));
    return taken ? { release: () => release(path, mark) } : undefined;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Runs an action while holding the lock, waiting for it up to `waitMs`. Throws if it stays taken. */
export async function withLock<T>(path: string, waitMs: number, action: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + waitMs;
  let lock = await tryLock(path);
  while (lock === undefined) {
    if (performance.now() > deadline) throw new Error(`The lock ${path} stayed taken for ${waitMs} ms.`);
    await delay(RETRY_MS);
    lock = await tryLock(path);
  }
  const held = lock;
  return action().finally(() => held.release());
}

async function linked(draft: string, path: string): Promise<boolean> {
  return link(draft, path).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw wrapError(`Locking ${path}`, error);
    },
  );
}

/** Moves the lock of a dead process away; false if its holder lives. */
async function clearStale(path: string): Promise<boolean> {
  const seen = await readHolder(path);
  if (seen !== undefined && (await isAlive(seen))) return false;
  const aside = `${path}.${randomBytes(8).toString('hex')}`;
  await rename(path, aside).catch(() => undefined);
  const moved = await readHolder(aside);
  // Another process cleared the stale lock and took its own between our look and our move: give it back.
  const wrong = moved !== undefined && moved.mark !== seen?.mark;
  if (wrong) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  return !wrong;
}

async function release(path: string, mark: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.mark === mark) await rm(path, { force: true });
}

async function readHolder(path: string): Promise<(ProcessIdentity & { mark: string }) | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const parsed = v.safeParse(holderSchema, parseJsonLine(text));
  return parsed.success ? parsed.output : undefined;
}
