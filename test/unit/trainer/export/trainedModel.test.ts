/** What an export finds in a run folder: weights, and what the model takes. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { RUN_FILE } from '../../../../src/domain/run/layout';
import { generateImageSets } from '../../../../src/formats/synthetic/imageSets';
import { openCheckpoints } from '../../../../src/trainer/checkpoint';
import { loadTrainedModel } from '../../../../src/trainer/export/trainedModel';
import { INITIAL_LOOP } from '../../../../src/trainer/loop/state';
import type { ModelInput } from '../../../../src/trainer/model/input';
import { createModel } from '../../../../src/trainer/model/model';
import { initialValues, tensorSpecs } from '../../../../src/trainer/model/parameters';

const CONFIGURATION = parseConfiguration({ model: { width: 4 }, dataset: { kind: 'generated' } }, 'test');
const INPUT: ModelInput = {
  height: 6,
  width: 5,
  channels: 1,
  classes: 3,
  statistics: { mean: [0.25], deviation: [0.5] },
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-export-'));
  writeFileSync(join(folder, RUN_FILE.config), JSON.stringify(CONFIGURATION));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Writes a checkpoint of a step whose weights are those of the seed of the same number. */
async function write(step: number, image: ModelInput, input?: ModelInput) {
  const { parameters } = createModel(CONFIGURATION, image, image.classes);
  const keeping = { keep: 5, ...(input === undefined ? {} : { input }) };
  const store = openCheckpoints(folder, tensorSpecs(parameters), keeping);
  const state = initialValues(parameters, step);
  await store.write({ loop: { ...INITIAL_LOOP, step }, state });
  return { store, kernel: state['encoder/stem/kernel'] };
}

test('the newest checkpoint, or the best, with what the model takes', async () => {
  const best = await write(3, INPUT, INPUT);
  best.store.markBest();
  const last = await write(4, INPUT, INPUT);
  const loaded = await loadTrainedModel(folder, 'last');
  expect(loaded).toMatchObject({ step: 4, input: INPUT });
  expect(loaded.state['encoder/stem/kernel']).toEqual(last.kernel);
  const better = await loadTrainedModel(folder, 'best');
  expect(better.step).toBe(3);
  expect(better.state['encoder/stem/kernel']).toEqual(best.kernel);
});

test('a checkpoint that does not say what its model takes leaves that to the data set', async () => {
  const { height, width, channels, classNames } = generateImageSets(CONFIGURATION.seed).train;
  await write(1, { ...INPUT, height, width, channels, classes: classNames.length });
  const { input } = await loadTrainedModel(folder, 'last');
  expect(input).toMatchObject({ height, width, channels, classes: classNames.length });
  expect(input.statistics.mean).toHaveLength(channels);
});

test('a run without the checkpoint has a sentence', async () => {
  await expect(loadTrainedModel(folder, 'last')).rejects.toThrow(/no checkpoint that can be read/);
  await write(1, INPUT, INPUT);
  await expect(loadTrainedModel(folder, 'best')).rejects.toThrow(/no best checkpoint yet/);
});
