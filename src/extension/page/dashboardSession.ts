/**
 * The conversation with one dashboard. The page says boot and gets a snapshot; it then asks standing queries, whose
 * answers come from the numbers and wait here until the page has taken the one before. A page that was hidden, or
 * missed a number, gets a snapshot, which voids its queries. Knows nothing of the editor.
 */
import type { RunSummary } from '../../domain/run/state';
import type { WatchMessage } from '../../protocol/chart';
import type { HostMessage, Layout, PageMessage } from '../../protocol/pages/dashboard';
import { parsePageMessage } from '../../protocol/pages/dashboard';
import type { Numbers, ReadingProgress, RunNumbers } from '../../runs/numbers/numbers';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { AlertsInView } from './alertsInView';
import type { DashboardPort } from './dashboardPort';
import { FollowedRuns } from './followedRuns';
import { Outbox } from './outbox';
import { RunQuestions } from './runQuestions';
import { RunsInView } from './runsInView';
import { StandingQueries } from './standingQueries';

/** A dashboard and what it was told. */
export class DashboardSession implements Disposable {
  readonly #port: DashboardPort;
  readonly #owned = new DisposableStore();
  readonly #runs = new RunsInView();
  readonly #queries: StandingQueries;
  readonly #questions: RunQuestions;
  readonly #followed: FollowedRuns;
  readonly #alerts: AlertsInView;
  readonly #outbox: Outbox<HostMessage>;
  #layout: Layout;
  #progress: ReadingProgress | null = null;
  #isProgressNews = false;
  #isDecided = false;
  #isTrusted = true;
  #isVisible = true;
  #hasBooted = false;
  #needsSnapshot = false;
  #sequence = 0;

  constructor(port: DashboardPort, numbers: Numbers, layout: Layout) {
    this.#port = port;
    this.#layout = layout;
    this.#owned.add(numbers);
    const pump = () => void this.#outbox.pump();
    this.#queries = new StandingQueries(numbers, pump);
    this.#questions = this.#owned.add(new RunQuestions(port, pump));
    this.#followed = new FollowedRuns({
      numbers,
      runs: this.#runs,
      readParameters: (folder) => port.readParameters(folder),
      onNews: pump,
    });
    this.#outbox = new Outbox({
      next: () => this.#next(),
      post: (message) => port.post(message),
      onLost: () => (this.#needsSnapshot = true),
    });
    this.#alerts = this.#owned.add(
      new AlertsInView({
        read: (folder) => port.readAlerts(folder),
        onNews: pump,
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
    const added = runs.map(({ folder }) => folder).filter((folder) => !before.has(folder));
    this.#followed.follow(runs, added);
    void this.#outbox.pump();
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    this.#alerts.setWanted(this.#isVisible && isTrusted);
    this.#followed.setAllowed(isTrusted);
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
      case 'showSamples':
      case 'pictures':
      case 'views':
        if (this.#mayRead(message.run)) this.#questions.ask(message);
        return;
      case 'closeViews':
        this.#questions.ask(message);
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

  #mayRead(run: string): boolean {
    return this.#isTrusted && this.#runs.order.includes(run);
  }

  #takeNumbers(runs: readonly RunNumbers[]): void {
    this.#runs.setNumbers(runs);
    this.#alerts.lookAt(runs.map(({ run }) => run));
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
    this.#questions.forget();
  }

  #next(): HostMessage | undefined {
    const isReady = this.#hasBooted && this.#isVisible && (this.#isDecided || !this.#isTrusted);
    if (!isReady) return undefined;
    if (this.#needsSnapshot) return this.#snapshot();
    if (!this.#isTrusted) return undefined;
    if (this.#runs.hasNews || this.#isProgressNews) return this.#news();
    const alerts = this.#alerts.take();
    if (alerts.length > 0) return { type: 'alerts', sequence: ++this.#sequence, runs: alerts };
    const waiting = this.#questions.take() ?? this.#queries.take();
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
