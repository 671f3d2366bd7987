/**
 * The machine-wide queue. Each run that wants the machine holds a numbered ticket in the runtime folder and
 * starts when no living ticket has a lower number; a run that jumps the queue still holds one, so that later
 * runs wait for it. Numbers are given out under a lock, so two runs never both believe to be first.
 */
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { ProcessIdentity } from '../domain/run/state';
import { removeEndpoint } from './endpoint';
import { parseJsonLine } from './lines';
import { withLock } from './lock';
import { isAlive } from './process/identity';

const LOCK_WAIT_MS = 10_000;
const TICKET_PATTERN = /^ticket-(\d{8})\.json$/;
const ticketSchema = v.object({
  pid: v.number(),
  startTime: v.string(),
  run: v.string(),
  /** Milliseconds since 1970; for people, the order comes from the file's number. */
  enqueuedAt: v.number(),
  /** The endpoint to clear away with the ticket of a keeper that died. */
  endpoint: v.string(),
});
type Ticket = v.InferOutput<typeof ticketSchema>;

export interface Place {
  /** How many living tickets stand before this one; 0 means go. */
  ahead(): Promise<number>;
  /** Gives the place up. */
  leave(): Promise<void>;
}

export interface EnqueueOptions {
  readonly runtimeFolder: string;
  readonly keeper: ProcessIdentity;
  readonly run: string;
  readonly endpoint: string;
}

/** Takes the next place in the queue. Tickets of dead keepers are cleared away with what they left. */
export async function enqueue({ runtimeFolder, keeper, run, endpoint }: EnqueueOptions): Promise<Place> {
  const ticket: Ticket = { ...keeper, run, enqueuedAt: Date.now(), endpoint };
  const number = await withLock(join(runtimeFolder, 'queue.lock'), LOCK_WAIT_MS, async () => {
    await clearDead(runtimeFolder);
    const next = Math.max(0, ...(await ticketNumbers(runtimeFolder))) + 1;
    await writeFile(ticketPath(runtimeFolder, next), JSON.stringify(ticket), { mode: 0o600, flag: 'wx' });
    return next;
  });
  return {
    ahead: async () => {
      const earlier = (await ticketNumbers(runtimeFolder)).filter((other) => other < number);
      const alive = await Promise.all(earlier.map((other) => isTicketAlive(runtimeFolder, other)));
      return alive.filter(Boolean).length;
    },
    leave: () => rm(ticketPath(runtimeFolder, number), { force: true }),
  };
}

async function isTicketAlive(folder: string, number: number): Promise<boolean> {
  const ticket = await readTicket(folder, number);
  return ticket !== undefined && isAlive(ticket);
}

async function clearDead(folder: string): Promise<void> {
  for (const number of await ticketNumbers(folder)) {
    const ticket = await readTicket(folder, number);
    if (ticket !== undefined && (await isAlive(ticket))) continue;
    if (ticket !== undefined) await removeEndpoint(folder, ticket.endpoint);
    await rm(ticketPath(folder, number), { force: true });
  }
}

async function ticketNumbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  return names.flatMap((name) => TICKET_PATTERN.exec(name)?.slice(1).map(Number) ?? []);
}

async function readTicket(folder: string, number: number): Promise<Ticket | undefined> {
  const text = await readFile(ticketPath(folder, number), 'utf8').catch(() => '');
  const parsed = v.safeParse(ticketSchema, parseJsonLine(text));
  return parsed.success ? parsed.output : undefined;
}

function ticketPath(folder: string, number: number): string {
  return join(folder, `ticket-${String(number).padStart(8, '0')}.json`);
}
