/**
 * The near end of the numbers' worker: it hands questions over and answers back. A worker that dies is started again with
 * the same runs and questions, a few times; a file that kills it would otherwise do so for ever.
 */
import { Worker } from 'node:worker_threads';
import { HumanError, toError, wrapError } from '../../domain/errors';
import type { ChartAnswer, ChartQuery } from '../../domain/series/query';
import type { Disposable } from '../disposable';
import type { NumbersReply, NumbersRequest, WorkerSetup } from './messages';
import type { ChartWatch, Numbers, NumbersSource, ReadingProgress, RunNumbers } from './numbers';
import type { Announced } from '../logs/runLogs';

const MEBIBYTE = 2 ** 20;
const MOST_STARTS = 3;

export interface CreateNumbersOptions {
  /** `dist/numbers-worker.js`. */
  readonly workerPath: string;
  /** `dist/log-reader.js`, to read many runs in several threads; in one by default. */
  readonly readerPath?: string;
  /** See cacheFolder; null to read every run anew. */
  readonly cacheFolder: string | null;
  /** Default 1 GiB. */
  readonly mostCacheBytes?: number;
  /** Default 512 MiB. */
  readonly mostMemoryBytes?: number;
  /** Told of defects: a worker that died, a taker that failed. */
  readonly onError: (error: Error) => void;
}

/** Numbers that also take bytes that somebody has before they are read. */
export interface TailedNumbers extends Numbers {
  /** Bytes that were appended to a file, whose name is relative to the run's folder; only saves a look at the disk. */
  offer(run: string, announced: Announced): void;
}

/** Starts the worker; it ends with `dispose`, and does not keep the process alive. */
export function createNumbers(options: CreateNumbersOptions): TailedNumbers {
  return new WorkerNumbers(options);
}

interface StandingQuestion {
  query: ChartQuery;
  version: number;
  readonly deliver: (answer: ChartAnswer) => PromiseLike<unknown>;
}

interface Asked {
  readonly resolve: (answer: ChartAnswer) => void;
  readonly reject: (error: Error) => void;
}

class WorkerNumbers implements TailedNumbers {
  private sources: readonly NumbersSource[] = [];
  private readonly questions = new Map<number, StandingQuestion>();
  private readonly asked = new Map<number, Asked>();
  private readonly known = new Map<string, RunNumbers>();
  private readonly runListeners = new Set<(runs: readonly RunNumbers[]) => void>();
  private readonly progressListeners = new Set<(progress: ReadingProgress) => void>();
  private ids = 0;
  private starts = 0;
  private worker: Worker | undefined;
  private isDisposed = false;

  constructor(private readonly options: CreateNumbersOptions) {
    this.start();
  }

  setSources(sources: readonly NumbersSource[]): void {
    this.sources = sources;
    this.post({ type: 'sources', sources });
  }

  ask(query: ChartQuery): Promise<ChartAnswer> {
    const id = ++this.ids;
    return new Promise((resolve, reject) => {
      this.asked.set(id, { resolve, reject });
      if (this.worker === undefined) this.refuseAsked();
      this.post({ type: 'ask', id, query });
    });
  }

  watch(query: ChartQuery, deliver: StandingQuestion['deliver']): ChartWatch {
    const id = ++this.ids;
    const question: StandingQuestion = { query, version: 1, deliver };
    this.questions.set(id, question);
    this.post({ type: 'watch', id, version: 1, query });
    return {
      change: (next) => {
        question.query = next;
        question.version++;
        this.post({ type: 'watch', id, version: question.version, query: next });
      },
      dispose: () => {
        if (this.questions.delete(id)) this.post({ type: 'unwatch', id });
      },
    };
  }

  onRuns(listener: (runs: readonly RunNumbers[]) => void): Disposable {
    if (this.known.size > 0) listener([...this.known.values()]);
    return subscribed(this.runListeners, listener);
  }

  onProgress(listener: (progress: ReadingProgress) => void): Disposable {
    return subscribed(this.progressListeners, listener);
  }

  offer(run: string, { file, offset, bytes }: Announced): void {
    this.post({ type: 'offer', run, file, offset, bytes });
  }

  dispose(): void {
    this.isDisposed = true;
    this.refuseAsked();
    this.questions.clear();
    this.runListeners.clear();
    this.progressListeners.clear();
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private start(): void {
    const { workerPath, readerPath, cacheFolder, mostCacheBytes, mostMemoryBytes } = this.options;
    const workerData: WorkerSetup = {
      cacheFolder,
      readerPath: readerPath ?? null,
      mostCacheBytes: mostCacheBytes ?? 1024 * MEBIBYTE,
      mostMemoryBytes: mostMemoryBytes ?? 512 * MEBIBYTE,
    };
    this.starts++;
    const worker = new Worker(workerPath, { workerData });
    worker.unref();
    worker.on('message', (reply: NumbersReply) => this.take(reply));
    worker.on('error', (error) => this.startAgain(toError(error)));
    this.worker = worker;
  }

  private startAgain(error: Error): void {
    if (this.isDisposed) return;
    this.options.onError(wrapError('reading the numbers of runs', error));
    this.worker = undefined;
    this.refuseAsked();
    if (this.starts >= MOST_STARTS) return;
    this.start();
    this.setSources(this.sources);
    for (const [id, question] of this.questions) {
      question.version++;
      this.post({ type: 'watch', id, version: question.version, query: question.query });
    }
  }

  private post(request: NumbersRequest): void {
    this.worker?.postMessage(request);
  }

  private take(reply: NumbersReply): void {
    if (this.isDisposed) return;
    switch (reply.type) {
      case 'answer':
        this.settle(reply.id, ({ resolve }) => resolve(reply.answer));
        break;
      case 'refused':
        this.settle(reply.id, ({ reject }) => reject(new HumanError(reply.sentence)));
        break;
      case 'changes':
        void this.deliver(reply);
        break;
      case 'runs':
        this.takeRuns(reply);
        break;
      case 'progress':
        for (const listener of this.progressListeners) listener(reply.progress);
    }
  }

  private settle(id: number, how: (asked: Asked) => void): void {
    const asked = this.asked.get(id);
    this.asked.delete(id);
    if (asked !== undefined) how(asked);
  }

  /** An answer to a question that has changed meanwhile is not wanted, but the next one waits for it all the same. */
  private async deliver({
    id,
    version,
    number,
    answer,
  }: Extract<NumbersReply, { type: 'changes' }>): Promise<void> {
    const question = this.questions.get(id);
    if (question === undefined) return;
    try {
      if (question.version === version) await question.deliver(answer);
    } catch (error) {
      this.options.onError(wrapError('taking the numbers of a chart', error));
    }
    this.post({ type: 'taken', id, number });
  }

  private takeRuns({ changed, gone }: Extract<NumbersReply, { type: 'runs' }>): void {
    for (const run of gone) this.known.delete(run);
    for (const run of changed) this.known.set(run.run, run);
    for (const listener of this.runListeners) listener([...this.known.values()]);
  }

  private refuseAsked(): void {
    for (const { reject } of this.asked.values()) reject(notThere());
    this.asked.clear();
  }
}

function notThere(): HumanError {
  return new HumanError('The numbers of runs cannot be read at the moment: reload the window.');
}

function subscribed<T>(listeners: Set<T>, listener: T): Disposable {
  listeners.add(listener);
  return { dispose: () => void listeners.delete(listener) };
}
