/** Named tensors of a model for an engine: their specs and initial values, which depend on seed and name alone. */
import { fillNormal } from '../../domain/random/fill';
import type { ParameterSpec } from '../../domain/model/parameters';
import { randomStream } from '../../domain/random/stream';
import type { TensorSpecs } from '../../engine/engine';

export type { ParameterSpec } from '../../domain/model/parameters';

/** Engine specs of a list of parameters. */
export function tensorSpecs(parameters: readonly ParameterSpec[]): TensorSpecs {
  return Object.fromEntries(
    parameters.map(({ name, shape }) => [name, { shape, dtype: 'float32' as const }]),
  );
}

/** Initial values of a list of parameters. */
export function initialValues(
  parameters: readonly ParameterSpec[],
  seed: number,
): Record<string, Float32Array> {
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, initialValue(parameter, seed)]));
}

function initialValue({ name, shape, initial }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
  if ('constant' in initial) return values.fill(initial.constant);
  return fillNormal(values, randomStream(seed, hashName(name)), initial.deviation);
}

/** FNV-1a over the characters, so that a new layer leaves the others' initial values alone. */
function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
