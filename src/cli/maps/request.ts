/** From options of the command line to what is asked of a map; whatever is wrong is a sentence. */
import { HumanError } from '../../domain/errors';
import type { MapRequest } from '../../domain/maps/request';
import { MAP_DIMENSIONS, MAP_METHODS, METRICS } from '../../domain/maps/request';
import type { AxisSource } from './axes';
import { axesOf } from './axes';

/** As they were typed. */
export interface MapOptions {
  readonly method?: string;
  readonly table?: string;
  readonly dimensions?: string;
  readonly metric?: string;
  readonly neighbours?: string;
  readonly seed?: string;
  readonly limit?: string;
  /** One for each dimension of the method axes. */
  readonly axis?: readonly string[];
}

const MOST = 2 ** 31 - 1;

/** The request, from what is proposed for a source; axes are named by the source's classes and ids. Throws HumanError. */
export function mapRequest(options: MapOptions, proposed: MapRequest, source: AxisSource): MapRequest {
  const { table, dimensions, metric, neighbours, seed, limit, axis = [] } = options;
  const method = oneOf(
    '--method',
    options.method ?? (axis.length > 0 ? 'axes' : proposed.method),
    MAP_METHODS,
  );
  const axes = axesOf(method, axis, source);
  const usual = axes.length > 0 ? axes.length : proposed.dimensions;
  return {
    axes,
    table: table ?? proposed.table,
    method,
    dimensions: oneOf('--dimensions', Number(dimensions ?? usual), MAP_DIMENSIONS),
    metric: oneOf('--metric', metric ?? proposed.metric, METRICS),
    neighbours: wholeNumber('--neighbours', neighbours ?? proposed.neighbours, [2, 200]),
    seed: wholeNumber('--seed', seed ?? proposed.seed, [0, MOST]),
    limit: limit === undefined || limit === 'none' ? null : wholeNumber('--limit', limit, [1, MOST]),
  };
}

/** A number of an epoch. Throws HumanError. */
export function epochNumber(text: string): number {
  return wholeNumber('--epoch', text, [0, MOST]);
}

function oneOf<T extends string | number>(option: string, value: string | number, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found !== undefined) return found;
  const names = `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}`;
  throw new HumanError(`${option} must be ${names}; it is ${value}.`);
}

function wholeNumber(
  option: string,
  value: string | number,
  [least, most]: readonly [number, number],
): number {
  const number = /^\d{1,10}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new HumanError(`${option} must be a whole number from ${least} to ${most}; it is ${value}.`);
}
