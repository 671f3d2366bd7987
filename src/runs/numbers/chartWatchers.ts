/** The standing questions of all charts, by the numbers that their askers gave them. */
import type { ChartAnswer, Line } from '../../domain/series/query';
import type { LineSource } from '../../domain/series/answer';
import type { Disposable } from '../disposable';
import { ChartWatcher } from './chartWatcher';
import type { NumbersReply, NumbersRequest } from './messages';
import { transferable } from './transfer';

export interface ChartWatchersOptions {
  readonly find: (line: Line) => LineSource | undefined;
  readonly send: (reply: NumbersReply, memory: readonly ArrayBuffer[]) => void;
  readonly onError: (error: unknown) => void;
}

export class ChartWatchers implements Disposable {
  private readonly watchers = new Map<number, ChartWatcher>();

  constructor(private readonly options: ChartWatchersOptions) {}

  /** A new question, or another one in the place of an old one. */
  watch({ id, version, query }: Extract<NumbersRequest, { type: 'watch' }>): void {
    const watcher = this.watchers.get(id) ?? this.make(id);
    this.watchers.set(id, watcher);
    watcher.ask(query, version);
  }

  /** The answer with this number has been taken. */
  take(id: number, number: number): void {
    this.watchers.get(id)?.take(number);
  }

  unwatch(id: number): void {
    this.watchers.get(id)?.dispose();
    this.watchers.delete(id);
  }

  /** The numbers of a run have changed. */
  wake(run: string): void {
    for (const watcher of this.watchers.values()) if (watcher.concerns(run)) watcher.soon();
  }

  /** Whether somebody looks at a run. */
  concern(run: string): boolean {
    return [...this.watchers.values()].some((watcher) => watcher.concerns(run));
  }

  dispose(): void {
    for (const watcher of this.watchers.values()) watcher.dispose();
  }

  private make(id: number): ChartWatcher {
    const send = (changes: ChartAnswer, version: number, number: number): void => {
      const { answer, memory } = transferable(changes);
      this.options.send({ type: 'changes', id, version, number, answer }, memory);
    };
    return new ChartWatcher({ ...this.options, send });
  }
}
