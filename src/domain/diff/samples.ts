/**
 * The section `samples`: test samples whose answer changed. Samples are joined by their place where both runs saw one
 * data set, else by the hash of their content, so that a sample is never compared with another one.
 */
import * as l10n from '@vscode/l10n';
import type { PredictionsFile } from '../run/predictions';
import { testSampleId } from '../run/predictions';
import type { RunFacts } from './facts';
import type { ChangedSample, SampleChange, SamplesDiff } from './runDiff';
import { SAMPLE_CHANGES } from './runDiff';

/** More changed samples than these are counted and not listed. */
const MOST_SHOWN = 200;

/** The answers of each run against the baseline's. */
export function compareSamples(facts: readonly RunFacts[]): SamplesDiff[] {
  const [baseline] = facts;
  return facts.slice(1).map((own, i) => diffOf(baseline, own, i + 1));
}

function diffOf(baselineRun: RunFacts, ownRun: RunFacts, column: number): SamplesDiff {
  const [baseline, own] = [baselineRun.predictions, ownRun.predictions];
  if (baseline === null || own === null) {
    const lacking = [baselineRun, ownRun].filter(({ predictions }) => predictions === null);
    return { ...NOTHING, column, reason: unrecordedReason(lacking.map(({ name }) => name)) };
  }
  const joined = join(baseline, own);
  if (joined.pairs.length === 0)
    return { ...NOTHING, column, reason: l10n.t('The two test sets have no sample in common.') };
  const changed = joined.pairs.flatMap((pair) => changeOf(pair, baseline, own));
  return {
    column,
    joinedBy: joined.by,
    reason: '',
    joined: joined.pairs.length,
    unmatched: own.labels.length - joined.pairs.length,
    counts: countsOf(changed),
    shown: mostTelling(changed),
  };
}

function unrecordedReason(names: readonly string[]): string {
  return names.length === 1
    ? l10n.t('{0}: the answers to single samples are not recorded.', names[0])
    : l10n.t('{0} and {1}: the answers to single samples are not recorded.', names[0], names[1]);
}

const NOTHING: Omit<SamplesDiff, 'column' | 'reason'> = {
  joinedBy: null,
  joined: 0,
  unmatched: 0,
  counts: { worse: 0, better: 0, other: 0 },
  shown: [],
};

/** Places of one sample in the lists of both runs. */
type Pair = readonly [baseline: number, own: number];

function join(baseline: PredictionsFile, own: PredictionsFile): { by: 'id' | 'content'; pairs: Pair[] } {
  const isOneSet = baseline.datasetHash === own.datasetHash && baseline.labels.length === own.labels.length;
  if (isOneSet) return { by: 'id', pairs: own.labels.map((_, i): Pair => [i, i]) };
  return { by: 'content', pairs: joinByHash(baseline.hashes, own.hashes) };
}

/** Each sample of the baseline is joined once: the copies of a sample are joined in their order. */
function joinByHash(baseline: readonly string[], own: readonly string[]): Pair[] {
  const places = new Map<string, number[]>();
  baseline.forEach((hash, place) => {
    const known = places.get(hash);
    if (known === undefined) places.set(hash, [place]);
    else known.push(place);
  });
  for (const list of places.values()) list.reverse();
  return own.flatMap((hash, place): Pair[] => {
    const other = places.get(hash)?.pop();
    return other === undefined ? [] : [[other, place]];
  });
}

/** Nothing where the answer is the same. Classes are compared by name, because their order is each data set's own. */
function changeOf([a, b]: Pair, baseline: PredictionsFile, own: PredictionsFile): ChangedSample[] {
  const baselineAnswer = nameOf(baseline, baseline.answers[a]);
  const answer = nameOf(own, own.answers[b]);
  if (baselineAnswer === answer) return [];
  const label = nameOf(own, own.labels[b]);
  const change = answer === label ? 'better' : baselineAnswer === label ? 'worse' : 'other';
  const ids = { baselineId: testSampleId(a), id: testSampleId(b) };
  const confidence = { baselineConfidence: baseline.confidence[a], confidence: own.confidence[b] };
  return [{ ...ids, label, baselineAnswer, answer, ...confidence, change }];
}

function nameOf({ classes }: PredictionsFile, place: number): string {
  return classes[place] ?? l10n.t('class {0}', place);
}

function countsOf(changed: readonly ChangedSample[]): Record<SampleChange, number> {
  const count = (kind: SampleChange) => changed.filter(({ change }) => change === kind).length;
  return { worse: count('worse'), better: count('better'), other: count('other') };
}

function mostTelling(changed: readonly ChangedSample[]): ChangedSample[] {
  const rank = ({ change }: ChangedSample) => SAMPLE_CHANGES.indexOf(change);
  const confidence = (sample: ChangedSample) => sample.confidence + sample.baselineConfidence;
  return [...changed].sort((a, b) => rank(a) - rank(b) || confidence(b) - confidence(a)).slice(0, MOST_SHOWN);
}
