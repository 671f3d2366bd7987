/** How each point stands out: hidden by the legend, faded beside what is selected or found, plain, or emphasised. */
import * as l10n from '@vscode/l10n';
import { LOOK } from '../../../src/domain/maps/view/points';
import { NO_GROUP } from './legend';

/** What decides it, for the rows of one pane. */
export interface LookSource {
  /** Place of each row's group in `groups`. */
  readonly codes: Int32Array;
  readonly groups: readonly string[];
  readonly hidden: ReadonlySet<string>;
  readonly pointedGroup: string | null;
  /** 1 for selected rows. */
  readonly selected: Uint8Array;
  readonly isAnySelected: boolean;
  /** 1 for rows that the search finds; null while nothing is searched. */
  readonly found: Uint8Array | null;
}

/** Name of the group of rows without a value. */
export const MISSING_GROUP = l10n.t('not recorded');

/** `LOOK` of each row. */
export function looksOf(source: LookSource): Uint8Array {
  const { codes, groups, hidden, pointedGroup, selected, isAnySelected, found } = source;
  const isHidden = groups.map((name) => hidden.has(name));
  const isMissingHidden = hidden.has(MISSING_GROUP);
  const pointed = pointedGroup === MISSING_GROUP ? NO_GROUP : groups.indexOf(pointedGroup ?? '');
  const isFading = isAnySelected || found !== null || pointedGroup !== null;
  return Uint8Array.from(codes, (code, row) => {
    if (code < 0 ? isMissingHidden : isHidden[code]) return LOOK.hidden;
    if (selected[row] === 1) return LOOK.emphasised;
    if (!isFading) return LOOK.plain;
    const stands = pointedGroup === null ? found?.[row] === 1 : code === pointed;
    return stands ? LOOK.plain : LOOK.faded;
  });
}
