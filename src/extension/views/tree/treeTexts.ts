/** What stands around the tree: which filter hides how much, how the list is grouped and sorted, how many runs live. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../domain/display/format';
import { describeFilter } from '../../../domain/run/list/filter';
import { GROUPINGS } from '../../../domain/run/list/grouping';
import { NEWEST_FIRST, sortKeyLabel } from '../../../domain/run/list/sorting';
import type { ListView } from '../../../domain/run/list/view';
import type { RunRecord } from '../../../domain/run/record';

/** The line above the tree; empty while nothing is hidden that the user could look for. */
export function messageText(
  { filter }: ListView,
  all: readonly RunRecord[],
  shown: readonly RunRecord[],
): string {
  const words = describeFilter(filter);
  if (words !== '') return l10n.t('{0} of {1} shown. Filter: {2}.', shown.length, counted(all.length), words);
  if (shown.length > 0 || all.length === 0) return '';
  if (all.length === 1)
    return l10n.t('The only run is archived: choose "archived too" in the filter to see it all.');
  return l10n.t(
    'All {0} are archived: choose "archived too" in the filter to see it all.',
    counted(all.length),
  );
}

/** Beside the title of the view, for example `by experiment · ↓ kNN · 2 archived`; empty if there is nothing to say. */
export function descriptionText({ grouping, sort, filter }: ListView, all: readonly RunRecord[]): string {
  const archived = all.filter(({ summary }) => summary.archived).length;
  const parts = [
    grouping === 'none'
      ? ''
      : l10n.t('by {0}', GROUPINGS.find(({ by }) => by === grouping)?.label ?? grouping),
    JSON.stringify(sort) === JSON.stringify(NEWEST_FIRST) ? '' : sort.map(sortText).join(', '),
    filter.archived === 'hide' && archived > 0 ? l10n.t('{0} archived', formatCount(archived)) : '',
  ].filter((part) => part !== '');
  return parts.join(' · ');
}

/** A key with its direction, for example `↓ linear probe`. */
export function sortText({ by, descending }: ListView['sort'][number]): string {
  return `${descending ? '↓' : '↑'} ${sortKeyLabel(by)}`;
}

/** `1 run`, `1,000 runs`. */
export function counted(runs: number): string {
  return runs === 1 ? l10n.t('1 run') : l10n.t('{0} runs', formatCount(runs));
}
