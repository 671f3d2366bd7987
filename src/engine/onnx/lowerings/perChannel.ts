/** What batch normalisation is made of: means, deviations and affine maps by channel, in the layout of an image. */
import type { Value } from '../../graph/graph';
import { MICROSOFT, type Emitter } from '../emitter';
import { blockedMeans, emitConv, ones, scaling } from '../nchwc';

export function isBlocked(x: Value, emit: Emitter): boolean {
  return emit.layoutOf(x) === 'blocked';
}

/** A value in the layout that x is at hand in; rows of features are as they are. */
export function operand(value: Value, x: Value, emit: Emitter): string {
  return emit.name(value, emit.imageLayoutOf(x));
}

/** x - mean by channel, made once. */
export function centred(x: Value, mean: Value, emit: Emitter): string {
  const [input, centre] = [operand(x, x, emit), emit.name(mean)];
  return emit.memo(`centred ${input} ${centre}`, () => {
    if (!isBlocked(x, emit)) {
      const aligned = x.shape.length === 4 ? emit.reshape(centre, [1, x.shape[3], 1, 1]) : centre;
      return emit.node('Sub', [input, aligned]);
    }
    const channels = x.shape[3];
    const copy = scaling(input, channels, ones(channels, emit), emit);
    return emitConv({ ...copy, bias: emit.node('Neg', [centre]) }, emit);
  });
}

/** Means by channel, [C], of a tensor laid out like the operand of x. */
export function channelMeans(name: string, x: Value, emit: Emitter): string {
  const mean = (of: string, axes: readonly number[]): string =>
    emit.node('ReduceMean', [of, emit.int64s(axes)], { keepdims: 0 });
  if (isBlocked(x, emit)) return mean(blockedMeans(name, emit), [0, 2, 3]);
  if (x.shape.length === 4) return mean(mean(name, [2, 3]), [0]);
  return mean(
    name,
    x.shape.slice(0, -1).map((_, axis) => axis),
  );
}

interface Scaling {
  /** The value whose layout and channels the operand has. */
  readonly x: Value;
  /** [C] */
  readonly scale: string;
  /** [C] */
  readonly shift?: string;
  /** Shaped like the operand. */
  readonly plus?: string;
}

/** name * scale + shift + plus, by channel; for plain images and rows. */
export function scaled(name: string, { x, scale, shift, plus }: Scaling, emit: Emitter): string {
  if (x.shape.length !== 4) {
    const terms = [shift, plus].filter((term) => term !== undefined);
    return terms.reduce((sum, term) => emit.node('Add', [sum, term]), emit.node('Mul', [name, scale]));
  }
  const channels = x.shape[3];
  const filter = emit.reshape(scale, [channels, 1, 1, 1]);
  const attributes = { kernel_shape: [1, 1], group: channels };
  if (plus !== undefined)
    return emit.node('FusedConv', [name, filter, shift ?? '', plus], attributes, MICROSOFT);
  return emit.node('Conv', [name, filter, ...(shift === undefined ? [] : [shift])], attributes);
}
