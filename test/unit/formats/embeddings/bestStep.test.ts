import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { openRunEmbeddings } from '../../../../src/formats/embeddings/runFolder';
import { encodeSafetensors } from '../../../../src/formats/safetensors';
import { useTemporaryFolder } from '../datasets/temporaryFolder';
import { writeEpoch, writeRunMetadata } from './runFiles';

const run = useTemporaryFolder();

beforeEach(() => {
  writeRunMetadata(run(), ['a', 'b']);
  for (const epoch of [1, 3, 5]) writeEpoch(run(), epoch, [1, 2, 3, 4]);
});

/** Epochs of ten steps. */
function checkpoint(loop: unknown, values = new Float32Array(100_000)): Uint8Array {
  const tensors = [{ name: 'kernel', shape: [values.length], dtype: 'float32' as const, values }];
  return encodeSafetensors(tensors, { formatVersion: '1', loop: JSON.stringify(loop) });
}

function writeBest(bytes: Uint8Array): void {
  mkdirSync(join(run(), 'checkpoints'), { recursive: true });
  writeFileSync(join(run(), 'checkpoints', 'best.safetensors'), bytes);
}

async function bests(): Promise<(number | undefined)[]> {
  return (await openRunEmbeddings(run())).tables.map(({ best }) => best);
}

describe('the best epoch of a run', () => {
  it.each([
    [30, 3],
    [34, 3],
    // Between two, and beyond all, of the epochs whose embeddings were kept.
    [40, 5],
    [0, 1],
    [900, 5],
  ])('is the one nearest to step %i: epoch %i', async (step, epoch) => {
    writeBest(checkpoint({ step, best: 0.9 }));
    expect(await bests()).toEqual([epoch, epoch]);
  });

  it.each([
    ['nothing', undefined],
    ['no bytes', new Uint8Array()],
    ['a header that goes on beyond the file', checkpoint({ step: 30 }).slice(0, 40)],
    ['a loop without a step', checkpoint({})],
    ['a step that is none', checkpoint({ step: -1 })],
    ['no loop', encodeSafetensors([], {})],
  ])('is not known of %s', async (_, bytes) => {
    if (bytes !== undefined) writeBest(bytes);
    expect(await bests()).toEqual([undefined, undefined]);
  });
});
