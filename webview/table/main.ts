/**
 * Wires the page of the runs table: messages from the host are folded into the store, the panels draw it at most once
 * a frame, and every few seconds for the texts that tell the time.
 */
import * as l10n from '@vscode/l10n';
import '../localise';
import type { TableHostMessage, TablePageMessage } from '../../src/protocol/pages/table';
import { parseTableHostMessage } from '../../src/protocol/pages/table';
import { exactText } from '../../src/domain/runsTable/cellText';
import { element, oncePerFrame, onceSettled, showIf } from '../dom';
import { registerControls } from '../toolkit';
import type { HostLink } from '../vscodeApi';
import { connectToHost } from '../vscodeApi';
import { Grid } from './grid/grid';
import { listenToKeys } from './grid/keyboard';
import { listenToPointer } from './grid/pointer';
import { createChips } from './panels/chips';
import { openMenu } from './panels/menu';
import { headMenu, runMenu, textOf } from './panels/menus';
import { createNotice } from './panels/notice';
import { createToolbar } from './panels/toolbar';
import type { Remembered } from './state/remembered';
import { parseRemembered } from './state/remembered';
import { TableStore } from './state/store';

/** Relative times change in the first minute alone by the second, and no run starts so often. */
const TICK_MS = 5000;

/** When the page says what it waits for. */
const WAITING_MS = 320;

/** The editor saves late and slowly, and so does the workspace. */
const SETTLE_MS = 400;

type Host = HostLink<TableHostMessage, TablePageMessage, Remembered>;

function main(): void {
  registerControls();
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');
  const host: Host = connectToHost(parseTableHostMessage);
  const remembered = parseRemembered(host.recall());
  const keepLayout = onceSettled(() => host.post({ type: 'layout', layout: store.state.layout }), SETTLE_MS);
  const page: { draw: () => void } = { draw: () => undefined };
  const store = new TableStore(remembered, {
    onChange: () => page.draw(),
    onLayout: () => keepLayout(),
  });
  const { grid, draw } = createPage(root, store, host);
  const remember = onceSettled(() => host.remember(toRemember(store, grid)), SETTLE_MS);
  page.draw = () => {
    draw();
    remember();
  };
  grid.element.addEventListener('scroll', remember, { passive: true });
  listenToHost(host, store, grid, remembered);
  setInterval(draw, TICK_MS);
  setTimeout(draw, WAITING_MS);
  draw();
  host.post({ type: 'boot' });
}

function createPage(root: HTMLElement, store: TableStore, host: Host) {
  const grid = new Grid();
  const post = (message: TablePageMessage) => host.post(message);
  const toolbar = createToolbar(store, {
    showActions: (place) => openMenu(l10n.t('Actions'), runMenu(store, post), place),
  });
  const chips = createChips(store);
  const notice = createNotice(store, post);
  root.append(
    element('div', { class: 'table-page' }, [toolbar.element, chips.element, notice.element, grid.element]),
  );
  const intents = {
    open: (folder: string) => post({ type: 'action', action: 'openDashboard', folders: [folder] }),
    showMenu: (x: number, y: number) => {
      const shown = grid.place.row === 0 ? grid.columnAt(grid.place) : undefined;
      openMenu(l10n.t('Menu'), shown ? headMenu(store, shown, { x, y }) : runMenu(store, post), { x, y });
    },
  };
  listenToKeys(grid, store, intents);
  listenToPointer(grid, store, intents);
  listenToCopy(grid, store);
  listenToFind(toolbar.search);
  const draw = oncePerFrame(() => {
    const now = Date.now();
    const hasTable = store.state.model.sequence !== null && store.state.model.rows.size > 0;
    showIf(toolbar.element, hasTable);
    showIf(grid.element, hasTable);
    toolbar.update();
    chips.update();
    notice.update(now);
    if (hasTable) grid.update({ state: store.state, view: store.view, now });
  });
  return { grid, draw };
}

function listenToHost(host: Host, store: TableStore, grid: Grid, { left, top }: Remembered): void {
  let isPointerThere = false;
  grid.element.addEventListener('pointerenter', () => (isPointerThere = true));
  grid.element.addEventListener('pointerleave', () => (isPointerThere = false));
  let isSnapshotAsked = false;
  let isFirst = true;
  host.onMessage((message) => {
    const missed = store.receive(message, isPointerThere || grid.hasFocus);
    if (missed && !isSnapshotAsked) host.post({ type: 'missed' });
    isSnapshotAsked = missed;
    if (!isFirst || missed) return;
    isFirst = false;
    // Two frames: the first draws the size that can be scrolled.
    requestAnimationFrame(() => requestAnimationFrame(() => grid.element.scrollTo({ left, top })));
  });
}

/** Copies the selected runs, or the exact value of the active cell. */
function listenToCopy(grid: Grid, store: TableStore): void {
  document.addEventListener('copy', (event) => {
    if (!grid.hasFocus || !event.clipboardData) return;
    const rows = store.selectedRows;
    const entry = grid.entryAt(grid.place);
    const shown = grid.columnAt(grid.place);
    const value =
      entry?.kind === 'run' && shown ? exactText(shown.column.of(entry.row), shown.column.kind) : '';
    event.clipboardData.setData('text/plain', rows.length > 0 ? textOf(store, rows, 'text') : value);
    event.preventDefault();
  });
}

function listenToFind(search: HTMLInputElement): void {
  document.addEventListener('keydown', (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key !== 'f') return;
    event.preventDefault();
    search.focus();
    search.select();
  });
}

function toRemember({ state }: TableStore, { element: { scrollLeft, scrollTop } }: Grid): Remembered {
  return {
    search: state.search,
    openGroups: [...state.openGroups],
    selected: [...state.selection.chosen],
    left: scrollLeft,
    top: scrollTop,
  };
}

main();
