/**
 * One worker thread that can be given up: it is started by the first question, and started again after it died or was
 * ended, a few times if it dies by itself.
 */
import { Worker } from 'node:worker_threads';
import { toError } from '../../domain/errors';
import type { Disposable } from '../disposable';
import type { MapsReply, MapsRequest, MapsSetup } from './messages';

/** A file that kills the thread would otherwise do so for ever. */
const MOST_DEATHS = 5;

export interface ThreadOptions {
  /** `dist/maps-worker.js`. */
  readonly workerPath: string;
  readonly setup: MapsSetup;
  take(reply: MapsReply): void;
  /** The thread has died, and with it all that it was asked. */
  died(error: Error): void;
}

/** A worker thread of the maps; it does not keep the process alive. */
export class Thread implements Disposable {
  #worker: Worker | undefined;
  #deaths = 0;
  #isDisposed = false;

  constructor(private readonly options: ThreadOptions) {}

  /** Asks the thread, which is started if there is none. */
  post(request: MapsRequest): void {
    if (this.#isDisposed || this.#deaths >= MOST_DEATHS) {
      this.options.died(new Error('The thread of the maps is not started again'));
      return;
    }
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  /** Tells the thread, if there is one. */
  tell(request: MapsRequest): void {
    this.#worker?.postMessage(request);
  }

  /** Ends what it does; the next question starts it anew. */
  end(): void {
    const worker = this.#worker;
    this.#worker = undefined;
    void worker?.terminate();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.end();
  }

  #start(): Worker {
    const { workerPath, setup } = this.options;
    const worker = new Worker(workerPath, { workerData: setup });
    worker.unref();
    worker.on('message', (reply: MapsReply) => {
      // A thread that was given up has nothing more to say.
      if (this.#worker === worker) this.options.take(reply);
    });
    worker.on('error', (error) => {
      if (this.#worker !== worker) return;
      this.#worker = undefined;
      this.#deaths++;
      this.options.died(toError(error));
    });
    return worker;
  }
}
