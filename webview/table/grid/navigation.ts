/** Where the keys lead in the grid. Row 0 is the head, rows from 1 are entries; columns count from 0. Pure. */

/** A cell by its place. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** How far the grid goes: entries, columns, and entries in sight at a time. */
export interface Extent {
  readonly rows: number;
  readonly columns: number;
  readonly pageRows: number;
}

/** A pressed key. */
export interface Stroke {
  readonly key: string;
  readonly ctrl: boolean;
}

/** The place after a key; undefined if the key moves nothing. */
export function moved(from: Place, { key, ctrl }: Stroke, extent: Extent): Place | undefined {
  const to = target(from, key, ctrl, extent);
  return to && { row: clamp(to.row, extent.rows), column: clamp(to.column, extent.columns - 1) };
}

function target(from: Place, key: string, ctrl: boolean, extent: Extent): Place | undefined {
  const page = Math.max(1, extent.pageRows - 1);
  switch (key) {
    case 'ArrowUp':
      return { ...from, row: ctrl ? 1 : from.row - 1 };
    case 'ArrowDown':
      return { ...from, row: ctrl ? extent.rows : from.row + 1 };
    case 'ArrowLeft':
      return { ...from, column: ctrl ? 0 : from.column - 1 };
    case 'ArrowRight':
      return { ...from, column: ctrl ? extent.columns - 1 : from.column + 1 };
    case 'Home':
      return { row: ctrl ? 1 : from.row, column: 0 };
    case 'End':
      return { row: ctrl ? extent.rows : from.row, column: extent.columns - 1 };
    case 'PageUp':
      return { ...from, row: from.row === 0 ? 0 : Math.max(1, from.row - page) };
    case 'PageDown':
      return { ...from, row: from.row + page };
    default:
      return undefined;
  }
}

function clamp(value: number, most: number): number {
  return Math.max(0, Math.min(most, value));
}
