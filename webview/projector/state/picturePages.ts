/** Pages of pictures as the host sends them, asked for when one of their rows is to be seen; the oldest are let go. */
import type { Pane } from '../../../src/domain/maps/request';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorPageMessage,
} from '../../../src/protocol/pages/projector';
import type { Place } from './partners';

/** How the pictures of a source lie in their pages. */
export type PictureShape = NonNullable<PaneSource['pictures']>;

/** One picture: [height, width, channels], 0 to 255. */
export interface Picture {
  readonly pixels: Uint8Array;
  readonly shape: PictureShape;
}

const MOST_PAGES = 24;

/** The pages of one page of the editor. */
export class PicturePages {
  readonly #pages = new Map<string, Uint8Array>();
  readonly #asked = new Set<string>();

  constructor(private readonly post: (message: ProjectorPageMessage) => void) {}

  /** The picture of a row; undefined until it has come, and where the row has none. */
  get({ pane, row }: Place, shape: PictureShape | null): Picture | undefined {
    if (!shape || shape.perPage === 0) return undefined;
    const page = Math.floor(row / shape.perPage);
    const pixels = this.#page(pane, page, shape);
    if (!pixels) return undefined;
    const size = shape.height * shape.width * shape.channels;
    const start = (row % shape.perPage) * size;
    return start + size <= pixels.length
      ? { pixels: pixels.subarray(start, start + size), shape }
      : undefined;
  }

  add({ pane, page, pixels }: Extract<ProjectorHostMessage, { readonly type: 'pictures' }>): void {
    const key = keyOf(pane, page);
    this.#pages.set(key, pixels);
    this.#asked.delete(key);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
  }

  clear(): void {
    this.#pages.clear();
    this.#asked.clear();
  }

  #page(pane: Pane, page: number, { pages }: PictureShape): Uint8Array | undefined {
    const key = keyOf(pane, page);
    const known = this.#pages.get(key);
    if (known) {
      // What was used last is let go last.
      this.#pages.delete(key);
      this.#pages.set(key, known);
    } else if (page < pages && !this.#asked.has(key)) {
      this.#asked.add(key);
      this.post({ type: 'pictures', pane, page });
    }
    return known;
  }
}

function keyOf(pane: Pane, page: number): string {
  return `${pane}/${page}`;
}
