import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEndpoint } from '../../../src/runs/endpoint';
import { identifySelf } from '../../../src/runs/process/identity';
import { enqueue } from '../../../src/runs/queue';
import { fill, temporaryFolder } from './folders';

async function join3(runtimeFolder: string) {
  const keeper = await identifySelf();
  const take = (run: string) => enqueue({ runtimeFolder, keeper, run, endpoint: '0'.repeat(16) });
  return [await take('a'), await take('b'), await take('c')] as const;
}

describe('the queue', () => {
  it('lets runs go in the order in which they came', async () => {
    const [a, b, c] = await join3(temporaryFolder());
    expect([await a.ahead(), await b.ahead(), await c.ahead()]).toEqual([0, 1, 2]);
    await b.leave();
    expect([await a.ahead(), await c.ahead()]).toEqual([0, 1]);
    await a.leave();
    expect(await c.ahead()).toBe(0);
  });

  it('gives one number to each of several runs that come at once', async () => {
    const runtimeFolder = temporaryFolder();
    const keeper = await identifySelf();
    const places = await Promise.all(
      ['a', 'b', 'c', 'd'].map((run) => enqueue({ runtimeFolder, keeper, run, endpoint: '0'.repeat(16) })),
    );
    const ahead = await Promise.all(places.map((place) => place.ahead()));
    expect(ahead.sort()).toEqual([0, 1, 2, 3]);
  });

  it('does not wait for dead keepers or damaged tickets, and clears away what they left', async () => {
    const runtimeFolder = temporaryFolder();
    const left = await createEndpoint(runtimeFolder);
    const dead = { pid: process.pid, startTime: 'long ago', run: 'x', enqueuedAt: 0, endpoint: left.name };
    fill(runtimeFolder, { 'ticket-00000003.json': dead, 'ticket-00000004.json': '{' });
    const [a] = await join3(runtimeFolder);
    expect(await a.ahead()).toBe(0);
    expect(existsSync(join(runtimeFolder, `${left.name}.token`))).toBe(false);
    expect(readdirSync(runtimeFolder).filter((name) => name.startsWith('ticket'))).toHaveLength(3);
  });

  it('forgets the dead who die while others wait', async () => {
    const runtimeFolder = temporaryFolder();
    const [, b] = await join3(runtimeFolder);
    const dead = { pid: process.pid, startTime: 'gone', run: 'a', enqueuedAt: 0, endpoint: '0'.repeat(16) };
    fill(runtimeFolder, { 'ticket-00000001.json': dead });
    expect(await b.ahead()).toBe(0);
  });

  it('lets everyone go when the folder has vanished', async () => {
    const [, , c] = await join3(temporaryFolder());
    const gone = await enqueueIn(temporaryFolder());
    expect(await c.ahead()).toBe(2);
    expect(await gone.ahead()).toBe(0);
  });
});

async function enqueueIn(runtimeFolder: string) {
  const [, place] = await join3(runtimeFolder);
  for (const name of readdirSync(runtimeFolder)) {
    rmSync(join(runtimeFolder, name));
  }
  return place;
}
