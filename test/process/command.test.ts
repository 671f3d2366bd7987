/** Any command as a run: real processes without a shell, their numbers, their ends, and what they never see. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCommandConfiguration } from '../../src/domain/configuration/parse';
import { TAG } from '../../src/domain/metrics/tags';
import type { ExitFile, RunSummary } from '../../src/domain/run/state';
import { completeCommand } from '../../src/runs/command/commandRun';
import { commandHash } from '../../src/runs/command/trust';
import { requestStop, stopRun } from '../../src/runs/control';
import { summariseRun } from '../../src/runs/list';
import { trustContent } from '../../src/runs/modules/trust';
import { identifyProcess } from '../../src/runs/process/identity';
import type { StartedRun } from '../../src/runs/start';
import { resumeRun, startRun } from '../../src/runs/start';
import { watchRun } from '../../src/runs/watch';
import type { World } from './support';
import { createWorld, eventually, keeperPid, logOf, until } from './support';

let world: World;
const before = { ...process.env };
beforeAll(async () => {
  world = await createWorld();
  process.env['XDG_CONFIG_HOME'] = join(world.runtimeBase, 'settings');
  // What an editor's terminal has, and what a command must never see.
  process.env['VSCODE_IPC_HOOK_CLI'] = '/nowhere';
  process.env['ELECTRON_RUN_AS_NODE'] = '1';
  process.env['NODE_OPTIONS'] = '';
});
afterAll(async () => {
  await world.sweep();
  process.env = before;
});

const isEnded = ({ state }: RunSummary) => state === 'ended';
const isRunning = ({ state, pid }: RunSummary) => state === 'running' && pid !== null;
const quick = ['--asked-ms', '400', '--interrupted-ms', '400', '--grace-ms', '300'];

interface Started {
  readonly command?: object;
  readonly rest?: object;
  readonly agreed?: boolean;
}

/** Starts a script of Node's own, whose text is an argument: no file, no shell. */
async function start(
  script: string,
  { command = {}, rest = {}, agreed = true }: Started = {},
): Promise<StartedRun> {
  const folder = join(world.runtimeBase, 'scripts');
  mkdirSync(folder, { recursive: true });
  const whole = { program: process.execPath, arguments: ['-e', script], ...command };
  const config = completeCommand(
    parseCommandConfiguration({ name: 'any', command: whole, ...rest }, 'a test'),
    folder,
  );
  if (agreed) await trustContent(commandHash(config.command), 'a test');
  return startRun({ ...world.options({}, { keeperParameters: quick }), config });
}

const FOREVER = 'setInterval(() => {}, 1000);';
const exitOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'exit.json'), 'utf8')) as ExitFile;
/** A zombie that nobody reaps has ended. */
const isAlive = async (pid: number) => (await identifyProcess(pid)) !== undefined;
/** The first line of the log is the command itself, so what it prints is looked for at the start of a line. */
const hasSaid = async (folder: string, words: RegExp) => words.test(await logOf(folder));

