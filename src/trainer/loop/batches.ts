/**
 * The batches of one optimiser step: one, or as many as `stage1.accumulate` says. The optimiser counts its calls
 * itself (optimiser/accumulated.ts), so every batch runs through the same program.
 */
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

/** Copies: the next batch is written over this one. */
function shownBy({ labels, partnerLabels, ownShare }: Batch): Pick<StepResult, 'labels' | 'mix'> {
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
    waitedMs: results.reduce((sum, { waitedMs }) => sum + waitedMs, 0),
  };
}

function mixOf(results: readonly StepResult[]): Pick<StepResult, 'mix'> {
  const mixes = results.flatMap(({ mix }) => mix ?? []);
  if (mixes.length === 0) return {};
  const partnerLabels = Int32Array.from(mixes.flatMap((mix) => [...mix.partnerLabels]));
  const ownShare = Float32Array.from(mixes.flatMap((mix) => [...mix.ownShare]));
  return { mix: { partnerLabels, ownShare } };
}
