/** kNN and nearest-class-mean accuracy of encoder features; similarities are one matrix product a batch. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { NeighbourVote } from '../../domain/metrics/neighbours';
import { knnVote, nearestClassMeanAccuracy, normaliseRows } from '../../domain/metrics/neighbours';
import type { Engine, EngineSession } from '../../engine/engine';
import type { Encoded } from './encode';

export interface NeighbourAccuracy {
  readonly knn: number;
  readonly nearestClassMean: number;
}

/** Queries compared with the bank at a time. */
const QUERY_BATCH = 64;

/** Accuracy of both classifiers that need no training, by cosine similarity; inputs stay as they are. */
export async function neighbourAccuracy(
  engine: Engine,
  bank: Encoded,
  queries: Encoded,
  vote: NeighbourVote,
): Promise<NeighbourAccuracy> {
  const dimensions = bank.features.length / bank.labels.length;
  const known = {
    features: normaliseRows(bank.features.slice(), dimensions),
    labels: bank.labels,
    dimensions,
  };
  const asked = {
    features: normaliseRows(queries.features.slice(), dimensions),
    labels: queries.labels,
    dimensions,
  };
  const session = await loadSimilarities(engine, known.features, dimensions);
  try {
    let right = 0;
    for (let start = 0; start < asked.labels.length; start += QUERY_BATCH) {
      const rows = new Float32Array(QUERY_BATCH * dimensions);
      rows.set(asked.features.subarray(start * dimensions, (start + QUERY_BATCH) * dimensions));
      const { similarities } = await session.run('compare', { queries: rows });
      right += countRight(
        similarities as Float32Array,
        asked.labels.subarray(start, start + QUERY_BATCH),
        bank.labels,
        vote,
      );
      await new Promise((resolve) => setImmediate(resolve));
    }
    return {
      knn: right / asked.labels.length,
      nearestClassMean: nearestClassMeanAccuracy(known, asked, vote.classes),
    };
  } finally {
    await session.dispose();
  }
}

function countRight(
  similarities: Float32Array,
  labels: Int32Array,
  bank: Int32Array,
  vote: NeighbourVote,
): number {
  return labels.reduce((right, label, query) => {
    const row = similarities.subarray(query * bank.length, (query + 1) * bank.length);
    return right + (knnVote(row, bank, vote) === label ? 1 : 0);
  }, 0);
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
