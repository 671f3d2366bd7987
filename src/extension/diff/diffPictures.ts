/**
 * The pictures of the samples that a diff lists, told to the page when it asks for those of a column. Knows nothing of the
 * editor.
 */
import type { RunDiff } from '../../domain/diff/runDiff';
import type { PicturesMessage } from '../../protocol/pages/diff';
import type { Disposable } from '../disposable';
import type { PicturesReader } from '../runs/keptPictures';
import { KeptPictures } from '../runs/keptPictures';

/** What the pictures need of the tab. */
export interface PicturesPort extends PicturesReader {
  post(message: PicturesMessage): PromiseLike<boolean>;
}

/** The pictures of one tab. */
export class DiffPictures implements Disposable {
  readonly #port: PicturesPort;
  readonly #pictures: KeptPictures;

  constructor(port: PicturesPort) {
    this.#port = port;
    this.#pictures = new KeptPictures(port);
  }

  /** Tells the page the pictures of a column, or why there are none. Never rejects. */
  async show(column: number, diff: RunDiff): Promise<void> {
    const shown = diff.samples.diffs.find((each) => each.column === column)?.shown ?? [];
    const folder = diff.columns[column]?.key;
    if (folder === undefined || shown.length === 0) return;
    const ids = shown.map(({ id }) => id);
    const answer = await this.#pictures.get({ folder, ids });
    if (this.#pictures.isGone) return;
    await Promise.resolve(this.#port.post({ type: 'pictures', column, ids, ...answer })).catch(() => false);
  }

  /** Ends what is being read. */
  dispose(): void {
    this.#pictures.dispose();
  }
}
