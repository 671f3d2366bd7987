/**
 * Geometry of a convolution's input gradient. At stride 2 the interleaved rows (or columns) of dx are two small
 * convolutions of dy, one for each phase.
 */
import type { GraphNode } from '../graph/graph';
import type { Pads } from '../graph/ops';

type InputGrad = GraphNode<'Conv2DInputGrad'>;

/** Whether the gradient is itself a convolution of stride 1. */
export function isUnitStride({ inputs: [, filter], attributes: { strides, pads } }: InputGrad): boolean {
  const [height, width] = filter.shape;
  const [top, left, bottom, right] = pads;
  const fits = Math.max(top, bottom) < height && Math.max(left, right) < width;
  return strides[0] === 1 && strides[1] === 1 && fits;
}

/** Zeros around dy at stride 1. */
export function turnedPads({ inputs: [, filter], attributes: { pads } }: InputGrad): Pads {
  const [height, width] = filter.shape;
  const [top, left, bottom, right] = pads;
  return [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right];
}

/** Whether the gradient is four interleaved convolutions: stride 2, even size. */
export function fitsPhases(node: InputGrad): boolean {
  return isHalved(node) && phaseAxes(node).every(({ before, after }) => before >= 0 && after >= 0);
}

/** Whether each of the four has a window of its own. */
export function fitsQuarters(node: InputGrad): boolean {
  const windows = phaseTaps(node).flat();
  return isHalved(node) && windows.every(({ before, after }) => before >= 0 && after >= 0);
}

function isHalved({ inputs: [dy], attributes: { strides, inputShape } }: InputGrad): boolean {
  return [1, 2].every((axis) => strides[axis - 1] === 2 && dy.shape[axis] * 2 === inputShape[axis]);
}

/** One phase of one axis: the window over dy, and the filter tap of each position in it. */
export interface PhaseTaps {
  readonly before: number;
  readonly after: number;
  readonly taps: readonly number[];
}

/** Both phases of rows and of columns. */
export function phaseTaps({
  inputs: [, filter],
  attributes: { pads },
}: InputGrad): [PhaseTaps[], PhaseTaps[]] {
  const ofAxis = (axis: 0 | 1): PhaseTaps[] =>
    [0, 1].map((phase) => onePhase(phase, filter.shape[axis], pads[axis]));
  return [ofAxis(0), ofAxis(1)];
}

/** Tap q reaches row 2 i + phase of dx from row i + (phase + padding - q) / 2 of dy. */
function onePhase(phase: number, size: number, padBefore: number): PhaseTaps {
  const taps = Array.from({ length: size }, (_, index) => size - 1 - index).filter(
    (tap) => (phase + padBefore - tap) % 2 === 0,
  );
  if (taps.length === 0) return { before: 0, after: 0, taps };
  const offsetOf = (tap: number): number => (phase + padBefore - tap) / 2;
  return { before: -offsetOf(taps[0]), after: offsetOf(taps[taps.length - 1]), taps };
}

/** Both axes of the window over dy. */
export function phaseAxes({ inputs: [, filter], attributes: { pads } }: InputGrad): [PhaseAxis, PhaseAxis] {
  return [phaseAxis(filter.shape[0], pads[0]), phaseAxis(filter.shape[1], pads[1])];
}

/** One axis: the window over dy, and the filter tap of each (phase, position) in it. */
export interface PhaseAxis {
  readonly before: number;
  readonly after: number;
  readonly length: number;
  /** Tap for each phase and position; the filter's length (one past its end) where there is none. */
  readonly taps: readonly number[];
}

/** The axis of a filter of `size` taps over an input padded by `padBefore`. */
function phaseAxis(size: number, padBefore: number): PhaseAxis {
  const offsets = [0, 1].flatMap((phase) =>
    Array.from({ length: size }, (_, tap) => (phase + padBefore - tap) / 2).filter(Number.isInteger),
  );
  const lowest = Math.min(...offsets);
  const highest = Math.max(...offsets);
  const length = highest - lowest + 1;
  const taps = [0, 1].flatMap((phase) =>
    Array.from({ length }, (_, position) => {
      const tap = phase + padBefore - 2 * (lowest + position);
      return tap >= 0 && tap < size ? tap : size;
    }),
  );
  return { before: -lowest, after: highest, length, taps };
}

/** The window of the convolution over dy. */
export function phaseWindow(rows: PhaseAxis, columns: PhaseAxis): { size: readonly number[]; pads: Pads } {
  return {
    size: [rows.length, columns.length],
    pads: [rows.before, columns.before, rows.after, columns.after],
  };
}
