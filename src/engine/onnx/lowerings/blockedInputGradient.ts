/**
 * The gradient of a convolution with respect to its input in the blocked layout. At stride 2 the four phases are
 * convolutions of their own, each with just the taps that reach it.
 */
import type { GraphNode, Value } from '../../graph/graph';
import type { Emitter } from '../emitter';
import type { BlockedConv } from '../nchwc';
import { phaseTaps, turnedPads, type PhaseTaps } from '../phases';
import { exchanged, selected, turned } from './filterTaps';

type InputGrad = GraphNode<'Conv2DInputGrad'>;

/** Stride 1: a convolution from O to I channels. */
export function flippedInBlocks(node: InputGrad, emit: Emitter): BlockedConv {
  const [dy, filter] = node.inputs;
  const { image, weights } = scaledInputs(dy, filter, emit);
  const { shape } = filter;
  const ordered = exchanged(turned(weights, shape, emit), shape, emit);
  return { x: image, weights: ordered, size: shape.slice(0, 2), pads: turnedPads(node) };
}

/** Stride 2: the phases of dx by row, then column; undefined for one that no tap reaches. */
export function quartersInBlocks(node: InputGrad, emit: Emitter): (BlockedConv | undefined)[] {
  const [dy, filter] = node.inputs;
  const [, , from, to] = filter.shape;
  const { image, weights } = scaledInputs(dy, filter, emit);
  const [rows, columns] = phaseTaps(node);
  const quarter = (row: PhaseTaps, column: PhaseTaps): BlockedConv | undefined => {
    const size = [row.taps.length, column.taps.length];
    if (Math.min(...size) === 0) return undefined;
    const ordered = exchanged(selected(weights, [row.taps, column.taps], emit), [...size, from, to], emit);
    return { x: image, weights: ordered, size, pads: [row.before, column.before, row.after, column.after] };
  };
  return rows.flatMap((row) => columns.map((column) => quarter(row, column)));
}

/** dy and the filter, HWIO, which takes the factor of dy where it has one. */
function scaledInputs(dy: Value, filter: Value, emit: Emitter): { image: string; weights: string } {
  const { image, scale } = emit.factored(dy);
  const name = emit.name(filter);
  return { image, weights: scale === undefined ? name : emit.node('Mul', [name, scale]) };
}
