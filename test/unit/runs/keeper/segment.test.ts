import { readdirSync, readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExitFile, ProcessIdentity, RunFile } from '../../../../src/domain/run/state';
import { openLog } from '../../../../src/runs/keeper/log';
import { openSegment, putExitAside, writeExit } from '../../../../src/runs/keeper/segment';
import { identifySelf } from '../../../../src/runs/process/identity';
import { fill, temporaryFolder } from '../folders';

const gone: ProcessIdentity = { pid: process.pid, startTime: 'long ago' };

function exitOf(segment: number): ExitFile {
  const rest = { code: null, signal: 'SIGKILL', reason: null, endedAt: 5 };
  return { formatVersion: 1, segment, endState: 'killed', ...rest };
}

function read(folder: string, name: string): unknown {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

describe('openSegment', () => {
  it('writes the identity of a new run', async () => {
    const folder = temporaryFolder();
    const { run, index } = await openSegment({ folder, keeper: gone, socket: 's', version: '1.0.0' });
    expect(index).toBe(0);
    expect(run).toMatchObject({ id: basename(folder), host: hostname(), version: '1.0.0' });
    expect(read(folder, 'run.json')).toEqual(run);
  });

  it('appends to an ended run and keeps everything else', async () => {
    const folder = temporaryFolder();
    const { run: first } = await openSegment({ folder, keeper: gone, socket: 's', version: '1.0.0' });
    const { run, index } = await openSegment({ folder, keeper: gone, socket: 't', version: '2.0.0' });
    expect(index).toBe(1);
    expect(run.segments.map(({ socket }) => socket)).toEqual(['s', 't']);
    expect({ ...run, segments: [] }).toEqual({ ...first, segments: [] });
  });

  it('refuses while the keeper of the last segment lives', async () => {
    const folder = temporaryFolder();
    const keeper = await identifySelf();
    await openSegment({ folder, keeper, socket: 's', version: '1' });
    await expect(openSegment({ folder, keeper, socket: 't', version: '1' })).rejects.toThrow(
      /running already/,
    );
    expect((read(folder, 'run.json') as RunFile).segments).toHaveLength(1);
  });
});

describe('exit records', () => {
  it('are put aside under the number of their segment and never overwritten', async () => {
    const folder = fill(temporaryFolder(), { 'exit.json': exitOf(3) });
    await putExitAside(folder);
    expect(read(folder, 'exit.3.json')).toEqual(exitOf(3));
    fill(folder, { 'exit.json': { ...exitOf(3), endedAt: 6 } });
    await putExitAside(folder);
    expect(read(folder, 'exit.3.json')).toEqual(exitOf(3));
  });

  it('are written whole, and given up where the run folder is gone', async () => {
    const folder = temporaryFolder();
    await writeExit(folder, exitOf(0), openLog(folder));
    expect(read(folder, 'exit.json')).toEqual(exitOf(0));
    await writeExit(join(folder, 'gone'), exitOf(0), openLog(folder));
    expect(readdirSync(folder)).not.toContain('gone');
    expect(readFileSync(join(folder, 'trainer.log'), 'utf8')).toMatch(/exit\.json cannot be written/);
  });
});
