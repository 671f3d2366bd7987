/**
 * What a dashboard asks about single runs, and the answers on their way: they wait here until the page takes them, and what
 * nobody waits for any more is dropped. Whether a run may be asked about at all is decided by whoever owns the conversation.
 */
import type { Disposable } from '../disposable';
import type { Cell, RunFiles, RunQuestion, Unnumbered } from './dashboardPort';
import { ViewsOfRun } from './viewsOfRun';

/** The questions of one page. */
export class RunQuestions implements Disposable {
  readonly #files: RunFiles;
  readonly #onAnswer: () => void;
  readonly #views: ViewsOfRun;
  #waiting: Unnumbered[] = [];

  /** @param onAnswer called when `take` has something to give */
  constructor(files: RunFiles, onAnswer: () => void) {
    this.#files = files;
    this.#onAnswer = onAnswer;
    this.#views = new ViewsOfRun(files.views, (run, message) => this.#queue({ type: 'views', run, message }));
  }

  /** Answers as soon as the files are read. */
  ask(question: RunQuestion): void {
    switch (question.type) {
      case 'figures':
        void this.#tellFigures(question.run);
        return;
      case 'showSamples':
        void this.#tellSamples(question.run, question);
        return;
      case 'pictures':
        void this.#tellPictures(question.run, question.places);
        return;
      case 'views':
        this.#views.receive(question.run, question.message);
        return;
      case 'closeViews':
        this.#views.close();
    }
  }

  /** The answer that has waited longest. */
  take(): Unnumbered | undefined {
    return this.#waiting.shift();
  }

  /** Drops what waits, and ends what is drawn: a page that comes back asks again. */
  forget(): void {
    this.#waiting = [];
    this.#views.close();
  }

  dispose(): void {
    this.forget();
  }

  async #tellFigures(run: string): Promise<void> {
    this.#queue({ type: 'figures', run, figures: await this.#files.readFigures(run) });
  }

  async #tellSamples(run: string, { trueClass, answer }: Cell): Promise<void> {
    const samples = await this.#files.readSamples(run, { trueClass, answer });
    this.#queue({ type: 'samples', run, trueClass, answer, samples });
  }

  async #tellPictures(run: string, places: readonly number[]): Promise<void> {
    const pictures = await this.#files.readPictures(run, places);
    this.#queue({ type: 'pictures', run, places, ...pictures });
  }

  #queue(message: Unnumbered): void {
    this.#waiting.push(message);
    this.#onAnswer();
  }
}
