/**
 * A lock between processes of one machine: a file that names its holder. It appears complete or not at all
 * (a hard link of a finished file), and the lock of a process that died is taken over.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { wrapError } from '../domain/errors';
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
    const taken =
      (await linked(draft, path)) || ((await clearStale(path, draft)) && (await linked(draft, path)));
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

/**
 * Removes the lock of a dead process; false while its holder lives or another is about to. One at a time, and after a
 * second look, or a lock that was taken meanwhile would be removed for the stale one.
 */
async function clearStale(path: string, draft: string): Promise<boolean> {
  const before = await verdictOn(path);
  if (before !== 'stale') return before === 'free';
  const guard = `${path}.clearing`;
  if (!(await linked(draft, guard))) {
    if ((await verdictOn(guard)) === 'stale') await rm(guard, { force: true });
    return false;
  }
  try {
    const now = await verdictOn(path);
    if (now === 'stale') await rm(path, { force: true });
    return now !== 'held';
  } finally {
    await rm(guard, { force: true });
  }
}

async function verdictOn(path: string): Promise<'free' | 'held' | 'stale'> {
  const text = await readText(path);
  if (text === undefined) return 'free';
  const holder = parseHolder(text);
  return holder !== undefined && (await isAlive(holder)) ? 'held' : 'stale';
}

async function release(path: string, mark: string): Promise<void> {
  const holder = await readHolder(path);
  if (holder?.mark === mark) await rm(path, { force: true });
}

type Holder = v.InferOutput<typeof holderSchema>;

async function readHolder(path: string): Promise<Holder | undefined> {
  return parseHolder((await readText(path)) ?? '');
}

function parseHolder(text: string): Holder | undefined {
  const parsed = v.safeParse(holderSchema, parseJsonLine(text));
  return parsed.success ? parsed.output : undefined;
}

/** The text of a file; undefined if there is none. */
function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) =>
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? undefined : '',
  );
}
