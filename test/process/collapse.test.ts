/** The collapse alert on real runs: a projection that is constant fires it, a healthy run with little to learn does not. */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors';
import { TAG } from '../../src/domain/metrics/tags';
import type { Alert } from '../../src/domain/run/alert';
import { zipOf } from '../unit/engine/tensorflowInstall/zip';
import { npyBytes, npyLabels } from '../unit/formats/arrays/npyBytes';
import type { Workspace } from './realRun';
import { TINY, listJson, makeWorkspace, readTag, runCli, runFolder, startCli, until } from './realRun';

let workspace: Workspace;
beforeEach(() => {
  workspace = makeWorkspace();
});
afterEach(() => workspace.remove());

function train(changes: object) {
  const path = workspace.write('tiny.supcon.json', { ...TINY, ...changes });
  return startCli(workspace, ['train', path, '--dir', workspace.runs]);
}

/** Alerts of a collapse; a machine that is busy may raise others. */
function alerts(): Alert[] {
  const text = readFileSync(join(runFolder(workspace), 'alerts.jsonl'), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Alert)
    .filter(({ kind }) => kind === 'collapsed');
}

/**
 * Makes the newest checkpoint's projection the same for every image: a hidden layer that is dead, and so has
 * no gradient. (A zero output kernel alone is a saddle point that such a small run leaves within 20 steps.)
 */
function flattenProjection(folder: string): void {
  const checkpoints = join(folder, 'checkpoints');
  const newest = readdirSync(checkpoints)
    .filter((name) => name.startsWith('step-'))
    .sort()
    .at(-1);
  const path = join(checkpoints, newest ?? '');
  const { tensors, metadata } = decodeSafetensors(readFileSync(path));
  const constants = new Map([
    ['projection/hidden/kernel', 0],
    ['projection/hidden/bias', -1],
    ['projection/output/bias', 1],
  ]);
  const flat = tensors.map((tensor) => {
    const constant =
      constants.get(tensor.name) ?? (tensor.name.startsWith('momentum/projection') ? 0 : undefined);
    return constant === undefined
      ? tensor
      : { ...tensor, values: new Float32Array(tensor.values.length).fill(constant) };
  });
  writeFileSync(path, encodeSafetensors(flat, metadata));
}

test('a checkpoint with a constant projection raises the alert within 200 steps', async () => {
  const { finished } = train({ stage1: { ...TINY.stage1, epochs: 5000, warmupEpochs: 1 } });
  await until(
    'it trains',
    () => existsSync(workspace.runs) && readdirSync(workspace.runs).some((name) => name.startsWith('tiny')),
  );
  const folder = runFolder(workspace);
  await until('it is on its way', () => readTag(folder, TAG.loss).size > 40);
  await runCli(workspace, 'stop', 'tiny', '--dir', workspace.runs);
  await finished;
  const before = readTag(folder, TAG.loss).size;
  flattenProjection(folder);
  const resumed = startCli(workspace, ['resume', 'tiny', '--dir', workspace.runs]);
  await until('the alert is written', () => alerts().length > 0);
  const [alert] = alerts();
  expect(alert).toMatchObject({ kind: 'collapsed', severity: 'error' });
  expect(alert.step).toBeLessThan(Math.max(before, 100) + 200);
  await until('the alert is printed', () => resumed.printed().includes(alert.remedy));
  await runCli(workspace, 'stop', 'tiny', '--dir', workspace.runs);
  await resumed.finished;
});

test('a run that ends at its own alerts is stopped with the reason, and goes on when it is resumed', async () => {
  // Some time goes by in waiting for the first batch of all.
  const { code } = await train({ alerts: { stopOn: 'warning', waitShare: 0, waitSteps: 1 } }).finished;
  expect(code).toBe(130);
  const [run] = await listJson(workspace);
  expect(run).toMatchObject({ state: 'ended', endState: 'stopped', resumable: true });
  expect(run.reason).toMatch(/^Stopped by its own alert .*waiting for data/);
  expect(readTag(runFolder(workspace), TAG.loss).size).toBe(1);
  expect((await runCli(workspace, 'resume', 'tiny', '--dir', workspace.runs)).code).toBe(0);
});

/** 100 classes, each a pattern of its own in blocks of 3 x 3 pixels, as arrays. */
function writeHundredClasses(): void {
  const [count, classes, side] = [1000, 100, 12];
  const pixels = Uint8Array.from({ length: count * side * side }, (_, at) => {
    const [image, place] = [Math.floor(at / (side * side)), at % (side * side)];
    const block = 4 * Math.floor(place / side / 3) + Math.floor((place % side) / 3);
    // Bits of a number that two classes never share: the class times an odd one.
    const isBright = (((image % classes) * 40_503 + 12_345) >> block) & 1;
    return 150 * isBright + ((at * 31) % 60);
  });
  const arrays = {
    x: npyBytes(pixels, { type: '|u1', shape: [count, side, side] }),
    y: npyLabels(...Array.from({ length: count }, (_, i) => i % classes)),
  };
  const entries = Object.entries(arrays).map(([name, content]) => ({
    name: `${name}.npy`,
    content,
    isDeflated: true,
  }));
  writeFileSync(join(workspace.folder, 'hundred.npz'), zipOf(entries));
}

test.each(['supcon', 'simclr'])('a healthy run of %s with 100 classes raises none', async (name) => {
  writeHundredClasses();
  const { code } = await train({
    dataset: { kind: 'arrays', path: 'hundred.npz' },
    loss: { name },
    stage1: { ...TINY.stage1, batchSize: 32, epochs: 7, sampler: 'class-balanced', perClass: 2 },
    // Ten steps in a row would do, after the warm-up.
    alerts: { collapseSteps: 10 },
    evaluation: { ...TINY.evaluation, everyEpochs: 7, references: false },
  }).finished;
  expect(code).toBe(0);
  const run = runFolder(workspace);
  const losses = [...readTag(run, TAG.unscaledLoss).values()];
  expect(losses.length).toBeGreaterThan(140);
  expect(losses.at(-1)).toBeLessThan(losses[0]);
  expect(alerts()).toEqual([]);
});

test('a healthy run at a tenth of the learning rate raises none', async () => {
  const { code } = await train({ stage1: { ...TINY.stage1, epochs: 12, learningRate: 0.005 } }).finished;
  expect(code).toBe(0);
  expect(readTag(runFolder(workspace), TAG.headroom).size).toBeGreaterThan(300);
  expect(alerts()).toEqual([]);
});