describe('a command', () => {
  it('completes with code 0, keeps its output in the log, and is listed as a command', async () => {
    const { folder } = await start('console.log("out"); console.error("err");', {
      rest: { loss: { name: 'supcon' }, seed: 5, group: 'g' },
    });
    expect(await until(folder, isEnded)).toMatchObject({
      ...{ kind: 'command', endState: 'completed', reason: null, signal: null, resumable: false },
      ...{ loss: 'supcon', seed: 5, group: 'g' },
    });
    expect(await logOf(folder)).toMatch(/Runs .*\nout\nerr\n/s);
    for (const name of ['config', 'environment', 'code', 'run', 'state', 'exit'])
      expect(existsSync(join(folder, `${name}.json`)), name).toBe(true);
    await expect(resumeRun(folder, world.programs)).rejects.toThrow(/is a command.*start it again/);
  });

  it('fails with its code and the last error that it wrote', async () => {
    const { folder } = await start(
      'console.error("ValueError: 3 classes, 4 needed"); console.error("note"); process.exit(7)',
    );
    const run = await until(folder, isEnded);
    expect(run.endState).toBe('failed');
    expect(run.reason).toBe(
      'The command ended with code 7, saying: ValueError: 3 classes, 4 needed. Its log shows more.',
    );
    expect(exitOf(folder)).toMatchObject({ code: 7, signal: null });
  });

  it('that cannot be started says what to correct', async () => {
    const { folder } = await start('', { command: { program: '/nowhere/python', arguments: [] } });
    const run = await until(folder, isEnded);
    expect(run).toMatchObject({ endState: 'failed' });
    expect(run.reason).toMatch(/\/nowhere\/python could not be started .*ENOENT.*correct its program/);
  });

  it('is not read by a shell, and has the arguments as they stand', async () => {
    const words = ['$HOME', '`id`', '; rm -rf x', 'two words', '{run}/x', ''];
    const { folder } = await start('', {
      command: { arguments: ['-e', 'console.log(JSON.stringify(process.argv.slice(1)))', '--', ...words] },
    });
    await until(folder, isEnded);
    const expected = words.map((word) => word.replace('{run}', folder));
    expect(await logOf(folder)).toContain(`\n${JSON.stringify(expected)}\n`);
  });

  it('runs in its folder, with its variables and without those of the editor', async () => {
    const script = 'console.log(JSON.stringify({ ...process.env, cwd: process.cwd() }))';
    const { folder } = await start(script, { command: { environment: { RATE: '0.1', OUT: '{run}/out' } } });
    await until(folder, isEnded);
    const line = (await logOf(folder)).split('\n').find((each) => each.startsWith('{')) ?? '{}';
    const seen = JSON.parse(line) as Record<string, string>;
    expect(seen).toMatchObject({
      ...{ RATE: '0.1', OUT: `${folder}/out`, SUPCON_RUN_DIR: folder, PYTHONUNBUFFERED: '1' },
      ...{ cwd: join(world.runtimeBase, 'scripts'), PATH: process.env['PATH'] },
    });
    expect(
      Object.keys(seen).filter((name) => /^(VSCODE_|ELECTRON_|NODE_CHANNEL|NODE_OPTIONS)/.test(name)),
    ).toEqual([]);
  });

  it('runs only if it was agreed to, and again only as it was agreed to', async () => {
    const count = () => readdirSync(world.runsFolder).length;
    const known = count();
    const refused = start('1', { agreed: false });
    await expect(refused).rejects.toThrow(/has not been agreed to, or has changed since/);
    await start('2').then(({ folder }) => until(folder, isEnded));
    const changed = start('2', { agreed: false, command: { environment: { A: '1' } } });
    await expect(changed).rejects.toThrow(/has not been agreed to/);
    await until((await start('2', { agreed: false })).folder, isEnded);
    expect(count()).toBe(known + 2);
  });
});

