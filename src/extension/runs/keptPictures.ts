/**
 * Pictures of samples for one tab: read once, kept while the tab lasts, and where there are none the sentence that says
 * why. Knows nothing of the editor.
 */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../../domain/errors';
import type { Disposable } from '../disposable';
import type { SamplePictures, WantedPictures } from './samplePictures';

/** Pictures, or none and why. */
export interface ReadPictures extends SamplePictures {
  readonly problem: string;
}

/** What the pictures are read with. */
export interface PicturesReader {
  /** Rejects with HumanError where there are none. */
  read(wanted: WantedPictures, signal: AbortSignal): Promise<SamplePictures>;
  /** Told about a defect. */
  fail(thrown: unknown): void;
}

const NONE = { height: 0, width: 0, pixels: new Uint8Array(0) };
const DEFECT = l10n.t('The pictures could not be read because of a defect in SupCon Lab; the log says more.');

/** Further pictures take the place of the oldest. */
const MOST_KEPT = 20;

/** The pictures of one tab. */
export class KeptPictures implements Disposable {
  readonly #reader: PicturesReader;
  readonly #gone = new AbortController();
  readonly #kept = new Map<string, Promise<SamplePictures>>();

  constructor(reader: PicturesReader) {
    this.#reader = reader;
  }

  /** Whether the tab is gone, and nobody waits for pictures. */
  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /** Reads them, or remembers them. Never rejects. */
  async get(wanted: WantedPictures): Promise<ReadPictures> {
    try {
      return { ...(await this.#read(wanted)), problem: '' };
    } catch (thrown) {
      return { ...NONE, problem: this.#explain(thrown) };
    }
  }

  /** Ends what is being read. */
  dispose(): void {
    this.#gone.abort();
    this.#kept.clear();
  }

  /** What failed is read again the next time, for its cause may be gone. */
  #read(wanted: WantedPictures): Promise<SamplePictures> {
    const key = JSON.stringify(wanted);
    const kept = this.#kept.get(key) ?? this.#reader.read(wanted, this.#gone.signal);
    this.#kept.set(key, kept);
    kept.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return kept;
  }

  #explain(thrown: unknown): string {
    if (thrown instanceof HumanError) return thrown.message;
    if (!this.isGone) this.#reader.fail(thrown);
    return DEFECT;
  }
}
