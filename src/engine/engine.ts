/**
 * The one interface between the trainer and whatever runs its maths. A module is a set of programs over
 * shared named state; each program is an ordinary TensorFlow.js function, traced once and run whole.
 * State (weights, optimiser slots, running statistics) stays with the session and is copied out only on request.
 */
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Graph } from './graph/graph';

export type ElementType = 'float32' | 'int32';
export type Values = Float32Array | Int32Array;

/** Static shape and element type of an input, output or state tensor. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: ElementType;
}

export type TensorSpecs = Readonly<Record<string, TensorSpec>>;
export type Tensors = Readonly<Record<string, Tensor>>;
export type NamedValues = Readonly<Record<string, Values>>;

/** What a program returns: its outputs, and the new value of each state tensor that it changes. */
export interface ProgramResult {
  readonly outputs: Tensors;
  readonly state?: Tensors;
}

/** A TensorFlow.js function over inputs and state, pure, with static shapes. */
export interface Program {
  readonly inputs: TensorSpecs;
  /** Equal keys mean equal programs, so the graph of this one may be kept on the disk under its key. */
  readonly key?: string;
  /** The graph of this program where it is known already; then `build` is not called. */
  readonly graph?: Graph;
  build(inputs: Tensors, state: Tensors): ProgramResult;
}

/** Programs that share state, for example `train` and `encode`. */
export interface EngineModule<Name extends string> {
  readonly state: TensorSpecs;
  readonly programs: Readonly<Record<Name, Program>>;
}

/** A loaded module with its state. Not re-entrant: await one call before the next. */
export interface EngineSession<Name extends string> {
  /** Runs one program on flat row-major inputs, updates the state, returns the outputs. */
  run(program: Name, inputs: NamedValues): Promise<NamedValues>;
  /** Copies state out, all of it or the named tensors. */
  readState(names?: readonly string[]): Promise<NamedValues>;
  /** Copies state in; lengths must match the module's specs. Throws on an unknown name. */
  writeState(values: NamedValues): Promise<void>;
  dispose(): Promise<void>;
}

/** An engine: where the maths runs. */
export interface Engine {
  readonly name: 'onnx' | 'tensorflow' | 'eager';
  /** For people, for example `cpu, 2 threads`. */
  readonly device: string;
  /** Element type of convolutions and matrix products; everything else is float32. */
  readonly precision: 'float32' | 'bfloat16' | 'float16';
  /** Traces and compiles every program; `initial` must hold every state tensor. */
  load<Name extends string>(module: EngineModule<Name>, initial: NamedValues): Promise<EngineSession<Name>>;
}
