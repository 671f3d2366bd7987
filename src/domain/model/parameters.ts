/**
 * The named tensors of a model, as data: shape, role and how the initial value is drawn. Who builds a model, who
 * counts its values and who reads weights from a file all work with this list.
 */

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

/** How many values training changes; running statistics are not among them. */
export function trainableValues(parameters: readonly ParameterSpec[]): number {
  return parameters
    .filter(({ role }) => role !== 'statistic')
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}
