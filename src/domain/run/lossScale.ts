/**
 * Whether raw losses of several runs may be drawn over each other. A contrastive loss is a mean of logarithms of sums
 * over the batch, divided by the temperature: runs that differ in what sets its scale have losses that cannot be
 * compared, however alike the curves look. Headroom, the loss between its floor and its collapse line, can be.
 */
import * as l10n from '@vscode/l10n';
import { TAG } from '../metrics/tags';
import type { Settings } from './record';

/** What sets the scale of a contrastive loss, in words, with the names that tools give it (lower case, letters only). */
const SCALE_SETTINGS: readonly { readonly words: string; readonly names: readonly string[] }[] = [
  { words: l10n.t('loss'), names: ['lossname', 'loss', 'method'] },
  { words: l10n.t('temperature'), names: ['losstemperature', 'temperature', 'temp', 'tau'] },
  { words: l10n.t('scale'), names: ['lossscale', 'basetemperature', 'basetemp'] },
  { words: l10n.t('sum over positives'), names: ['losssum'] },
  { words: l10n.t('denominator'), names: ['lossdenominator'] },
  { words: l10n.t('batch size'), names: ['stage1batchsize', 'batchsize', 'batch', 'bs'] },
  { words: l10n.t('views'), names: ['augmentationviews', 'views', 'nviews'] },
];

/** Tags whose values have that scale. */
const RAW_LOSSES: ReadonlySet<string> = new Set([TAG.loss, TAG.unscaledLoss, TAG.collapseLine, TAG.floor]);

/** The tag that takes the place of a raw loss. */
export const NORMALISED_LOSS = TAG.headroom;

/** Whether values of this tag depend on temperature, batch and views. */
export function isRawLoss(tag: string): boolean {
  return RAW_LOSSES.has(tag);
}

/** In words, the settings in which the scales of the runs' losses differ; empty if they compare. */
export function differingScales(runs: readonly Settings[]): string[] {
  const named = runs.map(byPlainName);
  return SCALE_SETTINGS.filter(({ names }) => {
    const values = named.map((run) =>
      names.map((name) => run.get(name)).find((value) => value !== undefined),
    );
    // A run that does not say is taken to agree: most scripts log no settings at all.
    return new Set(values.filter((value) => value !== undefined)).size > 1;
  }).map(({ words }) => words);
}

/** Why the curves are not drawn, as one sentence for the reader. */
export function scaleSentence(differing: readonly string[]): string {
  const [last = '', ...others] = [...differing].reverse();
  const list = others.length === 0 ? last : l10n.t('{0} and {1}', others.reverse().join(', '), last);
  return l10n.t(
    'These runs differ in {0}, so their losses have different scales and cannot be compared.',
    list,
  );
}

function byPlainName(parameters: Settings): Map<string, string> {
  const entries = Object.entries(parameters).filter(([, value]) => value !== null);
  return new Map(
    entries.map(([path, value]) => [path.toLowerCase().replace(/[^a-z0-9]/g, ''), String(value)]),
  );
}
