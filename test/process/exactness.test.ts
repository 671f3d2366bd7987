/**
 * The same configuration and seed give the same loss, bit for bit, on each engine: in two processes, and across stop
 * and resume. Nothing is claimed across engines or machines.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAG } from '../../src/domain/metrics/tags';
import type { Results } from '../../src/domain/run/results';
import type { Workspace } from './realRun';
import {
  TINY,
  TINY_STEPS_PER_EPOCH,
  listJson,
  makeWorkspace,
  readTag,
  runCli,
  runFolder,
  startCli,
  until,
} from './realRun';

/** Long enough to be stopped on the way. */
const LONG = { ...TINY.stage1, epochs: 20 };

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
});
afterAll(() => workspace.remove());

async function trainWhole(name: string, engine: string): Promise<string> {
  const path = workspace.write(`${name}.supcon.json`, { ...TINY, name, engine, stage1: LONG });
  const { code, errors } = await runCli(workspace, 'train', path, '--dir', workspace.runs);
  expect(errors).toBe('');
  expect(code).toBe(0);
  return runFolder(workspace, `${name}-`);
}

const ENGINES = ['onnx', 'tensorflow'];

test.each(ENGINES)(
  'two processes, and a run stopped in mid-epoch and resumed, repeat the losses exactly on %s',
  async (engine) => {
    const first = await trainWhole(`first-${engine}`, engine);
    const second = await trainWhole(`second-${engine}`, engine);
    const losses = readTag(first, TAG.loss);
    expect(losses.size).toBe(LONG.epochs * TINY_STEPS_PER_EPOCH);
    expect(readTag(second, TAG.loss)).toEqual(losses);

    const name = `third-${engine}`;
    const path = workspace.write('third.supcon.json', { ...TINY, name, engine, stage1: LONG });
    let third = await trainUntilStopped(name, ['train', path], 2.2);
    // A stop may fall on the end of an epoch: then go on a little and stop again.
    while (readTag(third, TAG.loss).size % TINY_STEPS_PER_EPOCH === 0) {
      third = await trainUntilStopped(
        name,
        ['resume', name],
        readTag(third, TAG.loss).size / TINY_STEPS_PER_EPOCH + 0.2,
      );
    }
    expect(existsSync(join(third, 'results.json'))).toBe(false);

    const resumed = await runCli(workspace, 'resume', name, '--dir', workspace.runs);
    expect(resumed.code).toBe(0);
    expect(readTag(third, TAG.loss)).toEqual(losses);
    expect(readTag(third, TAG.gradientNorm)).toEqual(readTag(first, TAG.gradientNorm));
    expect(readTag(third, TAG.knnAccuracy)).toEqual(readTag(first, TAG.knnAccuracy));
    const results = (folder: string) =>
      JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;
    expect(results(third).linearProbe).toEqual(results(first).linearProbe);
    expect(results(third).knn).toEqual(results(first).knn);

    const run = (await listJson(workspace)).find(({ id }) => third.endsWith(id));
    expect(run).toMatchObject({
      state: 'ended',
      endState: 'completed',
      resumable: false,
      engine: { name: engine },
    });
  },
);

/** Runs a command until the named run has done so many epochs, then stops it; its folder. */
async function trainUntilStopped(name: string, command: string[], epochs: number): Promise<string> {
  const { finished } = startCli(workspace, [...command, '--dir', workspace.runs]);
  await until(`the run has done ${epochs} epochs`, () => {
    const run = tryFolder(`${name}-`);
    return run !== undefined && readTag(run, TAG.loss).size > epochs * TINY_STEPS_PER_EPOCH;
  });
  const stopped = await runCli(workspace, 'stop', name, '--dir', workspace.runs);
  expect(stopped.output).toContain('stopped');
  expect((await finished).code).toBe(130);
  return runFolder(workspace, `${name}-`);
}

function tryFolder(prefix: string): string | undefined {
  try {
    return runFolder(workspace, prefix);
  } catch {
    return undefined;
  }
}
