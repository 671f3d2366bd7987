/** The pictures of a pane, opened once. Data sets are read for them, so opening a pane waits for a moment and no longer. */
import { setTimeout as delay } from 'node:timers/promises';
import { HumanError } from '../../../domain/errors';
import type { Pictures } from '../../../formats/embeddings/source';
import type { Pane } from './pane';

/** How long a pane that is opened waits for its pictures. */
const PATIENCE_MS = 4000;

/** What is known of pictures when a pane is opened. */
export interface PictureFacts {
  readonly pictures: Pictures | null;
  /** Why there are none, where that is worth a word. */
  readonly notes: readonly string[];
}

const opened = new WeakMap<Pane, Promise<Pictures>>();

/** The pictures of a pane. Rejects with HumanError where there are none. */
export function picturesOf(pane: Pane): Promise<Pictures> {
  const { openPictures } = pane.source;
  if (openPictures === undefined || pane.shown !== null)
    return Promise.reject(new HumanError('There are no pictures of these samples.'));
  const known = opened.get(pane) ?? openPictures();
  opened.set(pane, known);
  return known;
}

/** The pictures if they are there soon. Never rejects because of pictures. */
export async function pictureFacts(pane: Pane): Promise<PictureFacts> {
  if (pane.source.openPictures === undefined || pane.shown !== null) return { pictures: null, notes: [] };
  const late = new AbortController();
  try {
    const patience = delay(PATIENCE_MS, undefined, { signal: late.signal, ref: false });
    const pictures = await Promise.race([picturesOf(pane), patience]);
    if (pictures !== undefined) return { pictures, notes: [] };
    return { pictures: null, notes: ['Pictures are still being read: open the map again to see them.'] };
  } catch (thrown) {
    if (!(thrown instanceof HumanError)) throw thrown;
    return { pictures: null, notes: [thrown.message] };
  } finally {
    late.abort();
  }
}
