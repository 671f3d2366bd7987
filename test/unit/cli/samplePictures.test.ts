/** Pictures of samples of run folders that somebody else may have made. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { samplePictures } from '../../../src/cli/samplePictures';
import { openDataset } from '../../../src/formats/datasets/dataset';
import { fill, temporaryFolder } from '../runs/folders';

const HASH = openDataset({ kind: 'generated', seed: 3 }).then(({ contentHash }) => contentHash);

async function runOf(dataset: object, recorded: object = {}): Promise<string> {
  const shape = { height: 32, width: 32, channels: 3, classNames: ['a'], damaged: 0 };
  const counts = { train: 1, validation: 1, test: 1 };
  const file = { formatVersion: 1, kind: 'generated', samples: 'images', ...shape, counts };
  return fill(temporaryFolder(), {
    'config.json': { formatVersion: 1, seed: 3, dataset },
    'dataset.json': { ...file, contentHash: await HASH, ...recorded },
  });
}

describe('samplePictures', () => {
  it('reads the pictures of a run out of its data set', async () => {
    const { test } = await openDataset({ kind: 'generated', seed: 3 });
    const { pixels, height, width } = await samplePictures(await runOf({ kind: 'generated' }), ['test/4']);
    expect([height, width]).toEqual([test.height, test.width]);
    const bytes = height * width * 3;
    expect('images' in test && [...pixels]).toEqual(
      'images' in test && [...test.images.subarray(4 * bytes, 5 * bytes)],
    );
  });

  it('shows nothing of a set that has changed, of features, and of no run', async () => {
    const reading = async (folder: string) => samplePictures(folder, ['test/0']);
    await expect(
      reading(await runOf({ kind: 'generated' }, { contentHash: 'f'.repeat(64) })),
    ).rejects.toThrow('has changed since the run');
    await expect(reading(await runOf({ kind: 'generated' }, { samples: 'features' }))).rejects.toThrow(
      'features',
    );
    await expect(reading(temporaryFolder())).rejects.toThrow('config.json');
  });

  it('never loads a module of the user', async () => {
    const folder = await runOf({ kind: './reader.mjs', path: '' });
    const mark = join(folder, 'loaded');
    fill(folder, {
      'reader.mjs': `import { writeFileSync } from 'node:fs'; writeFileSync(${JSON.stringify(mark)}, '');`,
    });
    await expect(samplePictures(folder, ['test/0'])).rejects.toThrow('a module of your own');
    expect(existsSync(mark)).toBe(false);
  });
});
