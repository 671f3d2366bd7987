/** A thread that reads logs beside the one that follows runs. */
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../../disposable';
import type { RunLog } from '../../logs/logPlace';
import type { ReadRun } from './readLogs';

/** Reads the logs of one run, and then those of the next. */
export interface LogReader extends Disposable {
  /** What the logs say; undefined if they have to be read by whoever asks. Never rejects. */
  read(logs: readonly RunLog[]): Promise<ReadRun | undefined>;
}

/** A reader whose thread, `dist/log-reader.js`, starts with its first logs. */
export function createReader(workerPath: string): LogReader {
  return new ThreadReader(workerPath);
}

class ThreadReader implements LogReader {
  private worker: Worker | undefined;
  private answer: (read: ReadRun | undefined) => void = () => undefined;
  private isBroken = false;

  constructor(private readonly workerPath: string) {}

  read(logs: readonly RunLog[]): Promise<ReadRun | undefined> {
    if (this.isBroken) return Promise.resolve(undefined);
    this.worker ??= this.start();
    return new Promise((resolve) => {
      this.answer = resolve;
      this.worker?.postMessage(logs);
    });
  }

  dispose(): void {
    this.isBroken = true;
    void this.worker?.terminate();
    this.answer(undefined);
  }

  private start(): Worker {
    const worker = new Worker(this.workerPath);
    worker.unref();
    worker.on('message', (read: ReadRun | undefined) => this.answer(read));
    // Whoever asked reads the same files and says what is wrong with them.
    worker.on('error', () => this.dispose());
    return worker;
  }
}
