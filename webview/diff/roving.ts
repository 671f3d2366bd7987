/** Links in a table as one tab stop: arrow keys move between them, along rows and columns. */

const MOVES: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Makes the links of a table, row by row, one tab stop. Rows without links are passed over. */
export function roveOver(table: HTMLElement, links: readonly (readonly HTMLElement[])[]): void {
  const grid = links.filter((row) => row.length > 0);
  for (const [r, row] of grid.entries()) {
    for (const [c, link] of row.entries()) {
      link.tabIndex = r === 0 && c === 0 ? 0 : -1;
      link.addEventListener('focus', () => setStop(grid, link));
    }
  }
  table.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (move === undefined) return;
    const next = neighbourOf(grid, document.activeElement, move);
    if (next === undefined) return;
    next.focus();
    event.preventDefault();
  });
}

function setStop(grid: readonly (readonly HTMLElement[])[], stop: HTMLElement): void {
  for (const link of grid.flat()) link.tabIndex = link === stop ? 0 : -1;
}

function neighbourOf(
  grid: readonly (readonly HTMLElement[])[],
  from: Element | null,
  [rows, columns]: readonly [number, number],
): HTMLElement | undefined {
  const r = grid.findIndex((row) => row.some((link) => link === from));
  const c = grid[r]?.findIndex((link) => link === from) ?? -1;
  return grid[r + rows]?.[c + columns];
}
