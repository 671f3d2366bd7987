/** From one layout of an image to another. */
import type { Value } from '../graph/graph';
import type { Emitter, Quarters } from './emitter';
import { TO_NCHW, TO_NHWC, type Layout } from './layout';
import { emitConv, NCHWC } from './nchwc';

interface Conversion {
  /** [N, H, W, C] */
  readonly shape: readonly number[];
  readonly from: Layout;
  readonly to: Layout;
}

/** Adds the conversion of a tensor. */
export function convert(name: string, { shape, from, to }: Conversion, emit: Emitter): string {
  const [n, h, w, c] = shape;
  if (h * w === 1 || c === 1) return emit.reshape(name, to === 'nhwc' ? shape : [n, c, h, w]);
  if (to === 'blocked') return emit.node('ReorderInput', [name], channelsLast(from), NCHWC);
  if (from === 'blocked')
    return emit.node('ReorderOutput', [name], { channels: c, ...channelsLast(to) }, NCHWC);
  return emit.transpose(name, to === 'nchw' ? TO_NCHW : TO_NHWC);
}

/** The attribute of the reordering operators that says which plain layout is on the other side. */
function channelsLast(plain: Layout): { channels_last: number } {
  return { channels_last: plain === 'nhwc' ? 1 : 0 };
}

/** The whole image, NCHW, from phases that are [C, row, column] by channel. */
export function interleave(phases: string, { shape: [n, h, w, c] }: Value, emit: Emitter): string {
  const split = emit.reshape(phases, [n, c, 2, 2, h / 2, w / 2]);
  return emit.reshape(emit.transpose(split, [0, 1, 4, 2, 5, 3]), [n, c, h, w]);
}

/** The whole blocked image from quarters yet to be made. */
export function interleaveQuarters(
  quarters: Quarters,
  { shape: [n, h, w, c] }: Value,
  emit: Emitter,
): string {
  const { block } = emit;
  const names = quarters.map((conv) =>
    conv === undefined ? emit.constant(0, [n, c, h / 2, w / 2], 'float32') : emitConv(conv, emit),
  );
  const phases = emit.node('Concat', names, { axis: 1 });
  const split = emit.reshape(phases, [n, 2, 2, c / block, h / 2, w / 2, block]);
  return emit.reshape(emit.transpose(split, [0, 3, 4, 1, 5, 2, 6]), [n, c, h, w]);
}
