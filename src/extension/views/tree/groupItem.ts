/** A group of runs as one row of the tree, as plain data. */
import * as l10n from '@vscode/l10n';
import { estimateText } from '../../../domain/display/estimate';
import { isLive } from '../../../domain/display/runLook';
import type { Grouping, RunGroup } from '../../../domain/run/list/grouping';
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
  const value = headline === undefined ? '' : estimateText(headline, { unit: 'share' });
  const parts = [
    ...(headline === undefined ? [] : [`${value} ${headline.label}, n ${headline.count}`]),
    ...(headline?.count === records.length ? [] : [counted(records.length)]),
    ...(live === 0 ? [] : [l10n.t('{0} live', live)]),
  ];
  return {
    label: rowLabel(label, value),
    description: parts.join(' · '),
    tooltip: [label, ...parts].join('\n'),
    icon: ICONS[by],
    colour: live === 0 ? 'descriptionForeground' : 'charts.blue',
    context: ITEM_CONTEXT.group,
    spoken: [label, ...parts].join(', '),
  };
}
