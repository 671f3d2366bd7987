/** Made-up runs with curves like those of real ones: seeded, so that a picture is the same at each drawing. */
import type { RunSummary } from '../../../src/domain/run/state';

/** What a made-up host is asked to show. */
export interface Scenario {
  readonly runs: number;
  readonly tags: readonly string[];
  readonly points: number;
  /** Runs a seed group; 1 for none. */
  readonly seeds: number;
  /** Whether temperatures differ, so that raw losses do not compare. */
  readonly mixedTemperatures: boolean;
  /** Points at which the loss is NaN, from this one on. */
  readonly nanFrom: number | null;
  readonly longName: boolean;
  /** Tags that are named beside the others, for counts that no list should build. */
  readonly extraTags: number;
  /** Alerts of each run, a kind each; those of the first run are acknowledged. */
  readonly alerts: number;
  /** What is said in place of pictures; pictures where it is empty. */
  readonly picturesProblem: string;
  /** The same of augmented views. */
  readonly viewsProblem: string;
}

export const SCENARIO: Scenario = {
  runs: 1,
  tags: [],
  points: 400,
  seeds: 1,
  mixedTemperatures: false,
  nanFrom: null,
  longName: false,
  extraTags: 0,
  alerts: 0,
  picturesProblem: '',
  viewsProblem: '',
};

/** Columns of one tag of one run. */
export interface Columns {
  readonly steps: Float64Array;
  readonly wallTimes: Float64Array;
  readonly values: Float64Array;
}

/** A random number from 0 to 1 by keys. */
export function noise(...keys: readonly number[]): number {
  let state = 0x9e3779b9;
  for (const key of keys) {
    state = Math.imul(state ^ (key + 0x7f4a7c15), 0x85ebca6b);
    state ^= state >>> 13;
  }
  state = Math.imul(state, 0xc2b2ae35);
  return ((state ^ (state >>> 16)) >>> 0) / 2 ** 32;
}

/** The values of a tag: a loss-like decay, an accuracy-like rise, or noise about a level. */
export function columnsOf(scenario: Scenario, run: number, tag: string): Columns {
  const tagSeed = Array.from(tag).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) | 0, 7);
  const every = tag.startsWith('accuracy/') || tag.startsWith('diagnostics/') ? 20 : 1;
  const count = Math.max(1, Math.floor(scenario.points / every));
  const steps = Float64Array.from({ length: count }, (_, i) => i * every);
  const group = Math.floor(run / scenario.seeds);
  const values = steps.map((step) => valueAt({ tag, tagSeed, run, group, step, points: scenario.points }));
  if (scenario.nanFrom !== null && tag === 'loss/optimised') {
    const from = scenario.nanFrom;
    for (let i = from; i < Math.min(count, from + 30); i++) values[i] = NaN;
  }
  return { steps, wallTimes: steps.map((step) => 1.7e9 + 1000 * run + step * 0.4), values };
}

interface Place {
  readonly tag: string;
  readonly tagSeed: number;
  readonly run: number;
  readonly group: number;
  readonly step: number;
  readonly points: number;
}

function valueAt({ tag, tagSeed, run, group, step, points }: Place): number {
  const t = step / points;
  const wobble = noise(tagSeed, run, step) - 0.5;
  const offset = noise(group, 3) * 0.6 + noise(run, 4) * 0.1;
  if (tag === 'loss/collapse_line') return 7.62;
  if (tag === 'loss/floor') return 5.31 + 0.05 * wobble;
  if (tag.startsWith('accuracy/')) return (0.9 - 0.1 * offset) * (1 - 0.8 * Math.exp(-t * 6)) + 0.01 * wobble;
  if (tag.includes('headroom')) return 0.2 + 0.8 * Math.exp(-t * 5) + 0.1 * offset + 0.03 * wobble;
  if (tag.startsWith('loss/'))
    return 5.4 + offset * 0.5 + 2 * Math.exp(-t * 6) + 0.15 * wobble + (wobble > 0.4995 ? 1.5 : 0);
  if (tag.includes('learning_rate')) return 0.2 * Math.min(1, t * 20) * (0.5 + 0.5 * Math.cos(t * Math.PI));
  return noise(tagSeed) * 10 * (1 + offset) + Math.sin(t * 9 + group) + wobble;
}

/** The summary of a made-up run. */
export function summaryOf(scenario: Scenario, run: number): RunSummary {
  const group = Math.floor(run / scenario.seeds);
  const seed = run % scenario.seeds;
  const long =
    scenario.longName && run === 0
      ? '-with-a-name-that-goes-on-and-on-for-some-ninety-characters-in-all-and-then'
      : '';
  return {
    id: `run-${run}`,
    name: `fmnist-supcon-tau0.${group + 1}${long}-s${seed + 1}`,
    folder: `/runs/run-${run}`,
    state: run === 0 ? 'running' : 'ended',
    endState: run === 0 ? null : run === 2 ? 'failed' : 'completed',
    pid: null,
    signal: null,
    reason: null,
    createdAt: 1.7e12,
    endedAt: run === 0 ? null : 1.7e12 + 192_000,
    heartbeat: null,
    progress: null,
    headline: { label: 'kNN', value: 0.8 + 0.1 * noise(run) },
    engine: null,
    stop: null,
    queuedBehind: null,
    loss: 'supcon',
    resumable: false,
    kind: 'training',
    group: '',
    seed: seed + 1,
    starred: false,
    tags: [],
    notes: '',
    archived: false,
  };
}
