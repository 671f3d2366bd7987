/**
 * Points within an outline drawn by hand. The outline is cut into horizontal bands, each with the few edges that pass
 * through it, so a point is tested against those alone: time grows with the points and hardly with the vertices.
 */
import type { Step } from './camera';

const MOST_BANDS = 512;

/** Rows of [count, 2] places inside the closed outline by the non-zero rule, ascending; NaN is outside. */
export function rowsInPolygon(xy: Float32Array, outline: readonly Step[]): Int32Array {
  const bands = bandsOf(outline);
  if (!bands) return new Int32Array(0);
  const { left, right, top, bottom } = bands;
  const rows = new Int32Array(xy.length / 2);
  let found = 0;
  for (let row = 0; row < rows.length; row++) {
    const x = xy[2 * row];
    const y = xy[2 * row + 1];
    if (!(x >= left && x <= right && y >= top && y <= bottom)) continue;
    if (windingAt(bands, x, y) !== 0) rows[found++] = row;
  }
  return rows.slice(0, found);
}

interface Bands {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Bands a pixel. */
  readonly density: number;
  /** [edges, 4]: x and y of both ends. */
  readonly ends: Float64Array;
  /** Edges of band b are `edges[starts[b]]` up to `starts[b + 1]`. */
  readonly starts: Int32Array;
  readonly edges: Int32Array;
}

/** Undefined for an outline without an area. */
function bandsOf(outline: readonly Step[]): Bands | undefined {
  const vertices = outline.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  if (vertices.length < 3) return undefined;
  const [xs, ys] = [vertices.map(({ x }) => x), vertices.map(({ y }) => y)];
  const [top, bottom] = extentOf(ys);
  const [left, right] = extentOf(xs);
  if (!(bottom > top) || !(right > left)) return undefined;
  const count = Math.min(MOST_BANDS, 2 * vertices.length);
  const density = count / (bottom - top);
  const ends = endsOf(vertices);
  return { left, right, top, bottom, density, ends, ...sortedIn(ends, { top, density, count }) };
}

/** Outlines have more vertices than a call may have arguments. */
function extentOf(values: readonly number[]): readonly [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

function endsOf(vertices: readonly Step[]): Float64Array {
  return Float64Array.from(
    vertices.flatMap(({ x, y }, i) => {
      const next = vertices[(i + 1) % vertices.length];
      return [x, y, next.x, next.y];
    }),
  );
}

interface Cut {
  readonly top: number;
  readonly density: number;
  readonly count: number;
}

/** Lists the edges of each band. */
function sortedIn(ends: Float64Array, cut: Cut): Pick<Bands, 'starts' | 'edges'> {
  const lists = Array.from({ length: cut.count }, (): number[] => []);
  const bandOf = (y: number) => Math.min(cut.count - 1, Math.floor((y - cut.top) * cut.density));
  for (let edge = 0; edge < ends.length / 4; edge++) {
    const [y, other] = [ends[4 * edge + 1], ends[4 * edge + 3]];
    for (let band = bandOf(Math.min(y, other)); band <= bandOf(Math.max(y, other)); band++)
      lists[band].push(edge);
  }
  const starts = new Int32Array(cut.count + 1);
  lists.forEach((list, band) => (starts[band + 1] = starts[band] + list.length));
  return { starts, edges: Int32Array.from(lists.flat()) };
}

/** How often the outline goes around a place: edges to its left that go down, less those that go up. */
function windingAt({ starts, edges, ends, top, density }: Bands, x: number, y: number): number {
  const band = Math.min(starts.length - 2, Math.floor((y - top) * density));
  let winding = 0;
  for (let k = starts[band]; k < starts[band + 1]; k++) {
    const at = 4 * edges[k];
    const [ay, by] = [ends[at + 1], ends[at + 3]];
    if (ay <= y === by <= y) continue;
    const crossing = ends[at] + ((y - ay) / (by - ay)) * (ends[at + 2] - ends[at]);
    if (crossing <= x) winding += by > ay ? 1 : -1;
  }
  return winding;
}
