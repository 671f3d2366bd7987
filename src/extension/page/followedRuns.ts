/**
 * The runs in view as the numbers follow them: which folders are read, which of them grow, and how many views a step of each
 * has, which is known once its settings have been read.
 */
import { isLive } from '../../domain/display/runLook';
import type { Settings } from '../../domain/run/record';
import type { RunSummary } from '../../domain/run/state';
import { viewsPerStepOf } from '../../domain/run/viewsPerStep';
import type { Numbers } from '../../runs/numbers/numbers';
import type { RunsInView } from './runsInView';

/** What following needs. */
export interface FollowedRunsPort {
  readonly numbers: Pick<Numbers, 'setSources'>;
  readonly runs: RunsInView;
  /** The settings of a run; empty where it has none. Never rejects. */
  readParameters(folder: string): Promise<Settings>;
  /** Settings came, so that there is something to tell. */
  onNews(): void;
}

/** Keeps the numbers at the runs in view. */
export class FollowedRuns {
  readonly #port: FollowedRunsPort;
  #live = new Map<string, boolean>();
  #isAllowed = true;

  constructor(port: FollowedRunsPort) {
    this.#port = port;
  }

  /** These runs from now on; those that are `added` are new to the page. */
  follow(summaries: readonly RunSummary[], added: readonly string[]): void {
    const live = new Map(summaries.map((run) => [run.folder, isLive(run)]));
    const isFollowedAnew = summaries.some(({ folder }) => this.#live.get(folder) !== live.get(folder));
    if (isFollowedAnew || live.size !== this.#live.size) this.#followAs(live);
    this.#learn(added);
  }

  /** Whether anything may be read: not in an untrusted workspace. */
  setAllowed(isAllowed: boolean): void {
    this.#isAllowed = isAllowed;
    this.#followAs(this.#live);
    this.#learn(this.#port.runs.order);
  }

  #followAs(live: Map<string, boolean>): void {
    this.#live = live;
    const folders = this.#isAllowed ? [...live] : [];
    this.#port.numbers.setSources(
      folders.map(([folder, isRunLive]) => ({
        run: folder,
        paths: [folder],
        live: isRunLive,
        viewsPerStep: this.#viewsPerStep(folder),
      })),
    );
  }

  #learn(folders: readonly string[]): void {
    if (this.#isAllowed) for (const folder of folders) void this.#learnParameters(folder);
  }

  async #learnParameters(folder: string): Promise<void> {
    const parameters = await this.#port.readParameters(folder);
    const before = this.#viewsPerStep(folder);
    this.#port.runs.setParameters(folder, parameters);
    this.#port.onNews();
    if (this.#viewsPerStep(folder) !== before) this.#followAs(this.#live);
  }

  #viewsPerStep(folder: string): ReturnType<typeof viewsPerStepOf> {
    return viewsPerStepOf(this.#port.runs.parametersOf(folder));
  }
}
