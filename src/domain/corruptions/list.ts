/**
 * Every corruption, in the order of CIFAR-10-C: the fifteen of its benchmark, then its four extra ones. A corruption's
 * place is part of its random keys, so a new one goes to the end.
 */
import { BLUR } from './blur';
import { createCorruption, type Corruption, type CorruptionDefinition, type Family } from './corruption';
import { DIGITAL } from './digital';
import { NOISE } from './noise';
import { WEATHER } from './weather';

const MADE: readonly Corruption[] = [
  ...make('noise', NOISE),
  ...make('blur', BLUR),
  ...make('weather', WEATHER),
  ...make('digital', DIGITAL),
];

/** The fifteen over which mCE is taken. */
export const BENCHMARK_CORRUPTIONS: readonly Corruption[] = [
  'gaussian-noise',
  'shot-noise',
  'impulse-noise',
  'defocus-blur',
  'glass-blur',
  'motion-blur',
  'zoom-blur',
  'snow-like',
  'frost-like',
  'fog',
  'brightness',
  'contrast',
  'elastic',
  'pixelate',
  'jpeg',
].map(named);

/** All nineteen. */
export const corruptions: readonly Corruption[] = [
  ...BENCHMARK_CORRUPTIONS,
  ...['speckle-noise', 'gaussian-blur', 'spatter-like', 'saturate'].map(named),
];

function make(family: Family, definitions: readonly CorruptionDefinition[]): Corruption[] {
  return definitions.map((definition) => createCorruption(family, definition));
}

function named(name: string): Corruption {
  const found = MADE.find((corruption) => corruption.name === name);
  if (found === undefined) throw new Error(`There is no corruption "${name}"`);
  return found;
}
