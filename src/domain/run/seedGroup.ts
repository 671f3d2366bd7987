/**
 * Which runs are repetitions of each other: they belong to the same group of their configuration and differ in the
 * seed alone. The key is short, the same on every machine, and blind to names, which people change.
 */
import type { RunRecord, SettingValue } from './record';
import type { RunSummary } from './state';

/** Keys that do not change what is measured: `group` stays in, so that two sweeps are not thrown together. */
const SILENT_KEYS: readonly string[] = ['seed', 'name', 'preset', 'captureCode', 'baseline'];

/**
 * Keys that runs of earlier versions lack, with what those runs did: at that value they are left out, so that old and new
 * runs of one configuration stay together.
 */
const LATER_KEYS: Readonly<Record<string, SettingValue>> = {
  'dataset.labelSeparator': '',
  'loss.overlap': 'jaccard',
  'stage2.optimiser': 'sgd',
  'stage2.weightDecay': 0,
};

/** `-seed3`, `_s3`, ` seed=3` at the end of a name. */
const SEED_SUFFIX = /[\s._-]+(seed|s)[\s=_-]?(\d+)$/i;
/** What a run id adds to its name (src/runs/folder/runId.ts). */
const ID_SUFFIX = /-\d{8}-\d{6}-[0-9a-f]{4}$/;

/** The key of a run's seed group; runs without recorded settings are grouped by name and group. */
export function seedGroupKey({ summary, settings }: RunRecord): string {
  const spoken = Object.entries(settings).filter(
    ([key, value]) => !SILENT_KEYS.includes(key) && !(key in LATER_KEYS && LATER_KEYS[key] === value),
  );
  const content =
    spoken.length === 0 ? `${summary.group}\n${experimentName(summary)}` : JSON.stringify(spoken.sort(byKey));
  return hashText(content);
}

/**
 * The name of the experiment that a run repeats: its name without its seed and without what an id adds. A bare `s16`
 * is taken for a seed only if the run has it, because models are called so too.
 */
export function experimentName({ name, seed }: Pick<RunSummary, 'name' | 'seed'>): string {
  const stem = name.replace(ID_SUFFIX, '');
  const suffix = SEED_SUFFIX.exec(stem);
  if (suffix === null || (suffix[1].toLowerCase() !== 'seed' && Number(suffix[2]) !== seed)) return stem;
  const short = stem.slice(0, suffix.index).trim();
  return short === '' ? name : short;
}

function byKey([a]: [string, SettingValue], [b]: [string, SettingValue]): number {
  return a < b ? -1 : Number(a > b);
}

/** Two 32-bit FNV-1a hashes from different offsets as 16 hexadecimal digits: for names, not for secrets. */
function hashText(text: string): string {
  return [0x811c9dc5, 0x9e3779b9].map((offset) => fnv(text, offset).toString(16).padStart(8, '0')).join('');
}

function fnv(text: string, offset: number): number {
  const PRIME = 0x01000193;
  let hash = offset;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
  return hash >>> 0;
}
