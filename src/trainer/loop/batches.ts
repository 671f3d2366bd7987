/**
 * The batches of one optimiser step: one, or as many as `stage1.accumulate` says. The optimiser counts its calls
 * itself (optimiser/accumulated.ts), so every batch runs through the same program.
 */
import type { WeightedLabels } from '../../domain/losses/lines';
import type { EngineSession, NamedValues } from '../../engine/engine';
import { dataInputs } from '../data/dataInputs';
import type { Batch } from '../data/loader';
import type { Job } from '../job';
import type { LoopHost } from './host';

/** What the batches of a step showed together. */
export interface StepResult {
  /** Means over the batches; of the norms the last, which are those of the mean gradient and its step. */
  readonly outputs: NamedValues;
  /** Labels of all views, batch after batch. */
  readonly labels: Int32Array;
  /** Where images were mixed: the other label of each view, and the share of its own. */
  readonly mix?: { readonly partnerLabels: Int32Array; readonly ownShare: Float32Array };
  /** Where samples have several labels or soft ones; of several batches their labels alone. */
  readonly weighted?: WeightedLabels;
  /** Milliseconds spent waiting for data. */
  readonly waitedMs: number;
}

/** Runs a zero-based optimiser step of the run. */
export async function runBatches(
  { configuration, session }: Pick<Job, 'configuration'> & { readonly session: EngineSession<'train'> },
  { loader }: Pick<LoopHost, 'loader'>,
  { step, rate }: { readonly step: number; readonly rate: number },
): Promise<StepResult> {
  const { accumulate } = configuration.stage1;
  const results: StepResult[] = [];
  for (let i = 0; i < accumulate; i++) {
    // The engine's calls block the event loop: let messages and timers in.
    if (i > 0) await new Promise((resolve) => setImmediate(resolve));
    const batch = await loader.next(step * accumulate + i);
    const outputs = await session.run('train', { ...dataInputs(batch), rate: Float32Array.of(rate) });
    results.push({ ...shownBy(batch), outputs, waitedMs: batch.waitedMs });
  }
  return results.length === 1 ? results[0] : together(results);
}

/** Copies: the next batch is written over this one, but for what is made anew for each. */
function shownBy(batch: Batch): Pick<StepResult, 'labels' | 'mix' | 'weighted'> {
  const { labels, partnerLabels, ownShare, labelWeights, pairWeights } = batch;
  if (labelWeights !== undefined && pairWeights !== undefined)
    return { labels: labels.slice(), weighted: { labelWeights, pairWeights } };
  if (partnerLabels === undefined || ownShare === undefined) return { labels: labels.slice() };
  const mix = { partnerLabels: partnerLabels.slice(), ownShare: ownShare.slice() };
  return { labels: labels.slice(), mix };
}

const OF_THE_LAST = new Set(['gradientNorm', 'updateNorm', 'parameterNorm']);

/** The results of several batches as that of one step. */
export function together(results: readonly StepResult[]): StepResult {
  const last = results[results.length - 1];
  const meanOf = (name: string) =>
    Float32Array.of(results.reduce((sum, { outputs }) => sum + outputs[name][0], 0) / results.length);
  return {
    outputs: Object.fromEntries(
      Object.keys(last.outputs).map((name) => [
        name,
        OF_THE_LAST.has(name) ? last.outputs[name] : meanOf(name),
      ]),
    ),
    labels: Int32Array.from(results.flatMap(({ labels }) => [...labels])),
    ...mixOf(results),
    ...weightedOf(results),
    waitedMs: results.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
  };
}

/** Only a classifier's batches are accumulated, and it compares no pairs. */
function weightedOf(results: readonly StepResult[]): Pick<StepResult, 'weighted'> {
  const rows = results.flatMap(({ weighted }) => weighted ?? []);
  if (rows.length === 0) return {};
  const labelWeights = Float32Array.from(rows.flatMap((each) => Array.from(each.labelWeights)));
  return { weighted: { labelWeights, pairWeights: [] } };
}

function mixOf(results: readonly StepResult[]): Pick<StepResult, 'mix'> {
  const mixes = results.flatMap(({ mix }) => mix ?? []);
  if (mixes.length === 0) return {};
  const partnerLabels = Int32Array.from(mixes.flatMap((mix) => [...mix.partnerLabels]));
  const ownShare = Float32Array.from(mixes.flatMap((mix) => [...mix.ownShare]));
  return { mix: { partnerLabels, ownShare } };
}
