/**
 * Columns and groups that SupCon Lab makes by itself, in the words of the reader. Their names in data and files are English;
 * what a source has recorded stands as it is.
 */
import * as l10n from '@vscode/l10n';
import { COLUMN_NAME } from '../../../src/domain/maps/columns';

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
