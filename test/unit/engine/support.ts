/** Runs the same program on both engines, and compares flat arrays. */
import { expect } from 'vitest';
import { createEngine } from '../../../src/engine/choose';
import type { EngineModule, NamedValues, Program, TensorSpecs, Values } from '../../../src/engine/engine';

/** A small linear congruential generator: uniform in [-1, 1). */
export function randomSource(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}

/** Random values for each tensor: floats in [-1, 1), integers 0 to 3. */
export function randomValues(specs: TensorSpecs, seed: number): NamedValues {
  const random = randomSource(seed);
  const values = ([name, { shape, dtype }]: [string, TensorSpecs[string]]): [string, Values] => {
    const length = shape.reduce((size, dimension) => size * dimension, 1);
    return [
      name,
      dtype === 'int32'
        ? Int32Array.from({ length }, () => Math.floor((random() + 1) * 2))
        : Float32Array.from({ length }, () => random()),
    ];
  };
  return Object.fromEntries(Object.entries(specs).map(values));
}

/** Outputs of one run of a stateless program. */
export async function runOnce(
  engine: 'onnx' | 'eager',
  program: Program,
  inputs: NamedValues,
): Promise<NamedValues> {
  const module: EngineModule<'only'> = { state: {}, programs: { only: program } };
  const chosen = await createEngine(engine, { threads: 1 });
  const session = await chosen.engine.load(module, {});
  try {
    return await session.run('only', inputs);
  } finally {
    await session.dispose();
  }
}

/** Expects equal lengths and elements within `tolerance` of the largest magnitude, or of 1 where that is smaller. */
export function expectClose(
  actual: Values | undefined,
  expected: Values | undefined,
  tolerance: number,
): void {
  expect(actual?.length).toBe(expected?.length);
  const finite = Array.from(expected ?? []).filter(Number.isFinite);
  const scale = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  const errors = Array.from(actual ?? [], (value, index) => {
    const wanted = expected?.[index] ?? NaN;
    return Object.is(value, wanted) || value === wanted ? 0 : Math.abs(value - wanted) / scale;
  });
  const worst = errors.reduce((most, error) => (error <= most ? most : error), 0);
  expect(worst).toBeLessThanOrEqual(tolerance);
}

/** Euclidean norm of the difference over the norm of the expected values. */
export function relativeError(actual: Values | undefined, expected: Values | undefined): number {
  const norm = (values: readonly number[]): number => Math.hypot(...values);
  const difference = Array.from(expected ?? [], (value, index) => value - (actual?.[index] ?? NaN));
  return norm(difference) / norm(Array.from(expected ?? []));
}
