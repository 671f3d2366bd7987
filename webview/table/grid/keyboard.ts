/** The keys of the grid. What moves is `moved`; the rest selects, sorts, arranges columns, and opens. */
import { LEAST_WIDTH, moveColumn, resizeColumn } from '../../../src/domain/runsTable/layout';
import { foldersOf } from '../state/view';
import type { TableStore } from '../state/store';
import type { Grid } from './grid';
import { moved } from './navigation';

/** What keys and pointer ask for beyond the store. */
export interface GridIntents {
  /** Opens what stands for one run. */
  open(folder: string): void;
  /** Shows the menu of the active cell at a point of the viewport. */
  showMenu(x: number, y: number): void;
}

/** One press widens or narrows a column by this. */
const RESIZE_STEP_PX = 16;

/** Listens to the grid. */
export function listenToKeys(grid: Grid, store: TableStore, intents: GridIntents): void {
  grid.element.addEventListener('keydown', (event) => {
    const isTaken = grid.place.row === 0 ? onHead(event, grid, store) : onEntry(event, grid, store, intents);
    if (!isTaken && !onAnywhere(event, grid, store, intents)) return;
    event.preventDefault();
    event.stopPropagation();
  });
}

function onHead(event: KeyboardEvent, grid: Grid, store: TableStore): boolean {
  const shown = grid.columnAt(grid.place);
  if (!shown) return false;
  if (event.key === 'Enter' || event.key === ' ') {
    store.sort(shown.id, event.shiftKey ? 'add' : 'only');
    return true;
  }
  const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
  if (step === 0 || !event.altKey) return false;
  if (event.shiftKey) {
    const width = Math.max(LEAST_WIDTH, shown.width + step * RESIZE_STEP_PX);
    store.updateLayout((layout) => resizeColumn(layout, shown.id, width));
    return true;
  }
  const neighbour = grid.columnAt({ ...grid.place, column: grid.place.column + step });
  if (neighbour) store.updateLayout((layout) => moveColumn(layout, shown.id, neighbour.id));
  grid.activate(grid.place);
  return true;
}

function onEntry(event: KeyboardEvent, grid: Grid, store: TableStore, intents: GridIntents): boolean {
  const entry = grid.entryAt(grid.place);
  if (!entry) return false;
  if (event.key === ' ') {
    store.select(foldersOf(entry), event.shiftKey ? 'range' : 'toggle');
  } else if (event.key === 'Enter') {
    if (entry.kind === 'group') store.toggleGroup(entry.group.key);
    else intents.open(entry.row.summary.folder);
  } else {
    return false;
  }
  return true;
}

function onAnywhere(event: KeyboardEvent, grid: Grid, store: TableStore, intents: GridIntents): boolean {
  const ctrl = event.ctrlKey || event.metaKey;
  if (ctrl && event.key === 'a') {
    store.selectAll();
  } else if (event.key === 'Escape' && store.state.selection.chosen.size > 0) {
    store.selectNothing();
  } else if (event.key === 'ContextMenu' || (event.shiftKey && event.key === 'F10')) {
    const box = grid.cellAt(grid.place)?.getBoundingClientRect();
    intents.showMenu(box?.left ?? 0, box?.bottom ?? 0);
  } else {
    return event.altKey ? false : move(event, grid, store);
  }
  return true;
}

function move(event: KeyboardEvent, grid: Grid, store: TableStore): boolean {
  const { view } = store;
  const extent = { rows: view.entries.length, columns: view.columns.length, pageRows: grid.pageRows };
  const place = moved(grid.place, { key: event.key, ctrl: event.ctrlKey || event.metaKey }, extent);
  if (!place) return false;
  const from = grid.entryAt(grid.place);
  grid.activate(place);
  const to = grid.entryAt(place);
  if (!event.shiftKey || !to || to === from) return true;
  // A range begins where the first shift was pressed.
  if (store.state.selection.anchor === undefined && from) store.select(foldersOf(from), 'only');
  store.select(foldersOf(to), 'range');
  return true;
}
