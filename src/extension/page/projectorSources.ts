/** What a tab is about, opened. An opening that was begun before another, or before a closing, counts no more. */
import type { OpenedProjector, ProjectorPort } from './projectorPort';

/** The sources of one tab. */
export class ProjectorSources {
  #opened: OpenedProjector | undefined;
  #isOpening = false;
  #turn = 0;

  constructor(private readonly port: Pick<ProjectorPort, 'open'>) {}

  get opened(): OpenedProjector | undefined {
    return this.#opened;
  }

  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** Keeps what was arranged or saved meanwhile. */
  change(part: Partial<Pick<OpenedProjector, 'selections' | 'layout'>>): void {
    if (this.#opened !== undefined) this.#opened = { ...this.#opened, ...part };
  }

  /** Opens them; undefined, and nothing thrown, if this opening counts no more. */
  async open(): Promise<OpenedProjector | undefined> {
    const turn = ++this.#turn;
    this.#isOpening = true;
    try {
      const opened = await this.port.open();
      if (turn === this.#turn) this.#opened = opened;
      else opened.maps.dispose();
      return this.#opened === opened ? opened : undefined;
    } catch (thrown) {
      if (turn === this.#turn) throw thrown;
      return undefined;
    } finally {
      if (turn === this.#turn) this.#isOpening = false;
    }
  }

  close(): void {
    this.#turn++;
    this.#isOpening = false;
    this.#opened?.maps.dispose();
    this.#opened = undefined;
  }
}
