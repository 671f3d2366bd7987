/** How TensorFlow is told of the padding of a sliding window. */
import type { Pads, Window } from '../../graph/ops';

/** Sizes along height and width of what slides over what. */
export interface Sliding {
  /** [N, H, W, C] */
  readonly input: readonly number[];
  readonly size: readonly [number, number];
}

/** `SAME` and `VALID` are rules of TensorFlow's that give the pads; any others are explicit. */
export type Padding = 'SAME' | 'VALID' | 'EXPLICIT';

export function paddingOf({ pads, strides }: Window, { input, size }: Sliding): Padding {
  if (pads.every((count) => count === 0)) return 'VALID';
  const same = [0, 1].map((axis) => {
    const length = input[axis + 1];
    const outputs = Math.ceil(length / strides[axis]);
    const total = Math.max((outputs - 1) * strides[axis] + size[axis] - length, 0);
    return [total >> 1, total - (total >> 1)];
  });
  const isSame = same.every(([before, after], axis) => pads[axis] === before && pads[axis + 2] === after);
  return isSame ? 'SAME' : 'EXPLICIT';
}

/** Before and after of each axis of [N, H, W, C]. */
export function explicitPaddings([top, left, bottom, right]: Pads): readonly number[] {
  return [0, 0, top, bottom, left, right, 0, 0];
}

/** Attributes that all sliding operations have. */
export function windowAttributes(
  window: Window,
  padding: Padding,
): { strides: readonly number[]; padding: string; data_format: string } {
  return { strides: [1, ...window.strides, 1], padding, data_format: 'NHWC' };
}

/** `explicit_paddings`, where there are any. */
export function explicitAttribute(
  { pads }: Window,
  padding: Padding,
): { explicit_paddings?: readonly number[] } {
  return padding === 'EXPLICIT' ? { explicit_paddings: explicitPaddings(pads) } : {};
}
