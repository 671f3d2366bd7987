/** The form of the kernel table: one row for each TensorFlow.js kernel, saying which nodes it appends. */
import type { NamedAttrMap } from '@tensorflow/tfjs-core';
import type { GraphBuilder } from '../../graph/builder';
import type { Value } from '../../graph/graph';

/** One kernel call: named inputs (also in order), attributes, and where to append. */
export interface KernelCall<Attributes> {
  readonly inputs: Readonly<Record<string, Value>>;
  readonly list: readonly Value[];
  readonly attrs: Attributes;
  readonly build: GraphBuilder;
}

export type Recorded = Value | readonly Value[];

/** One row of the table. */
export interface KernelRow {
  readonly kernel: string;
  readonly record: (call: KernelCall<NamedAttrMap>) => Recorded;
}

/** A row; `Attributes` is the attribute type that TensorFlow.js documents for the kernel. */
export function row<Attributes = unknown>(
  kernel: string,
  record: (call: KernelCall<Attributes>) => Recorded,
): KernelRow {
  // The kernel's name determines the type of its attributes; TensorFlow.js passes them untyped.
  return { kernel, record: record as unknown as KernelRow['record'] };
}

/** Thrown by a row whose kernel is known but not with these attributes; `detail` completes "The operation X ...". */
export class UnsupportedAttributes extends Error {}
