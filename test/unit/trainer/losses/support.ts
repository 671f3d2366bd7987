/** Losses as programs of an engine: value and gradient by the embeddings for many losses in one session. */
import * as tf from '@tensorflow/tfjs-core';
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { createEngine } from '../../../../src/engine/choose';
import type { EngineSession, NamedValues, Program } from '../../../../src/engine/engine';
import { gradientsWithAux } from '../../../../src/engine/ops/gradients';

export interface TensorLoss {
  readonly loss: Scalar;
  /** Further outputs. */
  readonly [output: string]: Tensor;
}

/** From embeddings [M, d] and labels [M]. */
export type LossOf = (embeddings: Tensor2D, labels: Tensor1D) => TensorLoss;

/** The same loss in one piece and in chunks. */
export type ChunkedLoss = (chunk: number) => LossOf;

/** A session with one program for each loss; outputs of the chunked form begin with `chunked`. */
export async function loadLosses(
  name: 'onnx' | 'eager',
  losses: Readonly<Record<string, ChunkedLoss>>,
  { shape, chunk }: { readonly shape: readonly [number, number]; readonly chunk: number },
): Promise<EngineSession<string>> {
  const { engine } = await createEngine(name, { threads: 1 });
  const programs = Object.entries(losses).map(([key, lossOf]): [string, Program] => [
    key,
    {
      inputs: {
        embeddings: { shape, dtype: 'float32' },
        labels: { shape: [shape[0]], dtype: 'int32' },
      },
      build({ embeddings, labels }) {
        const outputsOf = (rows: number, prefix: string) =>
          differentiated((z) => lossOf(rows)(z, labels as Tensor1D), embeddings, prefix);
        return { outputs: { ...outputsOf(0, ''), ...outputsOf(chunk, 'chunked ') } };
      },
    },
  ]);
  return engine.load({ state: {}, programs: Object.fromEntries(programs) }, {});
}

function differentiated(
  lossOf: (z: Tensor2D) => TensorLoss,
  embeddings: Tensor,
  prefix: string,
): Record<string, Tensor> {
  const { gradients, aux } = gradientsWithAux(
    ([z]) => {
      const terms = lossOf(z as Tensor2D);
      // Not the loss itself but a multiple, so that what comes from above a custom gradient counts.
      return { loss: tf.mul(terms.loss, 3), aux: { ...terms } };
    },
    [embeddings],
  );
  const outputs = { ...aux, gradient: tf.div(gradients[0], 3) };
  return Object.fromEntries(Object.entries(outputs).map(([name, tensor]) => [prefix + name, tensor]));
}

/** One run of one loss; embeddings are rounded to float32. */
export async function runLoss(
  session: EngineSession<string>,
  key: string,
  batch: { readonly embeddings: ArrayLike<number>; readonly labels: ArrayLike<number> },
): Promise<NamedValues> {
  return session.run(key, {
    embeddings: Float32Array.from(batch.embeddings),
    labels: Int32Array.from(batch.labels),
  });
}
