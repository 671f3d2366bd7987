/**
 * The near end of the thread that computes maps. It does one job at a time, the newest first. A job that is no longer
 * wanted stops at its next look at the flag; a thread that does not stop in time is ended. A job that made way for another
 * is done afterwards: what it had finished comes from the cache.
 */
import { HumanError, wrapError } from '../../domain/errors';
import type { Disposable } from '../disposable';
import type { MapNews, MapQuestion, MapsEnd, PlacedEpoch } from './maps';
import type { MapsReply, OpenedPlaces, WorkEnd } from './messages';
import { Thread } from './thread';
import { createWanted, want } from './wanted';

/** How long a job may take to stop before its thread is ended. */
const STOP_DEADLINE_MS = 180;
const NO_PROGRESS: MapNews = { type: 'progress', stage: null };

/** What is to be computed, and who wants it. */
export interface JobOrder {
  readonly places: OpenedPlaces;
  readonly question: MapQuestion;
  /** Told that there is no progress any more once nothing is done for the job, however it came to its end. */
  readonly take: (news: MapNews) => void;
  /** Epochs to describe as soon as their maps are there. */
  readonly describe: readonly PlacedEpoch[];
}

/** A job that was ordered. */
export interface Job {
  /** Rejects with HumanError where the question cannot be answered. */
  readonly ended: Promise<MapsEnd>;
  /** Describes epochs too, as soon as their maps are there. */
  describe(epochs: readonly PlacedEpoch[]): void;
  cancel(): void;
}

interface Ordered extends Omit<JobOrder, 'describe'> {
  /** Of the work that the thread was last given for it. */
  number: number;
  /** Maps are wanted still. */
  isShown: boolean;
  describe: PlacedEpoch[];
  readonly settle: (end: WorkEnd) => void;
}

export interface ComputerOptions {
  readonly workerPath: string;
  readonly cacheFolder: string | null;
  readonly onError: (error: Error) => void;
}

/** Computes maps in a thread of its own. */
export class Computer implements Disposable {
  readonly #wanted = createWanted();
  readonly #thread: Thread;
  readonly #onError: (error: Error) => void;
  /** The next to be done is the last. */
  readonly #waiting: Ordered[] = [];
  #running: Ordered | undefined;
  #numbers = 0;
  #deadline: NodeJS.Timeout | undefined;

  constructor({ workerPath, cacheFolder, onError }: ComputerOptions) {
    this.#onError = onError;
    this.#thread = new Thread({
      workerPath,
      setup: { cacheFolder, wanted: this.#wanted },
      take: (reply) => this.#take(reply),
      died: (error) => this.#died(error),
    });
  }

  /** Orders a job; one that runs makes way. */
  order(order: JobOrder): Job {
    let settle: Ordered['settle'] = () => undefined;
    const ended = new Promise<MapsEnd>((resolve, reject) => {
      settle = (end) => {
        if (end.how === 'refused') reject(new HumanError(end.sentence));
        else if (end.how === 'defect') reject(new Error(end.text));
        else resolve(end.how);
      };
    });
    const ordered: Ordered = { ...order, number: 0, isShown: true, describe: [...order.describe], settle };
    this.#begin(ordered);
    return {
      ended,
      describe: (epochs) => this.#describe(ordered, epochs),
      cancel: () => this.#cancel(ordered),
    };
  }

  /** Tells the thread that sources are shown no longer. */
  close(version: number): void {
    this.#thread.tell({ type: 'close', version });
  }

  dispose(): void {
    const jobs = [...this.#waiting.splice(0), ...(this.#running === undefined ? [] : [this.#running])];
    for (const job of jobs) job.settle({ how: 'cancelled' });
    this.#running = undefined;
    clearTimeout(this.#deadline);
    want(this.#wanted, null);
    this.#thread.dispose();
  }

  #begin(job: Ordered): void {
    if (this.#running === job || this.#waiting.includes(job)) return;
    this.#waiting.push(job);
    if (this.#running === undefined) this.#next();
    else this.#stop(this.#running);
  }

  #next(): void {
    if (this.#running !== undefined) return;
    const job = this.#waiting.pop();
    if (job === undefined) return;
    job.number = ++this.#numbers;
    this.#running = job;
    want(this.#wanted, job.number);
    const { number, places, question, isShown, describe } = job;
    this.#thread.post({ type: 'work', job: number, places, question, isShown, describe });
  }

  #describe(job: Ordered, epochs: readonly PlacedEpoch[]): void {
    job.describe.push(...epochs);
    if (this.#running === job) this.#thread.post({ type: 'more', job: job.number, describe: epochs });
    else this.#begin(job);
  }

  #cancel(job: Ordered): void {
    job.isShown = false;
    job.describe = [];
    job.settle({ how: 'cancelled' });
    if (this.#running === job) this.#stop(job);
    else if (this.#waiting.includes(job)) {
      this.#waiting.splice(this.#waiting.indexOf(job), 1);
      job.take(NO_PROGRESS);
    }
  }

  /** The job ends soon, or the thread does. */
  #stop(job: Ordered): void {
    want(this.#wanted, null);
    clearTimeout(this.#deadline);
    this.#deadline = setTimeout(() => {
      if (this.#running !== job) return;
      this.#thread.end();
      this.#end(job, 0, { how: 'cancelled' });
    }, STOP_DEADLINE_MS);
  }

  #take(reply: MapsReply): void {
    const job = this.#running;
    if (job === undefined || !('job' in reply) || reply.job !== job.number) return;
    if (reply.type === 'ended') this.#end(job, reply.described, reply.end);
    else if (job.isShown || job.describe.length > 0) job.take(reply.news);
  }

  #end(job: Ordered, described: number, end: WorkEnd): void {
    clearTimeout(this.#deadline);
    this.#running = undefined;
    job.describe.splice(0, described);
    if (end.how !== 'cancelled') {
      if (job.isShown) job.settle(end);
      else if (end.how === 'defect') this.#onError(new Error(end.text));
      job.isShown = false;
      if (end.how !== 'done') job.describe = [];
    }
    // A job that made way goes on after all others; one with more to describe goes on at once.
    if (job.isShown) this.#waiting.unshift(job);
    else if (job.describe.length > 0) this.#waiting.push(job);
    else job.take(NO_PROGRESS);
    this.#next();
  }

  #died(error: Error): void {
    const job = this.#running;
    this.#onError(wrapError('computing a map', error));
    if (job !== undefined) this.#end(job, 0, { how: 'refused', sentence: DIED });
  }
}

const DIED =
  'The map could not be computed, because its process ended: choose a smaller sample, or try again.';
