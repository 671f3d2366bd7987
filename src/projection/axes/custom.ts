/**
 * Axes from the mean of one set of samples to that of another. Further axes are made orthogonal to those before, so that
 * the map is a true projection; the first sets of each axis keep their order along it.
 */
import { HumanError } from '../../domain/errors';
import type { AxisEnd, CustomAxis, MapDimensions } from '../../domain/maps/request';
import type { Vectors } from '../../domain/maps/vectors';
import type { RowClasses } from '../classFigures';
import { columnMeans } from '../columnMeans';
import type { Monitor } from '../types';
import { atRightAngles, projectOn, type NamedAxis, type NamedMap } from './namedMap';

/** What axes are looked up in. */
export interface AxisInput {
  readonly vectors: Vectors;
  /** Lasting id of each row. */
  readonly ids: readonly string[];
  /** Null without classes. */
  readonly classes: RowClasses | null;
}

/** The map along these axes, one for each dimension. Throws HumanError for ends that are empty and axes that coincide. */
export function customMap(
  input: AxisInput,
  axes: readonly CustomAxis[],
  dimensions: MapDimensions,
  monitor: Monitor,
): NamedMap {
  if (axes.length !== dimensions) {
    throw new HumanError(
      `A map of ${dimensions} dimensions needs ${dimensions} axes, and ${axes.length} are chosen: choose two ends for each.`,
    );
  }
  const named: NamedAxis[] = [];
  for (const axis of axes) {
    monitor.check();
    named.push(axisOf(input, axis, named));
  }
  return projectOn(input.vectors, columnMeans(input.vectors), named, monitor);
}

function axisOf(input: AxisInput, { from, to }: CustomAxis, before: readonly NamedAxis[]): NamedAxis {
  const name = `${nameOf(from)} to ${nameOf(to)}`;
  const start = meanOf(input.vectors, rowsOf(input, from));
  const difference = meanOf(input.vectors, rowsOf(input, to)).map((value, k) => value - start[k]);
  const direction = atRightAngles(
    difference,
    before.map((axis) => axis.direction),
  );
  if (direction !== null) return { name, direction };
  throw new HumanError(
    before.length === 0
      ? `The axis ${name} has no direction, because both ends have the same mean: choose other ends.`
      : `The axis ${name} has no direction of its own beside the axes before it: choose other ends.`,
  );
}

function nameOf(end: AxisEnd): string {
  return 'class' in end ? end.class : `selection of ${end.ids.length}`;
}

function rowsOf({ ids, classes }: AxisInput, end: AxisEnd): number[] {
  const isIn = 'class' in end ? isOfClass(classes, end.class) : isOneOf(ids, new Set(end.ids));
  const rows = Array.from(ids.keys()).filter(isIn);
  if (rows.length > 0) return rows;
  throw new HumanError(`No sample of this map is in ${describe(end)}: choose another end for the axis.`);
}

function describe(end: AxisEnd): string {
  return 'class' in end ? `the class ${end.class}` : `the ${nameOf(end)}`;
}

function isOfClass(classes: RowClasses | null, name: string): (row: number) => boolean {
  const code = classes?.categories.indexOf(name) ?? -1;
  return (row) => code >= 0 && classes?.codes[row] === code;
}

function isOneOf(ids: readonly string[], wanted: ReadonlySet<string>): (row: number) => boolean {
  return (row) => wanted.has(ids[row]);
}

function meanOf({ values, dimensions }: Vectors, rows: readonly number[]): Float64Array {
  const mean = new Float64Array(dimensions);
  for (const row of rows) {
    for (let k = 0; k < dimensions; k++) mean[k] += values[row * dimensions + k] / rows.length;
  }
  return mean;
}
