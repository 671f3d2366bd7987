/**
 * One training step as a value: nodes in execution order over immutable, statically shaped values.
 * Tracing makes a graph, passes turn one graph into another, writers turn it into a file for an engine.
 */
import type { DType, OpAttributes, OpName } from './ops';

/** Shape and element type of a value. */
export interface ValueSpec {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** One tensor of the graph; `id` is unique within it. */
export interface Value extends ValueSpec {
  readonly id: number;
}

/** An operation applied to values. Distributes over `K`, so that tables by operation type-check. */
export type GraphNode<K extends OpName = OpName> = {
  [P in K]: {
    readonly op: P;
    readonly attributes: OpAttributes[P];
    readonly inputs: readonly Value[];
    readonly outputs: readonly Value[];
  };
}[K];

/** A value with a name at the edge of the graph. */
export interface Port {
  readonly name: string;
  readonly value: Value;
}

/** A whole program. Nodes are in topological order; state that has no update keeps its value. */
export interface Graph {
  readonly inputs: readonly Port[];
  readonly state: readonly Port[];
  readonly nodes: readonly GraphNode[];
  readonly outputs: readonly Port[];
  readonly stateUpdates: readonly Port[];
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((size, dimension) => size * dimension, 1);
}

/** Whether two shapes are equal. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((dimension, axis) => dimension === b[axis]);
}
