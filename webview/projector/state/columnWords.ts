/**
 * Columns and groups that SupCon Lab makes by itself, in the words of the reader. Their names in data and files are English;
 * what a source has recorded stands as it is.
 */
import * as l10n from '@vscode/l10n';
import type { Column } from '../../../src/domain/maps/columns';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';
import type { Sides } from './model';

const COLUMN_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    [COLUMN_NAME.class]: l10n.t('class'),
    [COLUMN_NAME.prediction]: l10n.t('prediction'),
    [COLUMN_NAME.correct]: l10n.t({ message: 'correct', comment: ['an answer that is right'], args: [] }),
    [COLUMN_NAME.confidence]: l10n.t('confidence'),
    [COLUMN_NAME.split]: l10n.t({ message: 'split', comment: ['of a data set, a noun'], args: [] }),
    [COLUMN_NAME.cluster]: l10n.t('cluster'),
    [COLUMN_NAME.neighbourChange]: l10n.t('neighbour change'),
  } satisfies Record<(typeof COLUMN_NAME)[keyof typeof COLUMN_NAME], string>),
);

/** Name of a column on the page. */
export function columnWords(name: string): string {
  return COLUMN_WORDS.get(name) ?? name;
}

/** Name of a column of one pane, with how it came about. */
export function labelOfColumn({ name, isVoted }: Column): string {
  const words = columnWords(name);
  return isVoted === true ? l10n.t('{0} (by neighbours)', words) : words;
}

/** Name of the columns that both panes call so, with how they came about. */
export function labelOfColumns(name: string, columns: Sides<readonly Column[]>): string {
  const words = columnWords(name);
  const { left, right } = votedSides(name, columns);
  if (left && right) return l10n.t('{0} (by neighbours)', words);
  if (left) return l10n.t('{0} (left by neighbours)', words);
  return right ? l10n.t('{0} (right by neighbours)', words) : words;
}

/** What to know of colours that nothing recorded stands behind; empty where something does. */
export function votedWords(name: string, columns: Sides<readonly Column[]>): string {
  const { left, right } = votedSides(name, columns);
  if (!left && !right) return '';
  if (left && right)
    return l10n.t('No predictions are recorded: these are votes of the nearest samples in full dimension.');
  return left
    ? l10n.t(
        'No predictions of the left map are recorded: its colours are votes of the nearest samples in full dimension.',
      )
    : l10n.t(
        'No predictions of the right map are recorded: its colours are votes of the nearest samples in full dimension.',
      );
}

/** Which panes have votes for values; one pane alone stands for both. */
function votedSides(name: string, { left, right }: Sides<readonly Column[]>) {
  const isVoted = (columns: readonly Column[]) =>
    columns.find((column) => column.name === name)?.isVoted === true;
  return { left: isVoted(left), right: isVoted(right ?? left) };
}

/** Name of a group of a column on the page. */
export function groupWords(column: string, group: string): string {
  if (column === COLUMN_NAME.correct) return correctWords(group);
  const number = column === COLUMN_NAME.cluster ? /^cluster (\d+)$/.exec(group)?.[1] : undefined;
  return number === undefined ? group : l10n.t('cluster {0}', number);
}

function correctWords(group: string): string {
  if (group === 'correct')
    return l10n.t({ message: 'correct', comment: ['an answer that is right'], args: [] });
  return group === 'wrong' ? l10n.t('wrong') : group;
}
