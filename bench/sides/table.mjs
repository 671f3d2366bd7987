/** The page of the runs table as the extension makes it, and a snapshot for it of any size. */
import { pageHtml } from '../../src/extension/page/html';
import { PAGES, scriptOf } from '../../src/extension/page/pages';
import { DEFAULT_LAYOUT } from '../../src/domain/runsTable/layout';

const HOUR_MS = 3_600_000;

/**
 * The HTML, whose files are below an address.
 * @param {string} origin
 */
export function tableHtml(origin) {
  return pageHtml({
    cspSource: origin,
    nonce: 'YmVuY2htYXJr',
    title: PAGES.table.title,
    script: `${origin}/${scriptOf('table')}`,
    styles: PAGES.table.styles.map((path) => `${origin}/${path}`),
    size: 'wide',
  });
}

/** The styles of the page, by their path below dist/. */
export const styles = PAGES.table.styles;

/**
 * Runs with so many settings, all of them shown.
 * @param {number} runs
 * @param {number} columns beside name and state
 */
export function tableSnapshot(runs, columns) {
  const names = Array.from({ length: columns }, (_, i) => `section${i % 10}.setting${i}`);
  const shown = names.map((name) => ({ id: `setting:${name}`, width: 112, pinned: false }));
  const layout = { ...DEFAULT_LAYOUT, columns: [...DEFAULT_LAYOUT.columns.slice(0, 2), ...shown] };
  const rows = Array.from({ length: runs }, (_, i) => rowOf(i, names));
  return { type: 'snapshot', sequence: 1, rows, layout, trusted: true };
}

/**
 * @param {number} place
 * @param {readonly string[]} names
 */
function rowOf(place, names) {
  const id = `fmnist-supcon-r18-s${place}`;
  const createdAt = Date.now() - place * HOUR_MS;
  const settings = Object.fromEntries(names.map((name, i) => [name, ((place * 31 + i * 17) % 9973) / 1000]));
  const nothing = { pid: null, signal: null, reason: null, progress: null, headline: null, engine: null };
  return {
    summary: {
      ...nothing,
      id,
      name: id,
      folder: `/runs/${id}`,
      state: 'ended',
      endState: 'completed',
      createdAt,
      endedAt: createdAt + HOUR_MS,
      heartbeat: null,
      stop: null,
      queuedBehind: null,
      loss: 'supcon',
      resumable: false,
      kind: 'training',
      group: '',
      seed: place,
      starred: false,
      tags: [],
      notes: '',
      archived: false,
    },
    settings,
    figures: {},
    tags: {},
    seedGroup: id,
  };
}
