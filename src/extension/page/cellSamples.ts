/** Which samples of a map stand behind a cell of a confusion matrix. */
import type { Column } from '../../protocol/pages/projector';
import { COLUMN } from '../../protocol/pages/projector';

/** The ids of the samples of a class that were taken for another; undefined where class or answer is not known. */
export function samplesOfCell(
  { trueClass, answer }: { readonly trueClass: string; readonly answer: string },
  ids: readonly string[],
  columns: readonly Column[],
): readonly string[] | undefined {
  const own = codesOf(columns, COLUMN.class, trueClass);
  const answered = codesOf(columns, COLUMN.prediction, answer);
  if (own === undefined || answered === undefined) return undefined;
  return ids.filter((_, row) => own(row) && answered(row));
}

function codesOf(
  columns: readonly Column[],
  name: string,
  category: string,
): ((row: number) => boolean) | undefined {
  const column = columns.findLast((each) => each.name === name);
  if (column?.kind !== 'category') return undefined;
  const code = column.categories.indexOf(category);
  return code < 0 ? undefined : (row) => column.codes[row] === code;
}
