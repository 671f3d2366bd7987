/** Named tensors of a model: shape, role and initial value. The values depend on the seed and the name alone. */
import type { TensorSpecs } from '../../engine/engine';
import { fillNormal } from '../../domain/random/fill';
import { randomStream } from '../../domain/random/stream';

/** `kernel` is trained with weight decay, `plain` without; `statistic` is updated by batch normalisation. */
export type ParameterRole = 'kernel' | 'plain' | 'statistic';

export interface ParameterSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly role: ParameterRole;
  /** Standard deviation of a normal distribution, or a constant. */
  readonly initial: { readonly deviation: number } | { readonly constant: number };
}

/** A convolution kernel [h, w, in, out], He-normal over the fan-out as in torchvision's ResNet. */
export function kernelParameter(
  name: string,
  shape: readonly [number, number, number, number],
): ParameterSpec {
  const [height, width, , outputs] = shape;
  return { name, shape, role: 'kernel', initial: { deviation: Math.sqrt(2 / (height * width * outputs)) } };
}

/** Kernel [in, out] and bias of a fully connected layer, He-normal over the fan-in. */
export function denseParameters(name: string, inputs: number, outputs: number): ParameterSpec[] {
  return [
    {
      name: `${name}/kernel`,
      shape: [inputs, outputs],
      role: 'kernel',
      initial: { deviation: Math.sqrt(2 / inputs) },
    },
    { name: `${name}/bias`, shape: [outputs], role: 'plain', initial: { constant: 0 } },
  ];
}

/** Scale, shift and running statistics of a batch normalisation. */
export function batchNormParameters(name: string, channels: number): ParameterSpec[] {
  const vector = (part: string, role: ParameterRole, constant: number): ParameterSpec => ({
    name: `${name}/${part}`,
    shape: [channels],
    role,
    initial: { constant },
  });
  return [
    vector('gamma', 'plain', 1),
    vector('beta', 'plain', 0),
    vector('mean', 'statistic', 0),
    vector('variance', 'statistic', 1),
  ];
}

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
