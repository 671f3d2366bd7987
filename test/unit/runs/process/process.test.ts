import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment } from '../../../../src/runs/process/cleanEnvironment';
import { identifyProcess, identifySelf, isAlive } from '../../../../src/runs/process/identity';
import { descendantsOf, killTree } from '../../../../src/runs/process/kill';
import { parseProcStat } from '../../../../src/runs/process/procStat';

const SLEEP = 'setInterval(() => undefined, 1000)';

describe('parseProcStat', () => {
  it('copes with brackets and spaces in the command', () => {
    const rest = `S 7 ${'0 '.repeat(17)}4711 0 0`;
    expect(parseProcStat(`42 (a) b) (c) ${rest}`)).toEqual({ state: 'S', parent: 7, startTicks: '4711' });
  });

  it.each(['', 'nonsense', '1 (x) S 1'])('refuses %j', (line) => {
    expect(parseProcStat(line)).toBeUndefined();
  });
});

describe('a process identity', () => {
  it('stays the same for one process and belongs to no other start', async () => {
    const me = await identifySelf();
    expect(await identifyProcess(process.pid)).toEqual(me);
    expect(await isAlive(me)).toBe(true);
    expect(await isAlive({ ...me, startTime: 'another' })).toBe(false);
  });

  it.each([0, -1, 2 ** 30, 1.5])('does not exist for id %d', async (pid) => {
    expect(await identifyProcess(pid)).toBeUndefined();
  });

  it('ends with the process, though its parent has not yet noticed', async () => {
    const script = `const {spawn} = require('child_process');
      const grandchild = spawn(process.execPath, ['-e', '']);
      process.stdout.write(String(grandchild.pid) + '\\n', () => { for (;;); });`;
    const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      const isZombie = () => parseProcStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.state === 'Z';
      if (process.platform === 'linux') await expect.poll(isZombie, { timeout: 10_000 }).toBe(true);
      await expect.poll(() => identifyProcess(pid), { timeout: 10_000 }).toBeUndefined();
    } finally {
      child.kill('SIGKILL');
    }
  });
});

describe('killTree', () => {
  it('ends children and grandchildren', async () => {
    const script = `const {spawn} = require('child_process');
      const child = spawn(process.execPath, ['-e', ${JSON.stringify(SLEEP)}]);
      process.stdout.write(String(child.pid)); ${SLEEP}`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    await killTree(parent.pid ?? 0);
    await expect.poll(() => identifyProcess(Number(line.toString())), { timeout: 10_000 }).toBeUndefined();
    await expect.poll(() => identifyProcess(parent.pid ?? 0), { timeout: 10_000 }).toBeUndefined();
  });
});

describe('descendantsOf', () => {
  it('finds the family at any depth and survives a cycle', () => {
    const everyone = [
      { pid: 4, parent: 3 },
      { pid: 2, parent: 1 },
      { pid: 3, parent: 2 },
      { pid: 9, parent: 8 },
      { pid: 1, parent: 4 },
    ];
    expect(descendantsOf(1, everyone)).toEqual([2, 3, 4]);
  });
});

describe('cleanEnvironment', () => {
  it('drops what the editor set for itself and keeps the rest', () => {
    const environment = {
      PATH: '/bin',
      CUDA_VISIBLE_DEVICES: '0',
      VSCODE_IPC_HOOK: 'x',
      ELECTRON_RUN_AS_NODE: '1',
      ELECTRON_NO_ASAR: '1',
      NODE_OPTIONS: '--inspect',
      NODE_CHANNEL_FD: '3',
      XDG_RUNTIME_DIR: '/run',
    };
    expect(cleanEnvironment(environment)).toEqual({
      PATH: '/bin',
      CUDA_VISIBLE_DEVICES: '0',
      ELECTRON_RUN_AS_NODE: '1',
      XDG_RUNTIME_DIR: '/run',
    });
  });
});
