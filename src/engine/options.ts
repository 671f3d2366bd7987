/** What a configuration may ask of an engine, and the words for what it got. */

/** Options of all engines; each refuses in a sentence what it cannot do. */
export interface EngineOptions {
  /** Threads of one operation; the number of processors unless given. The eager engine has one. */
  readonly threads?: number;
  /** The processor or a graphics card; unless given, what the engine can do best. */
  readonly device?: DeviceOption;
  /** `mixed`: convolutions and products in the half type that the device is good at. */
  readonly precision?: 'float32' | 'mixed';
}

/** `index` counts the graphics cards from 0. */
export interface DeviceOption {
  readonly kind: 'auto' | 'cpu' | 'gpu';
  readonly index: number;
}

/** How people are told of a processor: `cpu, 2 threads`. */
export function processor(threads: number): string {
  return `cpu, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}
