/** Figures of maps as tables for a terminal. */
import Table from 'cli-table3';
import { formatCount, formatNumber, formatPercent } from '../../domain/display/format';
import type { ClassFigures, MapQuality, PairFigures } from '../../domain/maps/figures';

/** Beyond so many classes a table is cut; JSON has all. */
const MOST_CLASSES = 30;

/** What one map distorts. */
export function qualityTable(title: string, quality: MapQuality): string {
  const { k, rows, trustworthiness, continuity, overlap, mapAccuracy, fullAccuracy } = quality;
  const gap = mapAccuracy === null || fullAccuracy === null ? null : mapAccuracy - fullAccuracy;
  return figureTable(title, [
    [`trustworthiness at ${k}`, figure(trustworthiness)],
    [`continuity at ${k}`, figure(continuity)],
    [`neighbour overlap at ${k}`, share(overlap)],
    ['label accuracy, map', share(mapAccuracy)],
    ['label accuracy, full dimension', share(fullAccuracy)],
    [
      '  map less full dimension',
      gap === null ? '-' : `${gap >= 0 ? '+' : ''}${(100 * gap).toFixed(1)} points`,
    ],
    ['rows measured', formatCount(rows)],
  ]);
}

/** Each class at one epoch. */
export function classTable(classes: readonly ClassFigures[]): string {
  const table = newTable([
    'class',
    'samples',
    'tightness',
    'accuracy',
    'nearest class',
    'confused with',
    'drift',
  ]);
  table.push(
    ...classes
      .slice(0, MOST_CLASSES)
      .map((each) => [
        each.name,
        formatCount(each.count),
        figure(each.tightness),
        share(each.accuracy),
        named(each.nearest, figure(each.nearestSimilarity)),
        named(each.confusedWith, share(each.confusedShare)),
        share(each.drift),
      ]),
  );
  return withRest(table.toString(), classes.length);
}

/** Two maps. */
export function pairTable(title: string, pair: PairFigures): string {
  const { alignment } = pair;
  return figureTable(title, [
    ['samples shared', `${formatCount(pair.shared)}, joined by ${pair.joinedBy}`],
    ['only in the first', formatCount(pair.onlyLeft)],
    ['only in the second', formatCount(pair.onlyRight)],
    [`neighbours kept at ${pair.k} (Jaccard, median)`, figure(pair.jaccardMedian)],
    ['linear CKA', figure(pair.cka)],
    ['residual of stable samples, in radii', figure(alignment.residual)],
    ['share anchored, pull', `${share(alignment.anchoredShare)}, ${formatNumber(alignment.pull)}`],
    ...(alignment.isWeak ? [['weakly aligned', 'distances between the maps mean little'] as const] : []),
  ]);
}

/** Each class in two maps, the most changed first. */
export function changeTable({ classes }: PairFigures): string {
  const table = newTable([
    'class',
    'first',
    'second',
    'neighbours changed',
    'accuracy first',
    'accuracy second',
  ]);
  const ranked = [...classes].sort((a, b) => (b.change || 0) - (a.change || 0));
  table.push(
    ...ranked
      .slice(0, MOST_CLASSES)
      .map((each) => [
        each.name,
        formatCount(each.left),
        formatCount(each.right),
        share(each.change),
        share(each.leftAccuracy),
        share(each.rightAccuracy),
      ]),
  );
  return withRest(table.toString(), classes.length);
}

function figureTable(title: string, rows: readonly (readonly [string, string])[]): string {
  const table = new Table({
    head: [title, ''],
    colAligns: ['left', 'right'],
    style: { head: [], border: [] },
  });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function newTable(head: readonly string[]) {
  const aligns = head.map((_, i) => (i === 0 ? ('left' as const) : ('right' as const)));
  return new Table({ head: [...head], colAligns: aligns, style: { head: [], border: [] } });
}

function withRest(table: string, classes: number): string {
  const more = classes - MOST_CLASSES;
  return more > 0 ? `${table}\n${more} more classes; --json shows all.` : table;
}

function named(name: string, text: string): string {
  return name === '' ? '-' : `${name} ${text}`;
}

function figure(value: number): string {
  return Number.isFinite(value) ? value.toFixed(3) : '-';
}

function share(value: number | null): string {
  return value === null || !Number.isFinite(value) ? '-' : formatPercent(value);
}
