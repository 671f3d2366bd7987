/** Names of groups at the medians of their points, and lines of equal density: both follow the shown places. */
import { boundsOf } from '../../../src/domain/maps/view/camera';
import type { Contour } from '../../../src/domain/maps/view/contours';
import { contoursAt } from '../../../src/domain/maps/view/contours';
import { densityOf, levelsHolding } from '../../../src/domain/maps/view/density';
import { classMedians } from '../../../src/domain/maps/view/labels';
import type { PointSet } from '../../../src/domain/maps/view/points';
import type { View } from '../../../src/domain/maps/view/project';
import type { OverlayContour, OverlayLabel } from '../render/overlay/scene';
import { groupWords } from '../state/columnWords';
import type { Legend } from '../state/legend';
import { memoised } from '../state/memo';
import type { Pane } from '../../../src/domain/maps/request';

/** With more groups than this there is no room for names. */
const MOST_NAMES = 60;
/** Shares of the points that lie within each line, and how strongly it is drawn. */
const LEVELS = [
  { share: 0.9, alpha: 0.35 },
  { share: 0.6, alpha: 0.55 },
  { share: 0.3, alpha: 0.8 },
] as const;

/** What lies over one pane; it keeps what it has computed for the same places. */
export class PaneMarks {
  readonly #medians = { from: memoised(mediansOf), to: memoised(mediansOf) };
  readonly #paths = memoised(pathsOf);

  constructor(private readonly pane: Pane) {}

  /** Names of the groups that are not hidden. */
  labels(
    { points, mix }: View,
    legend: Legend,
    { hidden, colour }: { readonly hidden: ReadonlySet<string>; readonly colour: string },
  ): OverlayLabel[] {
    const { groups } = legend;
    if (legend.kind !== 'category' || groups.length > MOST_NAMES) return [];
    const codes = legend.codes[this.pane];
    const { dimensions, from, to } = points;
    const [start, end] = [
      this.#medians.from(from, dimensions, codes, groups.length),
      this.#medians.to(to, dimensions, codes, groups.length),
    ];
    const at = (group: number, axis: number) => {
      const [a, b] = [start[group * dimensions + axis] ?? NaN, end[group * dimensions + axis] ?? NaN];
      return mix <= 0 ? a : a + (b - a) * mix;
    };
    return groups.flatMap(({ name, counts }, group) => {
      const place = [at(group, 0), at(group, 1), dimensions === 3 ? at(group, 2) : 0] as const;
      return hidden.has(name)
        ? []
        : [{ text: groupWords(legend.name, name), colour, place, weight: counts[this.pane] }];
    });
  }

  /** Lines around the denser parts of a flat map; none while it moves. */
  contours({ points, mix }: View, colour: string): OverlayContour[] {
    if (points.dimensions !== 2 || (mix > 0 && mix < 1)) return [];
    const paths = this.#paths(mix < 1 ? points.from : points.to);
    return paths.map((one, level) => ({ paths: one, colour, alpha: LEVELS[level]?.alpha ?? 1 }));
  }
}

function mediansOf(
  values: Float32Array,
  dimensions: PointSet['dimensions'],
  codes: Int32Array,
  classes: number,
): Float32Array {
  return classMedians({ values, dimensions, codes, classes });
}

function pathsOf(positions: Float32Array): Contour[][] {
  const { low, high } = boundsOf([positions], 2);
  const area = { left: low[0], top: low[1], width: high[0] - low[0], height: high[1] - low[1] };
  const grid = densityOf(positions, { area });
  const levels = levelsHolding(
    grid,
    LEVELS.map(({ share }) => share),
  );
  return levels.map((level) => (level > 0 ? contoursAt(grid, level) : []));
}
