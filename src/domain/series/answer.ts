/** The complete answer to a chart's query, from series and what is known of their runs. */
import { orderKeyOf, positionsOn, type AxisFacts } from './axis';
import { bandWindow, type GroupMember } from './bands';
import { NO_STATISTICS } from './growingSeries';
import { emptyWindow, lineStatistics, lineWindow, spanOf } from './lineWindow';
import type { SeriesOrders } from './ordered';
import type { BandChange, ChartAnswer, ChartQuery, Line, LineChange, LineGroup } from './query';

/** A series and the facts that place it on an axis. */
export interface LineSource {
  readonly orders: SeriesOrders;
  readonly facts: AxisFacts;
}

/** What is known of a run besides the series. */
export interface RunFacts extends Omit<AxisFacts, 'epochs'> {
  /** The run's record of its epochs. */
  readonly epochs: SeriesOrders | undefined;
}

/** A series of a run, placed by the run's own epochs. */
export function answerableBy(orders: SeriesOrders, { epochs, ...facts }: RunFacts): LineSource {
  return { orders, facts: { ...facts, epochs: epochs?.by('steps').columns ?? null } };
}

/** Answers a query; a line that `find` does not know, or that the axis has no place for, comes back empty. */
export function answerQuery(query: ChartQuery, find: (line: Line) => LineSource | undefined): ChartAnswer {
  return {
    lines: query.lines.map((line) => answerLine(query, line, find(line))),
    bands: query.groups.map((group) => answerGroup(query, group, find)),
  };
}

/** The part of the answer that concerns one line. */
export function answerLine(
  query: ChartQuery,
  { run, tag }: Line,
  source: LineSource | undefined,
): LineChange {
  const member = memberOf(query, source).at(0);
  if (member === undefined) return { run, tag, from: 0, window: emptyWindow(), statistics: NO_STATISTICS };
  const { points, positionOf } = member;
  const span = spanOf(positionOf, points.columns.values.length, query.range);
  const statistics = lineStatistics(points, span);
  return { run, tag, from: 0, window: lineWindow(points, positionOf, query), statistics };
}

/** The part of the answer that concerns one group. */
export function answerGroup(
  query: ChartQuery,
  { key, runs, tag }: LineGroup,
  find: (line: Line) => LineSource | undefined,
): BandChange {
  const members = runs.flatMap((run) => memberOf(query, find({ run, tag })));
  return { key, tag, window: bandWindow(members, query) };
}

/** One member or none. */
function memberOf({ axis }: ChartQuery, source: LineSource | undefined): readonly GroupMember[] {
  if (source === undefined) return [];
  const points = source.orders.by(orderKeyOf(axis));
  const positionOf = positionsOn(axis, points.columns, source.facts);
  return positionOf === null ? [] : [{ points, positionOf }];
}
