/**
 * The pictures of the samples that a diff lists: read once a column, kept while the tab lasts, and told to the page when
 * it asks. Knows nothing of the editor.
 */
import type { RunDiff } from '../../domain/diff/runDiff';
import { HumanError } from '../../domain/errors';
import type { PicturesMessage } from '../../protocol/pages/diff';
import type { Disposable } from '../disposable';
import type { SamplePictures, WantedPictures } from '../runs/samplePictures';

/** What the pictures need of the tab. */
export interface PicturesPort {
  post(message: PicturesMessage): PromiseLike<boolean>;
  /** Rejects with HumanError where there are none. */
  read(wanted: WantedPictures, signal: AbortSignal): Promise<SamplePictures>;
  /** Told about a defect. */
  fail(thrown: unknown): void;
}

const NONE = { height: 0, width: 0, pixels: new Uint8Array(0) };
const DEFECT = 'The pictures could not be read because of a defect in SupCon Lab; the log says more.';

/** The pictures of one tab. */
export class DiffPictures implements Disposable {
  readonly #port: PicturesPort;
  readonly #gone = new AbortController();
  readonly #kept = new Map<string, Promise<SamplePictures>>();

  constructor(port: PicturesPort) {
    this.#port = port;
  }

  /** Tells the page the pictures of a column, or why there are none. Never rejects. */
  async show(column: number, diff: RunDiff): Promise<void> {
    const shown = diff.samples.diffs.find((each) => each.column === column)?.shown ?? [];
    const folder = diff.columns[column]?.key;
    if (folder === undefined || shown.length === 0) return;
    const ids = shown.map(({ id }) => id);
    const answer = await this.#read({ folder, ids }).then(
      (pictures) => ({ ...pictures, problem: '' }),
      (thrown: unknown) => ({ ...NONE, problem: this.#explain(thrown) }),
    );
    if (this.#gone.signal.aborted) return;
    await Promise.resolve(this.#port.post({ type: 'pictures', column, ids, ...answer })).catch(() => false);
  }

  /** Ends what is being read. */
  dispose(): void {
    this.#gone.abort();
    this.#kept.clear();
  }

  /** What failed is read again the next time, for its cause may be gone. */
  #read(wanted: WantedPictures): Promise<SamplePictures> {
    const key = JSON.stringify(wanted);
    const kept = this.#kept.get(key) ?? this.#port.read(wanted, this.#gone.signal);
    this.#kept.set(key, kept);
    kept.catch(() => this.#kept.delete(key));
    return kept;
  }

  #explain(thrown: unknown): string {
    if (thrown instanceof HumanError) return thrown.message;
    if (!this.#gone.signal.aborted) this.#port.fail(thrown);
    return DEFECT;
  }
}
