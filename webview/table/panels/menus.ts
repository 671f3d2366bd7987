/** What stands in the menus: that of a head, and that of runs with copy and export. */
import * as l10n from '@vscode/l10n';
import type { ShownColumn } from '../../../src/domain/runsTable/arrange';
import { NAME_COLUMN } from '../../../src/domain/runsTable/columns';
import { moveColumn, toggleColumn, togglePin } from '../../../src/domain/runsTable/layout';
import type { RunRow } from '../../../src/domain/runsTable/row';
import type { TableFormat } from '../../../src/domain/runsTable/tableText';
import { tableText } from '../../../src/domain/runsTable/tableText';
import type { TablePageMessage } from '../../../src/protocol/pages/table';
import type { TableStore } from '../state/store';
import { actionsFor } from './actions';
import { openFilterForm } from './filterForm';
import type { MenuItem } from './menu';
import type { PopupPlace } from './popup';

const FORMAT_NAMES: Readonly<Record<TableFormat, string>> = {
  text: l10n.t('text'),
  csv: 'CSV',
  markdown: 'Markdown',
};

/** The selected runs, or all shown ones. */
export function runMenu(store: TableStore, post: (message: TablePageMessage) => void): MenuItem[] {
  const selected = store.selectedRows;
  const folders = selected.map(({ summary }) => summary.folder);
  const actions = actionsFor(selected).map(({ action, label, icon }) => ({
    label,
    icon,
    run: () => post({ type: 'action', action, folders }),
  }));
  const rows = selected.length === 0 ? store.view.rows : selected;
  if (rows.length === 0) return [];
  const files: TableFormat[] = ['csv', 'markdown', 'text'];
  return [
    ...actions,
    ...(actions.length > 0 ? (['separator'] as const) : []),
    ...files.map((format) => ({
      label: copyLabel(selected.length, FORMAT_NAMES[format]),
      icon: 'copy',
      run: () => post({ type: 'copy', text: textOf(store, rows, format) }),
    })),
    'separator',
    ...files.map((format) => ({
      label: exportLabel(selected.length, FORMAT_NAMES[format]),
      icon: 'export',
      run: () => post({ type: 'export', format, text: textOf(store, rows, format) }),
    })),
  ];
}

function copyLabel(selected: number, format: string): string {
  if (selected === 0) return l10n.t('Copy all shown runs as {0}', format);
  return selected === 1
    ? l10n.t('Copy run as {0}', format)
    : l10n.t('Copy {0} runs as {1}', selected, format);
}

function exportLabel(selected: number, format: string): string {
  if (selected === 0) return l10n.t('Export all shown runs as {0}…', format);
  return selected === 1
    ? l10n.t('Export run as {0}…', format)
    : l10n.t('Export {0} runs as {1}…', selected, format);
}

/** Runs with the shown columns. */
export function textOf(store: TableStore, rows: readonly RunRow[], format: TableFormat): string {
  return tableText(
    rows,
    store.view.columns.map(({ column }) => column),
    format,
  );
}

/** What a head offers, all of it beside pointer and keys. */
export function headMenu(store: TableStore, shown: ShownColumn, place: PopupPlace): MenuItem[] {
  const { id, column } = shown;
  const sortBy = (descending: boolean) => () =>
    store.updateLayout((layout) => ({ ...layout, sort: [{ column: id, descending }] }));
  const sorting: MenuItem[] = [
    { label: l10n.t('Sort ascending'), icon: 'arrow-up', run: sortBy(false) },
    { label: l10n.t('Sort descending'), icon: 'arrow-down', run: sortBy(true) },
    { label: l10n.t('Add as sort key'), run: () => store.sort(id, 'add') },
    { label: l10n.t('Do not sort'), run: () => store.updateLayout((layout) => ({ ...layout, sort: [] })) },
    'separator',
    {
      label: l10n.t('Filter by {0}…', column.label),
      icon: 'filter',
      run: () => openFilterForm(store, place, id),
    },
  ];
  if (id === NAME_COLUMN) return sorting;
  const move = (target: string | undefined) => () => {
    if (target !== undefined) store.updateLayout((layout) => moveColumn(layout, id, target));
  };
  const ids = store.state.layout.columns.map((one) => one.id);
  return [
    ...sorting,
    'separator',
    {
      label: shown.pinned ? l10n.t('Unpin column') : l10n.t('Pin column'),
      icon: 'pin',
      run: () => store.updateLayout((layout) => togglePin(layout, id)),
    },
    {
      label: l10n.t('Move to the start'),
      run: move(
        store.state.layout.columns.find(({ pinned }) => pinned === shown.pinned && ids[0] !== id)?.id,
      ),
    },
    { label: l10n.t('Move to the end'), run: move(ids.at(-1)) },
    {
      label: l10n.t('Hide column'),
      icon: 'close',
      run: () => store.updateLayout((layout) => toggleColumn(layout, column)),
    },
  ];
}
