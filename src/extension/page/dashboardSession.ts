/**
 * The conversation with one dashboard. The page says boot and gets a snapshot; it then asks standing queries, whose
 * answers come from the numbers and wait here until the page has taken the one before. A page that was hidden, or
 * missed a number, gets a snapshot, which voids its queries. Knows nothing of the editor.
 */
import { isLive } from '../../domain/display/runLook';
import type { Settings } from '../../domain/run/record';
import type { Alert } from '../../domain/run/alert';
import type { CellSample, RunFigures } from '../../domain/run/runFigures';
import type { RunSummary } from '../../domain/run/state';
import { viewsPerStepOf } from '../../domain/run/viewsPerStep';
import type { WatchMessage } from '../../protocol/chart';
import type { HostMessage, Layout, PageMessage } from '../../protocol/pages/dashboard';
import { parsePageMessage } from '../../protocol/pages/dashboard';
import type { Numbers, ReadingProgress, RunNumbers } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import type { ReadPictures } from '../runs/keptPictures';
import { AlertsInView } from './alertsInView';
import { Outbox } from './outbox';
import { RunsInView } from './runsInView';
import { StandingQueries } from './standingQueries';

/** What a page asks that is not answered from the numbers: the panel does it. */
export type PageAction = Exclude<
  PageMessage,
  { type: 'boot' | 'missed' | 'watch' | 'unwatch' | 'figures' | 'showSamples' | 'pictures' }
>;

/** The page's end of the wire, and what the files of runs say. */
export interface DashboardPort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: HostMessage): PromiseLike<boolean>;
  act(action: PageAction): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
  /** The settings of a run; empty where it has none. Never rejects. */
  readParameters(folder: string): Promise<Settings>;
  /** Final figures and histograms of a run. Never rejects. */
  readFigures(folder: string): Promise<RunFigures>;
  /** The test samples behind a cell of the confusion matrix; null where they are not recorded. Never rejects. */
  readSamples(folder: string, cell: Cell): Promise<readonly CellSample[] | null>;
  /** Pictures of test samples at these places. Never rejects. */
  readPictures(folder: string, places: readonly number[]): Promise<ReadPictures>;
  /** All alerts of a run. Never rejects. */
  readAlerts(folder: string): Promise<readonly Alert[]>;
}

/** A cell of the confusion matrix: places of classes. */
export interface Cell {
  readonly trueClass: number;
  readonly answer: number;
}

type Unnumbered = WithoutSequence<Extract<HostMessage, { type: 'figures' | 'samples' | 'pictures' }>>;
type WithoutSequence<T> = T extends unknown ? Omit<T, 'sequence'> : never;

/** A dashboard and what it was told. */
export class DashboardSession implements Disposable {
  readonly #port: DashboardPort;
  readonly #numbers: Numbers;
  readonly #owned = new DisposableStore();
  readonly #runs = new RunsInView();
  readonly #queries: StandingQueries;
  readonly #alerts: AlertsInView;
  readonly #outbox: Outbox<HostMessage>;
  #live = new Map<string, boolean>();
  #layout: Layout;
  #progress: ReadingProgress | null = null;
  #isProgressNews = false;
  #waiting: Unnumbered[] = [];
  #isDecided = false;
  #isTrusted = true;
  #isVisible = true;
  #hasBooted = false;
  #needsSnapshot = false;
  #sequence = 0;

