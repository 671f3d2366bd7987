/** Cosine similarities of many queries to a bank, one matrix product a batch: memory stays at 64 rows of the bank. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { LabelledFeatures } from '../../domain/metrics/neighbours';
import { normaliseRows } from '../../domain/metrics/neighbours';
import type { Engine, EngineSession } from '../../engine/engine';
import type { Encoded } from './encode';

/** Queries compared with the bank at a time. */
const QUERY_BATCH = 64;

/** L2-normalised encoder features; the input stays as it is. */
export function normalisedFeatures({ features, labels }: Encoded): LabelledFeatures {
  const dimensions = features.length / labels.length;
  return { features: normaliseRows(features.slice(), dimensions), labels, dimensions };
}

/** Calls `visit` with the similarities of each query to the whole bank, in order; the row is overwritten afterwards. */
export async function eachSimilarityRow(
  engine: Engine,
  bank: LabelledFeatures,
  queries: LabelledFeatures,
  visit: (row: Float32Array, query: number) => void,
): Promise<void> {
  const { dimensions } = bank;
  const session = await loadSimilarities(engine, bank.features, dimensions);
  try {
    for (let start = 0; start < queries.labels.length; start += QUERY_BATCH) {
      const rows = new Float32Array(QUERY_BATCH * dimensions);
      rows.set(queries.features.subarray(start * dimensions, (start + QUERY_BATCH) * dimensions));
      const similarities = (await session.run('compare', { queries: rows }))['similarities'] as Float32Array;
      const count = Math.min(QUERY_BATCH, queries.labels.length - start);
      for (let i = 0; i < count; i++) visit(rowOf(similarities, i, bank.labels.length), start + i);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    await session.dispose();
  }
}

function rowOf(similarities: Float32Array, row: number, length: number): Float32Array {
  return similarities.subarray(row * length, (row + 1) * length);
}

/** A session with one program, queries [64, d] to similarities [64, bank], the bank being its state. */
function loadSimilarities(
  engine: Engine,
  bank: Float32Array,
  dimensions: number,
): Promise<EngineSession<'compare'>> {
  const shape = [bank.length / dimensions, dimensions];
  return engine.load(
    {
      state: { bank: { shape, dtype: 'float32' } },
      programs: {
        compare: {
          inputs: { queries: { shape: [QUERY_BATCH, dimensions], dtype: 'float32' } },
          build: (inputs, state) => ({
            outputs: {
              similarities: tf.matMul(inputs['queries'] as Tensor2D, state['bank'] as Tensor2D, false, true),
            },
          }),
        },
      },
    },
    { bank },
  );
}
