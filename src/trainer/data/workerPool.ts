/**
 * The loader's worker threads: started together, alive for the whole run. The death of one, for whatever
 * reason, is one failure of the pool, told once and with the worker's name.
 */
import { Worker } from 'node:worker_threads';
import { HumanError, toError, wrapError } from '../../domain/errors';
import type { FillRequest, WorkerReply, WorkerSetup } from './workerMessages';

/** What the pool tells its owner. */
export interface PoolListener {
  filled(slot: number): void;
  failed(error: Error): void;
}

export interface WorkerPool {
  /** Asks the worker with the least to do. */
  fill(request: FillRequest): void;
  close(): Promise<void>;
}

/** Starts the workers; resolves when all have loaded. Rejects if one cannot start. */
export async function startWorkerPool(
  worker: { entry: string | URL; count: number },
  setup: WorkerSetup,
  listener: PoolListener,
): Promise<WorkerPool> {
  const threads = Array.from({ length: worker.count }, () => new Worker(worker.entry, { workerData: setup }));
  const pending = threads.map(() => 0);
  let isClosing = false;

  async function close(): Promise<void> {
    isClosing = true;
    await Promise.all(threads.map((thread) => thread.terminate()));
  }

  function fail(error: Error): void {
    if (!isClosing) {
      isClosing = true;
      listener.failed(error);
    }
  }

  function died(place: number, cause: unknown): void {
    fail(wrapError(`data worker ${place + 1} of ${threads.length} stopped`, cause));
  }

  try {
    await Promise.all(threads.map(untilReady));
  } catch (thrown) {
    await close();
    if (thrown instanceof HumanError) throw thrown;
    throw wrapError(`starting the data worker ${String(worker.entry)}`, thrown);
  }
  for (const [place, thread] of threads.entries()) {
    thread.on('message', (reply: WorkerReply) => {
      if (reply.type === 'refused') fail(new HumanError(reply.sentence));
      if (reply.type === 'filled') {
        pending[place]--;
        listener.filled(reply.slot);
      }
    });
    thread.on('error', (error) => died(place, error));
    thread.on('exit', (code) => died(place, new Error(`exit code ${code}`)));
  }
  return {
    fill(request) {
      const place = pending.indexOf(Math.min(...pending));
      pending[place]++;
      threads[place].postMessage(request);
    },
    close,
  };
}

function untilReady(thread: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    thread.once('message', (reply: WorkerReply) => {
      if (reply.type === 'refused') reject(new HumanError(reply.sentence));
      else resolve();
    });
    thread.once('error', (error) => reject(toError(error)));
    thread.once('exit', (code) => reject(new Error(`exit code ${code}`)));
  });
}