  constructor(port: DashboardPort, numbers: Numbers, layout: Layout) {
    this.#port = port;
    this.#layout = layout;
    this.#numbers = this.#owned.add(numbers);
    this.#queries = new StandingQueries(this.#numbers, () => void this.#outbox.pump());
    this.#outbox = new Outbox({
      next: () => this.#next(),
      post: (message) => port.post(message),
      onLost: () => (this.#needsSnapshot = true),
    });
    this.#alerts = this.#owned.add(
      new AlertsInView({
        read: (folder) => port.readAlerts(folder),
        onNews: () => void this.#outbox.pump(),
      }),
    );
    this.#owned.add(numbers.onRuns((runs) => this.#change(() => this.#takeNumbers(runs))));
    this.#owned.add(numbers.onProgress((progress) => this.#change(() => this.#setProgress(progress))));
  }

  /** The folders of the runs in view. */
  get folders(): readonly string[] {
    return this.#runs.order;
  }

  /** Shows these runs from now on. Call again whenever their summaries change. */
  show(runs: readonly RunSummary[]): void {
    const before = new Set(this.#runs.order);
    this.#isDecided = true;
    this.#runs.setRuns(runs);
    this.#alerts.setRuns(runs);
    const live = new Map(runs.map((run) => [run.folder, isLive(run)]));
    const isFollowedAnew = runs.some(({ folder }) => this.#live.get(folder) !== live.get(folder));
    if (isFollowedAnew || live.size !== this.#live.size) this.#follow(live);
    this.#learn(runs.map(({ folder }) => folder).filter((folder) => !before.has(folder)));
    void this.#outbox.pump();
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    this.#alerts.setWanted(this.#isVisible && isTrusted);
    this.#follow(this.#live);
    if (isTrusted) this.#learn(this.#runs.order);
    this.#askSnapshot();
  }

  /** Call when the page is shown or hidden; nothing is computed for a hidden page. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    this.#alerts.setWanted(isVisible && this.#isTrusted);
    if (isVisible) this.#askSnapshot();
    else this.#forgetQueries();
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parsePageMessage(raw);
    if (!message) this.#port.reject(raw);
    else this.#obey(message);
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#forgetQueries();
    this.#owned.dispose();
  }

  #obey(message: PageMessage): void {
    switch (message.type) {
      case 'boot':
      case 'missed':
        this.#hasBooted = true;
        this.#askSnapshot();
        return;
      case 'watch':
        this.#watch(message);
        return;
      case 'unwatch':
        this.#queries.withdraw(message.id);
        return;
      case 'figures':
        void this.#tellFigures(message.run);
        return;
      case 'showSamples':
        void this.#tellSamples(message.run, message);
        return;
      case 'pictures':
        void this.#tellPictures(message.run, message.places);
        return;
      case 'selectOnMap':
      case 'acknowledge':
        if (this.#mayRead(message.run)) this.#port.act(message);
        return;
      case 'layout':
        this.#layout = message.layout;
        this.#port.act(message);
        return;
      case 'addRuns':
      case 'removeRun':
      case 'command':
      case 'manageTrust':
      case 'copy':
      case 'save':
        this.#port.act(message);
    }
  }

  #watch(message: WatchMessage): void {
    if (this.#isVisible && this.#isTrusted) this.#queries.ask(message, new Set(this.#runs.order));
  }

  async #tellFigures(run: string): Promise<void> {
    if (!this.#mayRead(run)) return;
    this.#queue({ type: 'figures', run, figures: await this.#port.readFigures(run) });
  }

  async #tellSamples(run: string, { trueClass, answer }: Cell): Promise<void> {
    if (!this.#mayRead(run)) return;
    const samples = await this.#port.readSamples(run, { trueClass, answer });
    this.#queue({ type: 'samples', run, trueClass, answer, samples });
  }

  async #tellPictures(run: string, places: readonly number[]): Promise<void> {
    if (!this.#mayRead(run)) return;
    this.#queue({ type: 'pictures', run, places, ...(await this.#port.readPictures(run, places)) });
  }

  #mayRead(run: string): boolean {
    return this.#isTrusted && this.#runs.order.includes(run);
  }

  #takeNumbers(runs: readonly RunNumbers[]): void {
    this.#runs.setNumbers(runs);
    this.#alerts.lookAt(runs.map(({ run }) => run));
  }

  #queue(message: Unnumbered): void {
    this.#waiting.push(message);
    void this.#outbox.pump();
  }

  #follow(live: Map<string, boolean>): void {
    this.#live = live;
    const folders = this.#isTrusted ? [...live] : [];
    this.#numbers.setSources(
      folders.map(([folder, isRunLive]) => ({
        run: folder,
        paths: [folder],
        live: isRunLive,
        viewsPerStep: viewsPerStepOf(this.#runs.parametersOf(folder)),
      })),
    );
  }

  #learn(folders: readonly string[]): void {
    if (this.#isTrusted) for (const folder of folders) void this.#learnParameters(folder);
  }

  async #learnParameters(folder: string): Promise<void> {
    const parameters = await this.#port.readParameters(folder);
    const before = viewsPerStepOf(this.#runs.parametersOf(folder));
    this.#change(() => this.#runs.setParameters(folder, parameters));
    if (viewsPerStepOf(this.#runs.parametersOf(folder)) !== before) this.#follow(this.#live);
  }

  #setProgress(progress: ReadingProgress): void {
    this.#progress = progress.runsRead >= progress.runs ? null : progress;
    this.#isProgressNews = true;
  }

  #change(apply: () => void): void {
    apply();
    void this.#outbox.pump();
  }

  #askSnapshot(): void {
    this.#needsSnapshot = true;
    this.#forgetQueries();
    void this.#outbox.pump();
  }

  #forgetQueries(): void {
    this.#queries.forget();
    this.#waiting = [];
  }

  #next(): HostMessage | undefined {
    const isReady = this.#hasBooted && this.#isVisible && (this.#isDecided || !this.#isTrusted);
    if (!isReady) return undefined;
    if (this.#needsSnapshot) return this.#snapshot();
    if (!this.#isTrusted) return undefined;
    if (this.#runs.hasNews || this.#isProgressNews) return this.#news();
    const alerts = this.#alerts.take();
    if (alerts.length > 0) return { type: 'alerts', sequence: ++this.#sequence, runs: alerts };
    const waiting = this.#waiting.shift() ?? this.#queries.take();
    return waiting && { ...waiting, sequence: ++this.#sequence };
  }

  #snapshot(): HostMessage {
    this.#needsSnapshot = false;
    this.#alerts.forgetTold();
    return {
      type: 'snapshot',
      ...this.#told(this.#isTrusted ? this.#runs.everything() : []),
      trusted: this.#isTrusted,
      layout: this.#layout,
    };
  }

  #news(): HostMessage {
    return { type: 'news', ...this.#told(this.#runs.takeNews()) };
  }

  #told(runs: ReturnType<RunsInView['takeNews']>) {
    this.#isProgressNews = false;
    const order = this.#isTrusted ? this.#runs.order : [];
    return { sequence: ++this.#sequence, order, runs, progress: this.#progress };
  }
}
