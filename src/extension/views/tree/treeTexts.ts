/** What stands around the tree: which filter hides how much, how the list is grouped and sorted, how many runs live. */
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
  if (words !== '') return `${shown.length} of ${counted(all.length)} shown. Filter: ${words}.`;
  if (shown.length > 0 || all.length === 0) return '';
  const what = all.length === 1 ? 'The only run is archived' : `All ${counted(all.length)} are archived`;
  return `${what}: choose "archived too" in the filter to see it all.`;
}

/** Beside the title of the view, for example `by experiment · ↓ kNN · 2 archived`; empty if there is nothing to say. */
export function descriptionText({ grouping, sort, filter }: ListView, all: readonly RunRecord[]): string {
  const archived = all.filter(({ summary }) => summary.archived).length;
  const parts = [
    grouping === 'none' ? '' : `by ${GROUPINGS.find(({ by }) => by === grouping)?.label ?? grouping}`,
    JSON.stringify(sort) === JSON.stringify(NEWEST_FIRST) ? '' : sort.map(sortText).join(', '),
    filter.archived === 'hide' && archived > 0 ? `${formatCount(archived)} archived` : '',
  ].filter((part) => part !== '');
  return parts.join(' · ');
}

/** A key with its direction, for example `↓ linear probe`. */
export function sortText({ by, descending }: ListView['sort'][number]): string {
  return `${descending ? '↓' : '↑'} ${sortKeyLabel(by)}`;
}

/** `1 run`, `1,000 runs`. */
export function counted(runs: number): string {
  return `${formatCount(runs)} ${runs === 1 ? 'run' : 'runs'}`;
}
