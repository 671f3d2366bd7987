/**
 * The conversation with one page. The page says boot and gets a snapshot; then numbered deltas while it is
 * visible, each posted after the one before was delivered, so a slow page gets fewer and larger ones. A page
 * that was hidden, or missed a number, gets a snapshot again. Knows nothing of the editor.
 */
import type { HostMessage } from '../../protocol/pages/run';
import { parsePageMessage } from '../../protocol/pages/run';
import type { PAGE_COMMANDS } from '../../protocol/pages/run';
import type { Disposable } from '../disposable';
import type { LiveRunLease, LiveRunPool, RunChange } from '../runs/liveRun';
import { Outbox } from './outbox';

/** What a page may ask for. */
export type PageCommand = (typeof PAGE_COMMANDS)[number];

/** The page's end of the wire. */
export interface PagePort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: HostMessage): PromiseLike<boolean>;
  /** Runs a command for the run on the page. */
  run(command: PageCommand, folder: string | undefined): void;
  /** Writes down that a kind of alert of the run was seen to. */
  acknowledge(kind: string, folder: string): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
}

/** Above this many waiting points a snapshot is cheaper than the deltas. */
const MOST_WAITING_POINTS = 200_000;

/** A page and what it was told. */
export class RunSession implements Disposable {
  readonly #port: PagePort;
  readonly #pool: LiveRunPool;
  readonly #outbox: Outbox<HostMessage>;
  #lease: LiveRunLease | undefined;
  #subscription: Disposable | undefined;
  #folder: string | undefined;
  #isTrusted = true;
  #isVisible = true;
  #hasBooted = false;
  /** False until it is known which run, if any, is to be shown. */
  #isDecided = false;
  #needsSnapshot = false;
  #waiting: RunChange[] = [];
  #sequence = 0;

  constructor(port: PagePort, pool: LiveRunPool) {
    this.#port = port;
    this.#pool = pool;
    this.#outbox = new Outbox({
      next: () => this.#next(),
      post: (message) => port.post(message),
      onLost: () => (this.#needsSnapshot = true),
    });
  }

  /** The folder of the run on the page. */
  get folder(): string | undefined {
    return this.#folder;
  }

  /** Shows a run, or none. */
  show(folder: string | undefined): void {
    if (this.#isDecided && folder === this.#folder) return;
    this.#isDecided = true;
    this.#folder = folder;
    this.#release();
    if (folder !== undefined && this.#isTrusted) this.#hold(folder);
    this.#askSnapshot();
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    this.#release();
    if (this.#folder !== undefined && isTrusted) this.#hold(this.#folder);
    this.#askSnapshot();
  }

  /** Call when the page is shown or hidden; nothing is posted to a hidden page. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (isVisible) this.#askSnapshot();
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parsePageMessage(raw);
    if (!message) {
      this.#port.reject(raw);
    } else if (message.type === 'command') {
      this.#port.run(message.command, this.#folder);
    } else if (message.type === 'acknowledge') {
      if (this.#folder !== undefined && this.#isTrusted) this.#port.acknowledge(message.kind, this.#folder);
    } else {
      this.#hasBooted = true;
      this.#askSnapshot();
    }
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#release();
  }

  #hold(folder: string): void {
    this.#lease = this.#pool.acquire(folder);
    this.#subscription = this.#lease.live.onDidChange((change) => {
      this.#waiting.push(change);
      void this.#outbox.pump();
    });
  }

  #release(): void {
    this.#subscription?.dispose();
    this.#lease?.dispose();
    this.#subscription = undefined;
    this.#lease = undefined;
    this.#waiting = [];
  }

  #askSnapshot(): void {
    this.#needsSnapshot = true;
    void this.#outbox.pump();
  }

  #next(): HostMessage | undefined {
    if (!this.#hasBooted || !this.#isVisible) return undefined;
    // Until runs are read the page shows that it waits, rather than that there is none.
    const isReading = !this.#isDecided || this.#lease?.live.run === null;
    if (this.#isTrusted && isReading) return undefined;
    if (countPoints(this.#waiting) > MOST_WAITING_POINTS) this.#needsSnapshot = true;
    if (this.#needsSnapshot) return this.#snapshot();
    if (this.#waiting.length === 0) return undefined;
    const changes = this.#waiting;
    this.#waiting = [];
    return {
      type: 'delta',
      sequence: ++this.#sequence,
      run: this.#lease?.live.run ?? null,
      series: changes.flatMap(({ series }) => series.map(copyPoints)),
      alerts: changes.flatMap(({ alerts }) => alerts),
    };
  }

  #snapshot(): HostMessage {
    const live = this.#lease?.live;
    this.#needsSnapshot = false;
    this.#waiting = [];
    return {
      type: 'snapshot',
      sequence: ++this.#sequence,
      run: live?.run ?? null,
      trusted: this.#isTrusted,
      series: live?.copySeries() ?? [],
      alerts: live?.alerts ?? [],
    };
  }
}

function countPoints(changes: readonly RunChange[]): number {
  let count = 0;
  for (const { series } of changes) for (const { steps } of series) count += steps.length;
  return count;
}

/** A view onto a larger buffer would be posted with all of it. */
function copyPoints(points: RunChange['series'][number]) {
  return {
    ...points,
    steps: points.steps.slice(),
    wallTimes: points.wallTimes.slice(),
    values: points.values.slice(),
  };
}
