/** How far the computation of a map is, in words that pages and the command line share. */
import * as l10n from '@vscode/l10n';

/** One stage of a map on its way. */
export interface MapStage {
  /** What is being done, in the words of src/projection. */
  readonly what: string;
  /** 0 to 1. */
  readonly fraction: number;
  /** Of which of several epochs the map is. */
  readonly epoch?: number | undefined;
}

const STAGE_WORDS: ReadonlyMap<string, string> = new Map([
  ['components', l10n.t('components')],
  ['discriminant axes', l10n.t('discriminant axes')],
  ['layout', l10n.t('layout')],
  ['measuring the map', l10n.t('measuring the map')],
  ['neighbours', l10n.t('neighbours')],
  ['refining neighbourhoods', l10n.t('refining neighbourhoods')],
]);

/** What is being done: `Epoch 3: neighbours`. */
export function stageWords({ what, epoch }: MapStage): string {
  const words = STAGE_WORDS.get(what) ?? what;
  return epoch === undefined ? words : l10n.t('Epoch {0}: {1}', epoch, words);
}
