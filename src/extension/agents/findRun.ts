/** Which run a model means. */
import { HumanError } from '../../domain/errors';
import type { RunRecord } from '../../domain/run/record';

const MOST_NAMED = 5;

/**
 * The run with this id or name, or the only one whose id or name begins so; of runs of one name the newest.
 * @param records newest first
 * @throws HumanError that says what there is
 */
export function findRun(records: readonly RunRecord[], text: string): RunRecord {
  const exact =
    records.find(({ summary }) => summary.id === text) ??
    records.find(({ summary }) => summary.name === text);
  if (exact !== undefined) return exact;
  const fitting = records.filter(({ summary: { id, name } }) => id.startsWith(text) || name.startsWith(text));
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) return only;
  const named = (some: readonly RunRecord[]) =>
    some
      .slice(0, MOST_NAMED)
      .map(({ summary }) => summary.id)
      .join(', ');
  if (only !== undefined)
    throw new HumanError(`"${text}" could be any of ${named(fitting)}: give a whole id.`);
  const hint = records.length === 0 ? 'there is no run yet' : `the newest are ${named(records)}`;
  throw new HumanError(`There is no run "${text}": ${hint}.`);
}
