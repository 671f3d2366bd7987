/** Samples with several labels, from a file to the figures: trained, stopped and resumed to the bit, evaluated, refused. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAG } from '../../src/domain/metrics/tags';
import type { Alert } from '../../src/domain/run/alert';
import type { Evaluation, Results } from '../../src/domain/run/results';
import { zipOf } from '../unit/engine/tensorflowInstall/zip';
import { npyBytes, npyFloats } from '../unit/formats/arrays/npyBytes';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, readTag, runCli, runFolder, startCli, until } from './realRun';

const IMAGES = 240;
const [SIDE, CLASSES] = [12, 4];
const STAGE_1 = { ...TINY.stage1, epochs: 5 };

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
  writeFileSync(join(workspace.folder, 'set.npz'), severalLabels());
});
afterAll(() => workspace.remove());

/** Two stripes an image, one a label; every fifth has one. */
function severalLabels(): Buffer {
  const labels = new Array<number>(IMAGES * CLASSES).fill(0);
  const pixels = new Uint8Array(IMAGES * SIDE * SIDE);
  for (let i = 0; i < IMAGES; i++) {
    const own = [i % CLASSES, i % 5 === 0 ? i % CLASSES : Math.floor(i / CLASSES) % CLASSES];
    for (const c of own) labels[i * CLASSES + c] = 1;
    for (let p = 0; p < SIDE * SIDE; p++) {
      const row = Math.floor(p / SIDE);
      pixels[i * SIDE * SIDE + p] = (own.includes(Math.floor(row / 3)) ? 180 : 20) + ((p * 31 + i) % 50);
    }
  }
  const arrays = {
    x: npyBytes(pixels, { type: '|u1', shape: [IMAGES, SIDE, SIDE] }),
    y: npyFloats(labels, [IMAGES, CLASSES]),
  };
  return zipOf(
    Object.entries(arrays).map(([name, content]) => ({ name: `${name}.npy`, content, isDeflated: true })),
  );
}

function write(name: string, changes: object = {}): string {
  return workspace.write(`${name}.supcon.json`, {
    ...TINY,
    name,
    dataset: { kind: 'arrays', path: 'set.npz' },
    stage1: STAGE_1,
    evaluation: { ...TINY.evaluation, references: false },
    ...changes,
  });
}

const train = (path: string, ...more: string[]) =>
  runCli(workspace, 'train', path, '--dir', workspace.runs, ...more);

const readResults = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results;

test('a run trains on their overlap, says what its figures read, resumes to the bit and is evaluated', async () => {
  const { code, errors } = await train(write('whole'));
  expect([errors, code]).toEqual(['', 0]);
  const whole = runFolder(workspace, 'whole-');
  const losses = readTag(whole, TAG.loss);
  const unscaled = [...readTag(whole, TAG.unscaledLoss).values()];
  expect(unscaled.every(Number.isFinite)).toBe(true);
  expect(unscaled.at(-1)).toBeLessThan(unscaled[0]);
  // The share of each positive counts, so that it is no whole number; there is a collapse line and no floor.
  const positives = [...readTag(whole, TAG.positivesPerAnchor).values()];
  expect(positives.some((each) => !Number.isInteger(each))).toBe(true);
  expect(readTag(whole, TAG.collapseLine).get(0)).toBeCloseTo(Math.log(31), 4);
  expect(readTag(whole, TAG.floor).size).toBe(0);
  const alerts = readFileSync(join(whole, 'alerts.jsonl'), 'utf8').trim().split('\n');
  expect(alerts.map((line) => JSON.parse(line) as Alert)).toMatchObject([
    {
      kind: 'several-labels',
      severity: 'information',
      cause: expect.stringMatching(/1\.6\d on average.*"jaccard".*the heaviest/) as unknown,
    },
  ]);
  const results = readResults(whole);
  for (const figure of [results.linearProbe, results.knn, results.perClass, results.calibration])
    expect(figure?.protocol).toContain('; of several labels the heaviest counts');
  expect(results.loss?.protocol).not.toContain('heaviest');

  const { child, finished } = startCli(workspace, ['train', write('half'), '--dir', workspace.runs]);
  await until('it has begun', () => {
    try {
      return readTag(runFolder(workspace, 'half-'), TAG.loss).size > 15;
    } catch {
      return false;
    }
  });
  child.kill('SIGINT');
  expect((await finished).code).toBe(130);
  expect((await runCli(workspace, 'resume', 'half', '--dir', workspace.runs)).code).toBe(0);
  const half = runFolder(workspace, 'half-');
  expect(readTag(half, TAG.loss)).toEqual(losses);
  expect(readResults(half).linearProbe).toEqual(results.linearProbe);

  const asked = await runCli(workspace, 'evaluate', 'whole', '--dir', workspace.runs, '--finetune', '--json');
  expect(asked.code).toBe(0);
  const [probe, tuned] = JSON.parse(asked.output) as Evaluation[];
  expect(probe.linearProbe).toEqual(results.linearProbe);
  expect(tuned.finetuned?.protocol).toContain('the heaviest counts');
});

test('cross-entropy and class-balanced batches take them, losses of one label refuse them before a run exists', async () => {
  const changes = {
    loss: { name: 'cross-entropy' },
    stage1: { ...STAGE_1, epochs: 2, sampler: 'class-balanced', perClass: 4 },
  };
  expect((await train(write('ce', changes))).code).toBe(0);
  const run = runFolder(workspace, 'ce-');
  // The floor is the entropy of the targets: ln 2 where all have two labels.
  expect(readTag(run, TAG.floor).get(0)).toBeGreaterThan(0.2);
  expect(readTag(run, TAG.floor).get(0)).toBeLessThan(Math.log(2));
  const refused = await train(write('triplet', { loss: { name: 'triplet' } }));
  expect(refused.code).toBe(2);
  expect(refused.errors).toMatch(/several labels .* "triplet" takes one label each/);
  expect(() => runFolder(workspace, 'triplet-')).toThrow();
});
