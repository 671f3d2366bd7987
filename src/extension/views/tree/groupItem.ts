/** A group of runs as one row of the tree, as plain data. */
import { estimateText } from '../../../domain/display/estimate';
import { isLive } from '../../../domain/display/runLook';
import type { GroupHeadline, Grouping, RunGroup } from '../../../domain/run/list/grouping';
import { groupHeadline } from '../../../domain/run/list/grouping';
import { ITEM_CONTEXT } from '../../constants';
import { rowLabel } from '../runItem';
import type { RunRow } from '../runItem';
import { counted } from './treeTexts';

const ICONS: Readonly<Record<Grouping, string>> = {
  none: 'folder',
  experiment: 'beaker',
  seedGroup: 'layers',
  sweep: 'list-tree',
  date: 'calendar',
};

/** The row of a group: the mean of its headline with its n, how many runs there are beside them, how many live. */
export function describeGroup({ label, records }: RunGroup, by: Grouping): RunRow {
  const live = records.filter(({ summary }) => isLive(summary)).length;
  const headline = groupHeadline(records);
  const parts = [
    ...(headline === undefined ? [] : [figureText(headline)]),
    ...(headline?.count === records.length ? [] : [counted(records.length)]),
    ...(live === 0 ? [] : [`${live} live`]),
  ];
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

/** For example `kNN 88.4 ± 0.2 %, n 3`: first in the row, where a narrow side bar still shows it. */
function figureText(headline: GroupHeadline): string {
  return `${headline.label} ${estimateText(headline, { unit: 'share' })}, n ${headline.count}`;
}
