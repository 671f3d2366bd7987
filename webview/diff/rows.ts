/** Sections of one text a column: what differs, and the equal rows folded into their count. */
import * as l10n from '@vscode/l10n';
import { letterOf } from '../../src/domain/diff/columns';
import type { DiffCell, DiffRow, RowSectionName } from '../../src/domain/diff/runDiff';
import { NOT_RECORDED } from '../../src/domain/diff/rows';
import { foldedRows, summaryOfRows } from '../../src/domain/diff/words';
import { element } from '../dom';
import type { DiffContext } from './context';
import { roveOver } from './roving';
import { breakable, createSection, createTable, foldLine } from './section';

const TITLES: Readonly<Record<RowSectionName, string>> = {
  outcome: l10n.t('Outcome'),
  configuration: l10n.t('Configuration'),
  data: l10n.t('Data'),
  environment: l10n.t('Environment'),
  engine: l10n.t('Engine'),
};

/** The section of a name. */
export function rowSection(name: RowSectionName, context: DiffContext): HTMLElement {
  const { rows, problems } = context.diff[name];
  // How runs went is of interest even where it is equal.
  const isOpen = (row: DiffRow) => context.all || name === 'outcome' || row.differs;
  const open = rows.filter(isOpen);
  const folded = rows.filter((row) => !isOpen(row));
  // Where all rows are folded their line says it.
  const summary = name === 'outcome' || (open.length === 0 && rows.length > 0) ? '' : summaryOfRows({ rows });
  return createSection({ title: TITLES[name], summary, problems }, [
    ...(open.length === 0 ? [] : [rowTable(name, open, context)]),
    ...foldLine(foldedRows(folded), folded.length, () => [rowTable(name, folded, context)]),
  ]);
}

/** The rows as a table; those of a configuration link to the keys in their files. */
export function rowTable(
  name: RowSectionName | 'code',
  rows: readonly DiffRow[],
  context: DiffContext,
): HTMLTableElement {
  const links: HTMLElement[][] = [];
  const lines = rows.map((row) => {
    const cells = row.cells.map((cell, column) => cellOf(cell, { row, column, name, context }));
    links.push(cells.flatMap((cell) => [...cell.querySelectorAll<HTMLElement>('button.link')]));
    const attributes = { scope: 'row', ...(row.description === '' ? {} : { title: row.description }) };
    const head = element('th', { class: 'row-name', attributes }, breakable(row.label));
    return element('tr', { class: row.differs ? 'differs' : 'equal' }, [head, ...cells]);
  });
  const heads = context.diff.columns.map((_, column) => letterOf(column));
  const table = createTable(name === 'code' ? l10n.t('Commits') : TITLES[name], heads, lines);
  roveOver(table, links);
  return table;
}

interface CellOptions {
  readonly row: DiffRow;
  readonly column: number;
  readonly name: RowSectionName | 'code';
  readonly context: DiffContext;
}

function cellOf(cell: DiffCell, { row, column, name, context }: CellOptions): HTMLElement {
  const { text, title, note, differs } = cell;
  const isSame = row.differs && column > 0 && !differs && text !== NOT_RECORDED;
  const options = { class: 'value', text, ...(title === '' ? {} : { attributes: { title } }) };
  const isLink = name === 'configuration' && cell.value !== null;
  const value = isLink ? keyLink(row, column, { options, context }) : element('span', options);
  const remarks = [isSame ? l10n.t('same') : '', note].filter((remark) => remark !== '');
  const quiet = remarks.map((remark) => element('span', { class: 'remark quiet', text: remark }));
  return element('td', { class: classOf(column, cell, row) }, [value, ...quiet]);
}

function keyLink(
  row: DiffRow,
  column: number,
  { options, context }: { options: { text: string }; context: DiffContext },
): HTMLElement {
  const label = l10n.t(
    '{0} {1}, open in the configuration of {2}',
    row.label,
    options.text,
    letterOf(column),
  );
  const link = element('button', {
    class: 'link value',
    text: options.text,
    attributes: { type: 'button', 'aria-label': label },
  });
  link.addEventListener('click', () => context.post({ type: 'openKey', column, key: row.key }));
  return link;
}

function classOf(column: number, cell: DiffCell, row: DiffRow): string {
  const kinds = [
    column === 0 ? 'baseline' : '',
    cell.value === null ? 'missing' : '',
    row.differs && cell.differs ? 'changed' : '',
  ];
  return kinds.filter((kind) => kind !== '').join(' ');
}
