/** Cosine similarities of views in a terminal. */
import Table from 'cli-table3';

const DIGITS = 2;

/** A matrix of cosines for a terminal, views counted from 1. */
export function cosineTable(matrix: readonly (readonly number[])[]): string {
  const table = new Table({
    head: ['', ...matrix.map((_, view) => String(view + 1))],
    colAligns: ['right', ...matrix.map(() => 'right' as const)],
    style: { head: [], border: [] },
  });
  matrix.forEach((row, view) =>
    table.push([String(view + 1), ...row.map((cosine) => cosine.toFixed(DIGITS))]),
  );
  return table.toString();
}
