/** Operands of elementwise operations on blocked images. */
import { sameShape, sizeOf, type GraphNode, type Value } from '../../graph/graph';
import type { Emitter, Quarters } from '../emitter';
import { emitConv, scaling, type BlockedConv } from '../nchwc';

export interface BlockedOperands {
  readonly names: readonly string[];
  /** Gives a result the declared shape of a blocked image again. */
  readonly restore: (result: string) => string;
}

/**
 * The inputs as NumPy's rules align them with a blocked output. Whole images are taken as they are; where something
 * smaller is broadcast, all are viewed as [N, C / b, H, W, b].
 */
export function inBlocks(inputs: readonly Value[], output: Value, emit: Emitter): BlockedOperands {
  const isWhole = (value: Value): boolean => sameShape(value.shape, output.shape);
  const isPlain = inputs.every((input) => isWhole(input) || sizeOf(input.shape) === 1);
  if (isPlain) {
    const names = inputs.map((input) => emit.name(input, isWhole(input) ? 'blocked' : 'nhwc'));
    return { names, restore: (result) => result };
  }
  const [n, h, w, c] = output.shape;
  const view = [n, c / emit.block, h, w, emit.block];
  const names = inputs.map((input) => {
    if (isWhole(input)) return emit.reshape(emit.name(input, 'blocked'), view);
    return sizeOf(input.shape) === 1 ? emit.name(input) : blockedView(input, emit);
  });
  return { names, restore: (result) => emit.reshape(result, [n, c, h, w]) };
}

/** An operand of fewer than all elements, as [N, C / b, H, W, b] with ones where it is broadcast. */
export function blockedView(value: Value, emit: Emitter): string {
  const { block } = emit;
  const [n, h, w, c] = [...Array.from({ length: 4 - value.shape.length }, () => 1), ...value.shape];
  const inner = c === 1 ? 1 : block;
  const name = emit.name(value);
  return emit.memo(`blocked view ${name}`, () => {
    if (h * w === 1) return emit.reshape(name, [n, c / inner, 1, 1, inner]);
    return emit.transpose(emit.reshape(name, [n, h, w, c / inner, inner]), [0, 3, 1, 2, 4]);
  });
}

/**
 * Whether a product or sum of blocked images is left to convolutions: a product with something by channel is one, and
 * postponed ones take up sums, with something by channel as their bias or with another image. Then the output is
 * postponed too.
 */
export function isTakenUp(node: GraphNode<'Binary'>, emit: Emitter): boolean {
  const [output] = node.outputs;
  if (emit.layoutOf(output) !== 'blocked') return false;
  const quarters = node.attributes.fn === 'add' ? sumOfQuarters(node.inputs, emit) : undefined;
  const conv = quarters === undefined ? takenUp(node, emit) : undefined;
  if (quarters !== undefined) emit.postponeQuarters(output, quarters);
  if (conv !== undefined) emit.postpone(output, conv);
  return quarters !== undefined || conv !== undefined;
}

function takenUp(
  { inputs, outputs: [output], attributes: { fn } }: GraphNode<'Binary'>,
  emit: Emitter,
): BlockedConv | undefined {
  const channels = output.shape[3];
  const index = inputs.findIndex(({ shape }) => sameShape(shape, output.shape));
  const [image, other] = [inputs[index], inputs[1 - index]];
  if (fn === 'mul' && isByChannel(other, channels))
    return scaling(emit.name(image, 'blocked'), channels, byChannel(other, emit), emit);
  if (fn !== 'add') return undefined;
  if (isByChannel(other, channels)) return biased(emit.postponed(image), other, emit);
  return sameShape(other.shape, output.shape) ? summed(inputs, emit) : undefined;
}

function biased(conv: BlockedConv | undefined, bias: Value, emit: Emitter): BlockedConv | undefined {
  const isFree = conv !== undefined && conv.bias === undefined;
  return isFree ? { ...conv, bias: byChannel(bias, emit) } : undefined;
}

/** The sum of two images as the convolution that makes one of them and adds the other; undefined if neither can. */
function summed(inputs: readonly Value[], emit: Emitter): BlockedConv | undefined {
  const convs = inputs.map((input) => emit.postponed(input));
  const index = convs.findIndex((conv) => conv !== undefined && conv.plus === undefined);
  const conv = convs[index];
  return conv && { ...conv, plus: emit.name(inputs[1 - index], 'blocked') };
}

function sumOfQuarters([a, b]: readonly Value[], emit: Emitter): Quarters | undefined {
  const [left, right] = [emit.quarters(a), emit.quarters(b)];
  if (left === undefined || right === undefined) return undefined;
  const isFull = (conv: BlockedConv | undefined): boolean => conv?.plus !== undefined;
  if (left.some((conv, index) => isFull(conv) && isFull(right[index]))) return undefined;
  return left.map((conv, index) => {
    const other = right[index];
    if (conv === undefined || other === undefined) return conv ?? other;
    return conv.plus === undefined
      ? { ...conv, plus: emitConv(other, emit) }
      : { ...other, plus: emitConv(conv, emit) };
  });
}

function isByChannel({ shape }: Value, channels: number): boolean {
  return shape.at(-1) === channels && sizeOf(shape) === channels;
}

function byChannel(value: Value, emit: Emitter): string {
  return emit.reshape(emit.name(value), [sizeOf(value.shape)]);
}
