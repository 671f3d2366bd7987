/** A group of runs as one row of the tree, as plain data. */
import { estimateText } from '../../../domain/display/estimate';
import { isLive } from '../../../domain/display/runLook';
import type { Grouping, RunGroup } from '../../../domain/run/list/grouping';
import { groupHeadline } from '../../../domain/run/list/grouping';
import { ITEM_CONTEXT } from '../../constants';
import { rowLabel } from '../runItem';
import type { RunRow } from '../runItem';

const ICONS: Readonly<Record<Grouping, string>> = {
  none: 'folder',
  experiment: 'beaker',
  seedGroup: 'layers',
  sweep: 'list-tree',
  date: 'calendar',
};

/** The row of a group: how many runs, how many of them live, and the mean of their headline with its n. */
export function describeGroup({ label, records }: RunGroup, by: Grouping): RunRow {
  const live = records.filter(({ summary }) => isLive(summary)).length;
  const figure = figureText(records);
  const count = `${records.length} ${records.length === 1 ? 'run' : 'runs'}`;
  const parts = [count, live === 0 ? '' : `${live} live`, figure].filter((part) => part !== '');
  return {
    label: rowLabel(label),
    description: parts.join(' · '),
    tooltip: [label, ...parts].join('\n'),
    icon: ICONS[by],
    colour: live === 0 ? 'descriptionForeground' : 'charts.blue',
    context: ITEM_CONTEXT.group,
    spoken: [label, ...parts].join(', '),
  };
}

/** For example `kNN 88.4 ± 0.2 %, n 3`. */
function figureText(records: RunGroup['records']): string {
  const headline = groupHeadline(records);
  if (headline === undefined) return '';
  return `${headline.label} ${estimateText(headline, { unit: 'share' })}, n ${headline.count}`;
}
