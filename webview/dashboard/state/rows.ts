/** Where cards stand in a grid of equal columns in which some are enlarged to the full width, and which of them are in view. */

/** What an arrangement is made from, in CSS pixels. */
export interface GridOptions {
  readonly columns: number;
  readonly gap: number;
  isWide(key: string): boolean;
  heightOf(key: string): number;
}

/** A row of cards. */
export interface GridRow {
  readonly top: number;
  readonly height: number;
  readonly keys: readonly string[];
  readonly isWide: boolean;
}

/** All rows, and the height of the whole. */
export interface GridPlan {
  readonly rows: readonly GridRow[];
  readonly height: number;
}

/** Fills rows in order; an enlarged card ends the row before it and has one to itself. */
export function planRows(keys: readonly string[], options: GridOptions): GridPlan {
  const rows: GridRow[] = [];
  let top = 0;
  const close = (row: readonly string[], isWide: boolean) => {
    if (row.length === 0) return;
    const height = row.reduce((most, key) => Math.max(most, options.heightOf(key)), 0);
    rows.push({ top, height, keys: row, isWide });
    top += height + options.gap;
  };
  let open: string[] = [];
  for (const key of keys) {
    const isWide = options.isWide(key);
    if (isWide || open.length === options.columns) {
      close(open, false);
      open = [];
    }
    if (isWide) close([key], true);
    else open.push(key);
  }
  close(open, false);
  return { rows, height: Math.max(0, top - options.gap) };
}

/** The rows that reach into a stretch of the grid, found by halving. */
export function rowsBetween({ rows }: GridPlan, from: number, to: number): readonly GridRow[] {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const row = rows[middle];
    if (row && row.top + row.height < from) low = middle + 1;
    else high = middle;
  }
  let end = low;
  while (end < rows.length && (rows[end]?.top ?? Infinity) <= to) end++;
  return rows.slice(low, end);
}
