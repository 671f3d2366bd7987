import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describePreflight, preflight } from '../../../src/cli/preflight';
import { resolveRequest } from '../../../src/cli/request';
import { parseConfiguration } from '../../../src/domain/configuration/parse';
import { zipOf } from '../engine/tensorflowInstall/zip';
import { npyFloats, npyLabels } from '../formats/arrays/npyBytes';
import { useTemporaryFolder } from '../formats/datasets/temporaryFolder';

const folder = useTemporaryFolder();

/** Features of one dimension with these labels, and two test samples. */
function writeFeatures(labels: readonly number[]): string {
  const path = join(folder(), 'set.npz');
  const arrays = {
    x_train: npyFloats(labels, [labels.length, 1]),
    y_train: npyLabels(...labels),
    x_test: npyFloats([0, 1], [2, 1]),
    y_test: npyLabels(0, 1),
  };
  writeFileSync(
    path,
    zipOf(Object.entries(arrays).map(([name, content]) => ({ name: `${name}.npy`, content }))),
  );
  return path;
}

const checked = (path: string) =>
  preflight(
    parseConfiguration(
      { dataset: { kind: 'arrays', path }, model: { encoder: 'mlp' }, stage1: { batchSize: 2 } },
      'the test',
    ),
  );

describe('what is said before a run', () => {
  it('counts samples and classes', async () => {
    const found = await checked(writeFeatures([0, 0, 0, 0, 1, 1, 1, 1]));
    expect(found).toMatchObject({
      trainImages: 6,
      validationImages: 2,
      testImages: 2,
      classes: 2,
      notes: [],
    });
    expect(describePreflight(found)).toMatch(
      /^6 training, 2 validation and 2 test feature vectors of 2 classes; /,
    );
  });

  it('names classes of a single sample', async () => {
    const one = await checked(writeFeatures([0, 0, 0, 1, 1, 1, 7]));
    expect(one.notes).toEqual([
      'The class 7 has a single training sample: only its own views can be its positives.',
    ]);
    const many = await checked(writeFeatures([0, 0, 0, 1, 5, 6, 7]));
    expect(describePreflight(many).split('\n')[1]).toBe(
      '4 classes have a single training sample (1, 5, 6 and 1 more): only its own views can be its positives.',
    );
  });
});

describe('a request with data', () => {
  it('takes the kind that the files show, whatever the preset says', async () => {
    const path = writeFeatures([0, 0, 1, 1]);
    const { dataset } = await resolveRequest({ source: 'fashion-mnist', data: path });
    expect(dataset).toMatchObject({ kind: 'arrays', path });
  });

  it('keeps the kind of the configuration where the files show none', async () => {
    const { dataset } = await resolveRequest({ source: 'fashion-mnist', data: join(folder(), 'nothing') });
    expect(dataset.kind).toBe('idx');
    await expect(resolveRequest({ source: 'demonstration', data: folder() })).rejects.toThrow(
      /holds neither/,
    );
  });
});
