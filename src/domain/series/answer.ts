/** The complete answer to a chart's query, from series and what is known of their runs. */
import { orderKeyOf, positionsOn, type AxisFacts } from './axis';
import { bandWindow, type GroupMember } from './bands';
import { NO_STATISTICS } from './growingSeries';
import { EMPTY_WINDOW, lineStatistics, lineWindow, spanOf } from './lineWindow';
import type { SeriesOrders } from './ordered';
import type { ChartAnswer, ChartQuery, Line, LineChange } from './query';

/** A series and the facts that place it on an axis. */
export interface LineSource {
  readonly orders: SeriesOrders;
  readonly facts: AxisFacts;
}

/** Answers a query; a line that `find` does not know, or that the axis has no place for, comes back empty. */
export function answerQuery(query: ChartQuery, find: (line: Line) => LineSource | undefined): ChartAnswer {
  return {
    lines: query.lines.map((line) => lineOf(query, line, find(line))),
    bands: query.groups.map(({ key, runs, tag }) => {
      const members = runs.flatMap((run) => memberOf(query, find({ run, tag })));
      return { key, tag, window: bandWindow(members, query) };
    }),
  };
}

function lineOf(query: ChartQuery, { run, tag }: Line, source: LineSource | undefined): LineChange {
  const member = memberOf(query, source).at(0);
  if (member === undefined) return { run, tag, from: 0, window: EMPTY_WINDOW, statistics: NO_STATISTICS };
  const { points, positionOf } = member;
  const span = spanOf(positionOf, points.columns.values.length, query.range);
  const statistics = lineStatistics(points, span);
  return { run, tag, from: 0, window: lineWindow(points, positionOf, query), statistics };
}

/** One member or none. */
function memberOf({ axis }: ChartQuery, source: LineSource | undefined): readonly GroupMember[] {
  if (source === undefined) return [];
  const points = source.orders.by(orderKeyOf(axis));
  const positionOf = positionsOn(axis, points.columns, source.facts);
  return positionOf === null ? [] : [{ points, positionOf }];
}
