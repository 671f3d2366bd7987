/** Rearrangements of a filter's taps for the gradients of convolutions. */
import type { Emitter } from '../emitter';
import { reversed } from './shape';

/** A filter, HWIO, turned by 180 degrees. */
export function turned(name: string, [height, width]: readonly number[], emit: Emitter): string {
  return height * width === 1 ? name : reversed(name, [0, 1], emit);
}

/** Some rows and columns of a filter, HWIO, in that order. */
export function selected(
  name: string,
  [rows, columns]: readonly [readonly number[], readonly number[]],
  emit: Emitter,
): string {
  const byRow = emit.node('Gather', [name, emit.int64s(rows)], { axis: 0 });
  return emit.node('Gather', [byRow, emit.int64s(columns)], { axis: 1 });
}

/** A filter, [H, W, I, O], as the weights of a blocked convolution from O to I channels. */
export function exchanged(name: string, [height, width, from, to]: readonly number[], emit: Emitter): string {
  const { block } = emit;
  const split = emit.reshape(name, [height, width, from / block, block, to / block, block]);
  return emit.reshape(emit.transpose(split, [2, 4, 0, 1, 5, 3]), [from, to, height, width]);
}
