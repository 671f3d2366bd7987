/** What a classifier of the run answered to each row of a snapshot, as columns: prediction, confidence, correct. */
import { access } from 'node:fs/promises';
import { COLUMN_NAME, categoryColumn, cellText, columnOf, type Column } from '../../domain/maps/columns';
import { readMetadataTable } from './metadataTable';

/** Values of the column `correct`, in the order of their codes. */
const CORRECT = ['correct', 'wrong'];

/** The columns of a file of `rows` rows; empty if there is no such file. `known` holds the labels. */
export async function predictionColumns(
  path: string,
  rows: number,
  known: readonly Column[],
): Promise<Column[]> {
  const isThere = await access(path).then(
    () => true,
    () => false,
  );
  if (!isThere) return [];
  const { columns } = await readMetadataTable(path, rows);
  const cells = columns.find(({ name }) => name === COLUMN_NAME.prediction)?.cells;
  const others = columns.filter(({ name }) => name !== COLUMN_NAME.prediction);
  const read = others.map((column) => columnOf(column.name, column.cells));
  if (cells === undefined) return read;
  return [categoryColumn(COLUMN_NAME.prediction, cells), ...read, ...correctColumn(cells, known)];
}

function correctColumn(predictions: readonly string[], known: readonly Column[]): Column[] {
  const labels = known.find(({ name }) => name === COLUMN_NAME.class);
  if (labels === undefined) return [];
  const codes = Int32Array.from(predictions, (prediction, row) => {
    const label = cellText(labels, row);
    if (prediction === '' || label === '') return -1;
    return prediction === label ? 0 : 1;
  });
  return [{ kind: 'category', name: COLUMN_NAME.correct, categories: [...CORRECT], codes }];
}
