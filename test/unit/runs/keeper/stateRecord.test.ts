import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StateFile } from '../../../../src/domain/run/state';
import { openLog } from '../../../../src/runs/keeper/log';
import { createStateRecord, initialState } from '../../../../src/runs/keeper/stateRecord';
import { temporaryFolder } from '../folders';

function record(folder: string) {
  const told: StateFile[] = [];
  const log = openLog(folder);
  const tell = (state: StateFile) => void told.push(state);
  return { told, record: createStateRecord({ folder, initial: initialState(2), log, tell }) };
}

function onDisk(folder: string): StateFile {
  return JSON.parse(readFileSync(join(folder, 'state.json'), 'utf8')) as StateFile;
}

describe('the state record', () => {
  it('tells and writes a change of state at once, and progress soon', async () => {
    const folder = temporaryFolder();
    const { told, record: state } = record(folder);
    await state.change({ state: 'starting' });
    expect(onDisk(folder)).toMatchObject({ state: 'starting', segment: 2 });
    expect(told.at(-1)?.state).toBe('starting');
    for (let ahead = 0; ahead < 100; ahead++) state.note({ queuedBehind: ahead });
    await expect.poll(() => onDisk(folder).queuedBehind, { timeout: 10_000 }).toBe(99);
    expect(told.at(-1)?.queuedBehind).toBe(99);
    expect(told.length).toBeLessThan(10);
    await state.finish({ state: 'ended' });
    expect(onDisk(folder).state).toBe('ended');
  });

  it('survives a missing folder, logs it once, and writes when the folder is back', async () => {
    const logs = temporaryFolder();
    const folder = join(temporaryFolder(), 'gone');
    const log = openLog(logs);
    const state = createStateRecord({ folder, initial: initialState(0), log, tell: () => undefined });
    await state.change({ state: 'starting' });
    await state.change({ state: 'running' });
    expect(existsSync(folder)).toBe(false);
    expect(readFileSync(join(logs, 'trainer.log'), 'utf8').match(/cannot be written/g)).toHaveLength(1);
    mkdirSync(folder);
    await expect.poll(() => existsSync(join(folder, 'state.json')), { timeout: 10_000 }).toBe(true);
    expect(onDisk(folder).state).toBe('running');
    await state.finish({});
  });
});
