/**
 * The model that a graph is lowered into: keeps for each graph value the names it has in each layout, converting on
 * first demand, and what is postponed because a later operation may take it up.
 */
import { sizeOf, type Value } from '../graph/graph';
import { convert, interleave, interleaveQuarters } from './conversions';
import { TO_NCHW, type Layout, type StoredLayout } from './layout';
import { ModelBuilder } from './modelBuilder';
import { emitConv, type BlockedConv } from './nchwc';

/** Operators of onnxruntime that are not part of ONNX. */
export const MICROSOFT = 'com.microsoft';

/** What is known of a graph before it is lowered. */
export interface EmitterPlan {
  /** The layout in which a value is made. */
  layoutOf(value: Value): Layout;
  /** How many operations and ports take a value. */
  usesOf(value: Value): number;
  /** Channels in a block; undefined in a plain model. */
  readonly block: number | undefined;
}

/** How the quarters of an image are made, by row phase, then column phase; undefined for one of zeros. */
export type Quarters = readonly (BlockedConv | undefined)[];

/** An image that is `scale` ([C], by channel) times a blocked one. */
export interface ScaledImage {
  readonly image: string;
  readonly scale?: string;
}

/** A model under construction, by the values of a graph. */
export class Emitter extends ModelBuilder {
  readonly #names: Record<StoredLayout, Map<Value, string>> = {
    nhwc: new Map(),
    nchw: new Map(),
    blocked: new Map(),
    phases: new Map(),
  };
  readonly #postponed = new Map<Value, BlockedConv>();
  readonly #quarters = new Map<Value, Quarters>();
  readonly #factored = new Map<Value, ScaledImage>();
  readonly #plan: EmitterPlan;

  constructor(plan: EmitterPlan) {
    super();
    this.#plan = plan;
  }

  /** Channels in a block. Throws in a plain model, where nothing is planned in blocks. */
  get block(): number {
    if (this.#plan.block === undefined) throw new Error('The model has no blocked layout');
    return this.#plan.block;
  }

  /** Whether so many channels can be blocked. */
  fillsBlocks(channels: number): boolean {
    return this.#plan.block !== undefined && channels % this.#plan.block === 0;
  }

  /** The layout in which a value is made. */
  layoutOf(value: Value): Layout {
    return this.#plan.layoutOf(value);
  }

  /** The channels-first layout in which an image is at hand: blocked if it is made so. */
  imageLayoutOf(value: Value): 'nchw' | 'blocked' {
    return this.layoutOf(value) === 'blocked' ? 'blocked' : 'nchw';
  }

  /** Says under which name a value was made, in its planned layout unless given. */
  define(value: Value, name: string, layout: StoredLayout = this.layoutOf(value)): void {
    this.#names[layout].set(value, name);
  }

  /** Says how a blocked value is to be made, when somebody needs it or an operation takes it up. */
  postpone(value: Value, conv: BlockedConv): void {
    this.#postponed.set(value, conv);
  }

  /** How a value is to be made, if it is not made yet and the caller is all that needs it. */
  postponed(value: Value): BlockedConv | undefined {
    return this.#isOpen(value) ? this.#postponed.get(value) : undefined;
  }

  /** Says how the interleaved quarters of a blocked value are to be made. */
  postponeQuarters(value: Value, quarters: Quarters): void {
    this.#quarters.set(value, quarters);
  }

  /** Like {@link postponed}, for the quarters. */
  quarters(value: Value): Quarters | undefined {
    return this.#isOpen(value) ? this.#quarters.get(value) : undefined;
  }

  /** Says that a postponed value is a multiple of another, for those who would rather scale something smaller. */
  factor(value: Value, scaled: ScaledImage): void {
    this.#factored.set(value, scaled);
  }

  /** A value as a multiple of a blocked image, with no scale where the value itself is at hand. */
  factored(value: Value): ScaledImage {
    const scaled = this.#names.blocked.has(value) ? undefined : this.#factored.get(value);
    return scaled ?? { image: this.name(value, 'blocked') };
  }

  /** The name of a value in a layout; adds a conversion at first need. Layouts differ for rank 4 only. */
  name(value: Value, layout: Layout = 'nhwc'): string {
    if (value.shape.length !== 4) return this.#known(value, 'nhwc');
    const known = this.#names[layout].get(value);
    if (known !== undefined) return known;
    this.#complete(value);
    const made = this.#names[layout].get(value) ?? this.#convert(value, layout);
    this.define(value, made, layout);
    return made;
  }

  /** The name of a value's phases, if it was made as phases and nobody has asked for the whole image. */
  phases(value: Value): string | undefined {
    return this.#names.nchw.has(value) ? undefined : this.#names.phases.get(value);
  }

  /** The name of an operand that NumPy's rules align with an NCHW tensor. */
  aligned(value: Value, layout: 'nhwc' | 'nchw'): string {
    if (layout === 'nhwc' || value.shape.length === 4 || sizeOf(value.shape) === 1)
      return this.name(value, layout);
    const shape = [...Array.from({ length: 4 - value.shape.length }, () => 1), ...value.shape];
    const name = this.name(value);
    return this.memo(`aligned ${name}`, () => this.transpose(this.reshape(name, shape), TO_NCHW));
  }

  #isOpen(value: Value): boolean {
    return !this.#names.blocked.has(value) && this.#plan.usesOf(value) === 1;
  }

  #known(value: Value, layout: Layout): string {
    const name = this.#names[layout].get(value);
    if (name === undefined) throw new Error(`Value ${value.id} is used before it is made`);
    return name;
  }

  /** Makes the whole image of a value that is postponed or made as phases, in its planned layout. */
  #complete(value: Value): void {
    if (this.#names[this.layoutOf(value)].has(value)) return;
    const conv = this.#postponed.get(value);
    if (conv !== undefined) this.define(value, emitConv(conv, this));
    const quarters = this.#quarters.get(value);
    if (quarters !== undefined) this.define(value, interleaveQuarters(quarters, value, this));
    const phases = this.phases(value);
    if (phases !== undefined) this.define(value, interleave(phases, value, this));
  }

  #convert(value: Value, to: Layout): string {
    const from = (['blocked', 'nchw', 'nhwc'] as const).find((layout) => this.#names[layout].has(value));
    if (from === undefined) throw new Error(`Value ${value.id} is used before it is made`);
    return convert(this.#known(value, from), { shape: value.shape, from, to }, this);
  }
}