describe('stopping a command', () => {
  it('interrupts it as Ctrl+C would, its children with it', async () => {
    const child = `require('child_process').spawn(process.execPath, ['-e', 'console.log("child", process.pid);${FOREVER}'], {stdio: 'inherit'});`;
    const { folder } = await start(child + FOREVER);
    await eventually(() => hasSaid(folder, /^child/m));
    const pid = Number(/^child (\d+)/m.exec(await logOf(folder))?.[1]);
    const run = await stopRun(folder);
    expect(run).toMatchObject({ endState: 'stopped', reason: 'Stopped as asked, by an interrupt.' });
    expect(exitOf(folder).signal).toBe('SIGINT');
    await eventually(async () => !(await isAlive(pid)));
  });

  it('counts as stopped when the command tidies up and leaves with a code of its own', async () => {
    const { folder } = await start(
      `process.on('SIGINT', () => process.exit(4)); console.log('up');${FOREVER}`,
    );
    await eventually(() => hasSaid(folder, /^up$/m));
    expect((await stopRun(folder)).reason).toBe('Stopped as asked, by an interrupt. It ended with code 4.');
  });

  it('terminates and at last kills what ignores the interrupt, down to its grandchildren', async () => {
    const deaf = `for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name));`;
    const nested = `require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${deaf} console.log('deaf', process.pid);${FOREVER}`)}], {stdio: 'inherit'});`;
    const { folder } = await start(deaf + nested + FOREVER);
    await eventually(() => hasSaid(folder, /^deaf/m));
    const pid = Number(/^deaf (\d+)/m.exec(await logOf(folder))?.[1]);
    const levels: string[] = [];
    const run = await stopRun(folder, {
      onState: ({ stop }) => levels.push(...(stop === null ? [] : [stop.level])),
    });
    expect(run).toMatchObject({ endState: 'stopped', signal: 'SIGKILL' });
    expect(run.reason).toMatch(/heeded neither the interrupt nor SIGTERM/);
    expect(levels[0]).toBe('asked');
    expect(await logOf(folder)).toMatch(/SIGINT[^]*SIGTERM/);
    await eventually(async () => !(await isAlive(pid)));
  });
});

describe('kill -9', () => {
  it('of the command shows killed with the signal', async () => {
    const { folder } = await start(FOREVER);
    const { pid } = await until(folder, isRunning);
    process.kill(pid ?? 0, 'SIGKILL');
    const run = await until(folder, isEnded, 3000);
    expect(run).toMatchObject({ endState: 'killed', signal: 'SIGKILL', pid: null });
    expect(run.reason).toMatch(/The command was killed by SIGKILL from outside/);
  });

  it('of keeper and command shows crashed', async () => {
    const { folder } = await start(FOREVER);
    const { pid } = await until(folder, isRunning);
    process.kill(await keeperPid(folder), 'SIGKILL');
    process.kill(pid ?? 0, 'SIGKILL');
    expect(await until(folder, isEnded, 3000)).toMatchObject({ endState: 'crashed' });
  });

  it('of the keeper alone leaves the command running, in view and stoppable', async () => {
    const { folder } = await start(FOREVER);
    const { pid } = await until(folder, isRunning);
    const keeper = await keeperPid(folder);
    process.kill(keeper, 'SIGKILL');
    await eventually(async () => !(await isAlive(keeper)));
    await delay(100);
    expect(await summariseRun(folder)).toMatchObject({ state: 'running', pid });
    await requestStop(folder);
    expect(await until(folder, isEnded, 5000)).toMatchObject({ endState: 'crashed' });
    expect(await isAlive(pid ?? 0)).toBe(false);
  });
});

describe('the numbers of a command', () => {
  const loss = { name: 'supcon', temperature: 0.1, scale: 'tau/base' };

  it.each([
    ['events', '{run}/tb', 'train/loss'],
    ['csv', 'shared-logs', 'train_loss'],
    ['jsonl', 'shared-logs/log.jsonl', 'train.loss'],
  ])('come live from its %s, with the collapse line of its loss', async (kind, logs, tag) => {
    const folder = logs.startsWith('{run}') ? logs : 'shared-logs';
    const words = [world.scriptPath, kind, folder, '60', '--batch_size', '64', '--n_views=2'];
    const run = await start('', {
      command: { arguments: words, logs, steps: 60 },
      rest: { loss },
    });
    const seen = new Map<string, number[]>();
    const states: RunSummary[] = [];
    const watch = watchRun(run.folder, {
      onState: (state) => states.push(state),
      onPoints: (deltas) =>
        deltas.forEach((delta) => seen.set(delta.tag, [...(seen.get(delta.tag) ?? []), ...delta.values])),
    });
    await eventually(() => (seen.get(tag)?.length ?? 0) > 0);
    expect(states.at(-1)?.state).toBe('running');
    await until(run.folder, isEnded);
    await eventually(() => seen.get(TAG.collapseLine)?.length === 60);
    watch.dispose();
    expect(seen.get(TAG.loss)).toEqual(seen.get(tag));
    expect(seen.get(tag)).toHaveLength(60);
    expect(seen.get(tag)?.at(-1)).toBeCloseTo(5.41, 5);
    expect(new Set(seen.get(TAG.collapseLine)).size).toBe(1);
    expect(seen.get(TAG.collapseLine)?.[0]).toBeCloseTo((0.1 / 0.07) * Math.log(127), 5);
    expect(await summariseRun(run.folder)).toMatchObject({
      progress: { stage: 'command', step: 60, steps: 60, fraction: 1 },
      headline: { value: expect.closeTo(59 / 60, 5) as number },
    });
  });
});

it('a command in Python is listed with the packages that it would import', async () => {
  const bin = join(world.runtimeBase, 'venv', 'bin');
  const packages = join(world.runtimeBase, 'venv', 'lib', 'python3.11', 'site-packages');
  for (const folder of [
    bin,
    join(packages, 'torch-2.9.1+cpu.dist-info'),
    join(packages, 'Some_Thing-1.0.dist-info'),
  ])
    mkdirSync(folder, { recursive: true });
  writeFileSync(join(bin, 'python'), '#!/bin/sh\necho started\n', { mode: 0o755 });
  const { pythonPackages } = await import('../../src/runs/command/pythonPackages');
  const found = await pythonPackages({ program: join(bin, 'python'), environment: {} });
  expect(found).toEqual({ python: '3.11', torch: '2.9.1+cpu', 'some-thing': '1.0' });
  expect(await pythonPackages({ program: process.execPath, environment: {} })).toEqual({});
  expect(spawnSync(join(bin, 'python')).stdout.toString()).toBe('started\n');
});
