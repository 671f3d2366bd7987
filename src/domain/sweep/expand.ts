/**
 * From a configuration with a `sweep` block to the list of its runs: every combination of the grid, times the
 * random draws, times the seeds. Every run is parsed here, so a sweep with a mistake in its last run does not
 * start; draws are a pure function of the configuration's seed, so the same file always gives the same runs.
 */
import type { JsonObject } from '../configuration/override';
import { assignKey, requireKnownPath } from '../configuration/override';
import { parseConfiguration } from '../configuration/parse';
import type { Configuration } from '../configuration/schema';
import { HumanError } from '../errors';
import { PURPOSE, randomStream } from '../random/stream';
import type { RandomStream } from '../random/stream';

/** The `sweep` block of a configuration. */
export type Sweep = NonNullable<Configuration['sweep']>;

/** Values by key path. */
export type Changes = Readonly<Record<string, unknown>>;

/** One run of a sweep. */
export interface PlannedRun {
  /** What tells it apart, for example `temperature=0.1 seed=2`. */
  readonly label: string;
  /** What differs from the base, the seed left out; equal for the runs of one seed group. */
  readonly changes: Changes;
  readonly configuration: Configuration;
}

/** More runs than this are a slip of the pen rather than a plan. */
const MOST_RUNS = 10_000;
/** Keys that a sweep may not vary: a run has one name, and sweeps do not nest. */
const FIXED_KEYS = ['seed', 'name', 'group', 'sweep', 'formatVersion', '$schema'];

/**
 * The runs of a configuration, seeds innermost. A configuration without a `sweep` block is one run.
 * @param json the configuration as it was read, paths made absolute
 * @param source what a sentence names, for example the file's path
 * @throws HumanError naming the run and the key that are wrong
 */
export function expandSweep(json: JsonObject, source: string): PlannedRun[] {
  const { sweep, seed } = parseConfiguration(json, source);
  const base = withoutSweep(json);
  if (sweep === undefined) return [plan(base, { source, changes: {}, seed, seeds: 1 })];
  checkKeys(sweep, source);
  const settings = settingsOf(sweep, seed);
  const seeds = seedsOf(sweep, seed);
  refuseTooMany(settings.length * seeds.length, source);
  return settings.flatMap((changes) =>
    seeds.map((own) => plan(base, { source, changes, seed: own, seeds: seeds.length })),
  );
}

/** Every setting of a sweep, without seeds: the grid's combinations, each with its random draws. */
export function settingsOf(sweep: Sweep, seed: number): Changes[] {
  const combinations = combine(Object.entries(sweep.grid));
  const draws = sweep.samples === 0 ? [{}] : drawAll(sweep, seed);
  return combinations.flatMap((combination) => draws.map((draw) => ({ ...combination, ...draw })));
}

/** What tells a setting apart, for example `temperature=0.1 name=supcon`; `base` for the base itself. */
export function labelOf(changes: Changes): string {
  const parts = Object.entries(changes).map(([path, value]) => `${leafOf(path)}=${show(value)}`);
  return parts.length === 0 ? 'base' : parts.join(' ');
}

interface Plan {
  readonly source: string;
  readonly changes: Changes;
  readonly seed: number;
  readonly seeds: number;
}

function plan(base: JsonObject, { source, changes, seed, seeds }: Plan): PlannedRun {
  const setting = labelOf(changes);
  const label = seeds > 1 ? `${setting} seed=${seed}` : setting;
  const changed = Object.entries({ ...changes, seed }).reduce<JsonObject>(
    (json, [path, value]) => assignKey(json, path, value),
    base,
  );
  const place = setting === 'base' ? source : `${source}, run "${label}"`;
  return { label, changes, configuration: parseConfiguration(changed, place) };
}

function withoutSweep(json: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(json).filter(([key]) => key !== 'sweep'));
}

function checkKeys({ grid, random, samples }: Sweep, source: string): void {
  for (const path of [...Object.keys(grid), ...Object.keys(random)]) {
    requireKnownPath(path, `${source}, sweep`);
    if (FIXED_KEYS.includes(path))
      throw new HumanError(`${source}: a sweep cannot vary "${path}"; seeds are listed in "sweep.seeds".`);
    if (path in grid && path in random)
      throw new HumanError(`${source}: "${path}" is in "sweep.grid" and in "sweep.random"; take one out.`);
  }
  if (samples === 0 && Object.keys(random).length > 0)
    throw new HumanError(`${source}: "sweep.random" needs "sweep.samples", how often to draw; it is 0.`);
}

function refuseTooMany(count: number, source: string): void {
  if (count > MOST_RUNS)
    throw new HumanError(
      `${source}: the sweep has ${count} runs, more than ${MOST_RUNS}; give fewer values.`,
    );
}

/** Every combination of one value a key; the last key varies fastest. */
function combine(entries: readonly (readonly [string, readonly unknown[]])[]): Changes[] {
  return entries.reduce<Changes[]>(
    (combinations, [path, values]) =>
      combinations.flatMap((others) => values.map((value) => ({ ...others, [path]: value }))),
    [{}],
  );
}

function drawAll({ random, samples }: Sweep, seed: number): Changes[] {
  return Array.from({ length: samples }, (_, sample) =>
    Object.fromEntries(
      Object.entries(random).map(([path, source], key) => [
        path,
        draw(source, randomStream(seed, PURPOSE.sweep, sample, key)),
      ]),
    ),
  );
}

function draw(source: Sweep['random'][string], random: RandomStream): unknown {
  if (Array.isArray(source)) return source[random.integer(source.length)];
  const { from, to, scale } = source;
  if (scale === 'linear') return random.between(from, to);
  return Math.exp(random.between(Math.log(from), Math.log(to)));
}

function seedsOf({ seeds }: Sweep, first: number): number[] {
  return typeof seeds === 'number' ? Array.from({ length: seeds }, (_, i) => first + i) : seeds;
}

function leafOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

function show(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
