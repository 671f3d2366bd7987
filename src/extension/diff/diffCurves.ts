/**
 * The conversation about the curves of one diff page: which there are, then answers to the page's standing queries,
 * one message at a time while the page is visible. What there is to draw is told anew when it has changed, when the
 * page returns and when it missed a message; that voids its queries. Knows nothing of the editor.
 */
import { chooseCurves } from '../../domain/diff/curves';
import { isLive } from '../../domain/display/runLook';
import type { Settings } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import { viewsPerStepOf } from '../../domain/run/viewsPerStep';
import type { CurveMessage } from '../../protocol/pages/diff';
import type { Numbers, RunNumbers } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { Outbox } from '../page/outbox';
import { StandingQueries } from '../page/standingQueries';
import type { CurveRequest } from './diffSession';

/** The page's end of the wire, and what the files of runs say. */
export interface CurvesPort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: CurveMessage): PromiseLike<boolean>;
  /** The settings of a run; empty where it has none. Never rejects. */
  readParameters(folder: string): Promise<Settings>;
}

/** A curve takes two points. */
const FEWEST_POINTS = 2;

/** The curves of one page. */
export class DiffCurves implements Disposable {
  readonly #port: CurvesPort;
  readonly #lease: () => Numbers;
  readonly #outbox: Outbox<CurveMessage>;
  readonly #settings = new Map<string, Settings>();
  readonly #found = new Map<string, RunNumbers>();
  #reading: { readonly numbers: Numbers; readonly queries: StandingQueries } | undefined;
  #runs: readonly RunSummary[] = [];
  #told = '';
  #sequence = 0;
  #hasBooted = false;
  #isVisible = true;

  /** @param lease called when there are runs to read */
  constructor(port: CurvesPort, lease: () => Numbers) {
    this.#port = port;
    this.#lease = lease;
    this.#outbox = new Outbox({
      next: () => this.#next(),
      post: (message) => port.post(message),
      onLost: () => this.#startOver(),
    });
  }

  /** The compared runs from now on, or as they stand now; none for configuration files. */
  show(runs: readonly RunSummary[]): void {
    this.#runs = runs;
    if (runs.length > 0) this.#reading ??= this.#read();
    for (const { folder } of runs) if (!this.#settings.has(folder)) void this.#learn(folder);
    this.#follow();
    void this.#outbox.pump();
  }

  receive(message: CurveRequest): void {
    switch (message.type) {
      case 'boot':
      case 'missed':
        this.#hasBooted = true;
        this.#startOver();
        void this.#outbox.pump();
        return;
      case 'watch':
        if (this.#isVisible) this.#reading?.queries.ask(message, this.#folders());
        return;
      case 'unwatch':
        this.#reading?.queries.withdraw(message.id);
    }
  }

  /** Call when the page is shown or hidden; nothing is computed for a hidden page. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#startOver();
    void this.#outbox.pump();
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#reading?.queries.forget();
    this.#reading?.numbers.dispose();
  }

  #read() {
    const numbers = this.#lease();
    numbers.onRuns((runs) => {
      for (const one of runs) this.#found.set(one.run, one);
      void this.#outbox.pump();
    });
    return { numbers, queries: new StandingQueries(numbers, () => void this.#outbox.pump()) };
  }

  async #learn(folder: string): Promise<void> {
    this.#settings.set(folder, {});
    this.#settings.set(folder, await this.#port.readParameters(folder));
    this.#follow();
    void this.#outbox.pump();
  }

  #follow(): void {
    const sources = this.#runs.map((run) => ({
      run: run.folder,
      paths: [run.folder],
      live: isLive(run),
      viewsPerStep: viewsPerStepOf(this.#settingsOf(run.folder)),
    }));
    this.#reading?.numbers.setSources(sources);
  }

  #startOver(): void {
    this.#told = '';
    this.#reading?.queries.forget();
  }

  #next(): CurveMessage | undefined {
    if (!this.#hasBooted || !this.#isVisible || this.#runs.length === 0) return undefined;
    const news = this.#state();
    const text = JSON.stringify(news);
    if (text === this.#told) {
      const answer = this.#reading?.queries.take();
      return answer && { ...answer, sequence: ++this.#sequence };
    }
    this.#startOver();
    this.#told = text;
    return { type: 'curves', sequence: ++this.#sequence, ...news };
  }

  #state() {
    const runs = this.#runs.map(({ folder }) => ({
      folder,
      tags: (this.#found.get(folder)?.tags ?? [])
        .filter(({ points }) => points >= FEWEST_POINTS)
        .map(({ tag }) => tag),
      settings: this.#settingsOf(folder),
    }));
    return {
      choice: chooseCurves(runs),
      isGrowing: this.#runs.some(isLive),
      isRead: runs.every(({ folder }) => this.#found.has(folder)),
    };
  }

  #settingsOf(folder: string): Settings {
    return { ...this.#found.get(folder)?.parameters, ...this.#settings.get(folder) };
  }

  #folders(): ReadonlySet<string> {
    return new Set(this.#runs.map(({ folder }) => folder));
  }
}
