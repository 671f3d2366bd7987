/**
 * The operators behind onnxruntime's own layout optimiser, written into the model by hand: on tensors in blocks of
 * channels they run about twice as fast as the standard ones, and their weights may change with every run. The
 * domain is not documented, so the version of onnxruntime is pinned and each machine tests the outcome (selfTest.ts).
 */
import type { Pads, Pair } from '../graph/ops';
import type { Emitter } from './emitter';

/** Domain of the blocked operators. */
export const NCHWC = 'com.microsoft.nchwc';

/** The window of a convolution. */
export interface BlockedWindow {
  readonly size: readonly number[];
  readonly strides?: Pair;
  readonly pads?: readonly number[];
}

/**
 * A convolution of blocked images with everything that its kernel does in the same pass:
 * activation(conv(x) + bias + plus). Lowerings postpone it, so that what follows can still be taken up.
 */
export interface BlockedConv extends BlockedWindow {
  /** A blocked image; plain NCHW where it has fewer channels than a block. */
  readonly x: string;
  /**
   * In memory [O / b, I / b, H, W, b (of I), b (of O)]; for a plain x [O / b, I, H, W, b]; with one group for each
   * channel [C / b, H, W, b].
   */
  readonly weights: string;
  readonly groups?: number;
  /** [O] */
  readonly bias?: string;
  /** A blocked image shaped like the result; its memory is taken over where nothing else needs it. */
  readonly plus?: string;
  readonly activation?: 'Relu';
}

/** Adds the node. */
export function emitConv(conv: BlockedConv, emit: Emitter): string {
  const { x, weights, bias, plus, activation } = conv;
  const { size, strides = [1, 1], pads = [0, 0, 0, 0], groups = 1 } = conv;
  const bare = bias === undefined ? [x, weights] : [x, weights, bias];
  const inputs = plus === undefined ? bare : [x, weights, bias ?? '', plus];
  const window = { kernel_shape: size, strides, pads, group: groups };
  return emit.node('Conv', inputs, activation === undefined ? window : { ...window, activation }, NCHWC);
}

/** x * scale by channel, a convolution with one tap; `scale` is [C]. */
export function scaling(x: string, channels: number, scale: string, emit: Emitter): BlockedConv {
  return { x, weights: emit.reshape(scale, [channels, 1, 1, 1]), size: [1, 1], groups: channels };
}

/** Means over H and W: [N, C, 1, 1], which blocked and plain lie alike in memory. */
export function blockedMeans(x: string, emit: Emitter): string {
  return emit.node('GlobalAveragePool', [x], {}, NCHWC);
}

interface BlockedCopy {
  readonly channels: number;
  readonly strides: Pair;
  readonly pads: Pads;
}

/** A strided copy with zeros around it, made on all threads. */
export function blockedCopy(x: string, options: BlockedCopy, emit: Emitter): string {
  const { channels, strides, pads } = options;
  return emit.memo(`copy ${JSON.stringify([x, options])}`, () =>
    emitConv({ ...scaling(x, channels, ones(channels, emit), emit), strides, pads }, emit),
  );
}

/** [C] ones. */
export function ones(channels: number, emit: Emitter): string {
  return emit.memo(`ones ${channels}`, () =>
    emit.constant(new Float32Array(channels).fill(1), [channels], 'float32'),
  );
}
