/** The pointer on the grid: selecting lines, sorting by heads, dragging heads to move them and their edges to resize. */
import { moveColumn, resizeColumn } from '../../../src/domain/runsTable/layout';
import type { SelectionMode } from '../../../src/domain/runsTable/selection';
import { NAME_COLUMN } from '../../../src/domain/runsTable/columns';
import { setAttribute } from '../../dom';
import type { TableStore } from '../state/store';
import { foldersOf } from '../state/view';
import type { Grid } from './grid';
import type { GridIntents } from './keyboard';

/** A head follows the pointer only after it has moved this far: a click sorts. */
const DRAG_PX = 5;

/** Listens to the grid. */
export function listenToPointer(grid: Grid, store: TableStore, intents: GridIntents): void {
  const { element } = grid;
  element.addEventListener('pointerdown', (event) => {
    if (event.button === 0) startDrag(event, grid, store);
  });
  element.addEventListener('click', (event) => onClick(event, grid, store));
  element.addEventListener('dblclick', (event) => {
    const place = grid.placeOf(event.target);
    const entry = place && grid.entryAt(place);
    if (entry?.kind === 'run') intents.open(entry.row.summary.folder);
  });
  element.addEventListener('contextmenu', (event) => {
    const place = grid.placeOf(event.target);
    if (!place) return;
    event.preventDefault();
    selectUnderMenu(place, grid, store);
    grid.activate(place);
    intents.showMenu(event.clientX, event.clientY);
  });
}

/** A menu on an unselected line is about that line; on a selected one about the selection. */
function selectUnderMenu(place: { row: number; column: number }, grid: Grid, store: TableStore): void {
  const entry = grid.entryAt(place);
  if (!entry) return;
  const folders = foldersOf(entry);
  const { chosen } = store.state.selection;
  if (!folders.every((folder) => chosen.has(folder))) store.select(folders, 'only');
}

function onClick(event: MouseEvent, grid: Grid, store: TableStore): void {
  const place = grid.placeOf(event.target);
  if (!place || isHandle(event.target)) return;
  const shown = grid.columnAt(place);
  const entry = grid.entryAt(place);
  if (place.row === 0) {
    grid.activate(place);
    if (shown) store.sort(shown.id, event.shiftKey ? 'add' : 'only');
  } else if (entry) {
    const isOpener = entry.kind === 'group' && shown?.id === NAME_COLUMN && !hasModifier(event);
    if (isOpener) store.toggleGroup(entry.group.key);
    else store.select(foldersOf(entry), modeOf(event));
    grid.activate(place);
  }
}

function modeOf(event: MouseEvent): SelectionMode {
  if (event.shiftKey) return 'range';
  return event.ctrlKey || event.metaKey ? 'toggle' : 'only';
}

function hasModifier(event: MouseEvent): boolean {
  return event.shiftKey || event.ctrlKey || event.metaKey;
}

function isHandle(target: EventTarget | null): boolean {
  return target instanceof Element && target.classList.contains('resize-handle');
}

function startDrag(event: PointerEvent, grid: Grid, store: TableStore): void {
  const place = grid.placeOf(event.target);
  const shown = place?.row === 0 ? grid.columnAt(place) : undefined;
  if (!shown) return;
  if (isHandle(event.target)) {
    event.preventDefault();
    follow(({ clientX }) => {
      const width = shown.width + clientX - event.clientX;
      store.updateLayout((layout) => resizeColumn(layout, shown.id, width));
    });
  } else {
    dragHead(event, shown.id, grid, store);
  }
}

function dragHead(event: PointerEvent, id: string, grid: Grid, store: TableStore): void {
  let over: HTMLElement | undefined;
  let target: string | undefined;
  const mark = (cell: HTMLElement | undefined) => {
    if (over) setAttribute(over, 'data-drop', null);
    over = cell;
    if (cell) setAttribute(cell, 'data-drop', '');
  };
  const onMove = ({ clientX, clientY }: PointerEvent) => {
    if (Math.abs(clientX - event.clientX) < DRAG_PX && target === undefined) return;
    const place = grid.placeOf(document.elementFromPoint(clientX, clientY));
    target = place && grid.columnAt(place)?.id;
    mark(place && grid.cellAt({ ...place, row: 0 }));
  };
  follow(onMove, () => {
    mark(undefined);
    if (target === undefined || target === id) return;
    const destination = target;
    // The click that ends a drag is none.
    grid.element.addEventListener('click', stop, { capture: true, once: true });
    setTimeout(() => grid.element.removeEventListener('click', stop, { capture: true }));
    store.updateLayout((layout) => moveColumn(layout, id, destination));
  });
}

function stop(event: Event): void {
  event.stopPropagation();
}

/** Calls back until the button is released or the pointer is taken away. */
function follow(onMove: (event: PointerEvent) => void, onEnd?: () => void): void {
  const controller = new AbortController();
  const { signal } = controller;
  const finish = () => {
    controller.abort();
    onEnd?.();
  };
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', finish, { signal });
  window.addEventListener('pointercancel', () => controller.abort(), { signal });
}
