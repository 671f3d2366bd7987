/**
 * The files of one run, read in order and followed: its place lists them, and whoever watches asks to catch up. When one
 * of them was replaced or written anew, the whole run is read again, for series are made of several files; when one is
 * gone, what was read of it stays.
 */
import { relative, resolve } from 'node:path';
import { toError } from '../../domain/errors';
import type { EventSink, Parameters } from '../../formats/events/sink';
import type { LogState } from '../../formats/logs/logReader';
import { FollowedLog } from './followedLog';
import type { LogPlace, RunLog } from './logPlace';
import { ParameterFiles } from './parameterFiles';

export interface RunLogsOptions {
  /** Asked at every look; the same place each time, because it keeps its prefixes. */
  readonly place: () => Promise<LogPlace>;
  /** The way of one file. */
  readonly sinkOf: (log: RunLog) => EventSink;
  readonly onParameters: (values: Parameters) => void;
  /** Everything is read again: nothing that any sink took holds any more. */
  readonly onRestart: () => void;
  /** Told whenever something was read. */
  readonly onRead?: () => void;
}

/** Bytes that were appended to a file, whose name is relative to the run's folder. */
export interface Announced {
  readonly file: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Reads and follows the files of one run. */
export class RunLogs {
  /** Bytes that the files hold, as far as they were looked for. */
  bytes = 0;
  /** Whether there is no run, and nothing was read. */
  isNowhere = false;
  /** Folders in which more may appear. */
  folders: readonly string[] = [];
  private readonly followed = new Map<string, FollowedLog>();
  private readonly parameterFiles = new ParameterFiles();
  private failure: string | null = null;
  private mustRestart = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunLogsOptions) {}

  get logs(): readonly FollowedLog[] {
    return [...this.followed.values()];
  }

  get bytesRead(): number {
    return this.logs.reduce((sum, { reader }) => sum + reader.consumed, 0);
  }

  /** Damaged records or lines that were left out. */
  get skipped(): number {
    return this.logs.reduce((sum, { reader }) => sum + reader.skipped, 0);
  }

  /** One sentence for each file that is there no more. */
  get gone(): string[] {
    return this.logs
      .filter(({ isMissing }) => isMissing)
      .map(({ log }) => `${log.path} is gone: what was read of it is still shown.`);
  }

  /** One sentence for each file that cannot be read on. */
  get problems(): string[] {
    const all = [this.failure, ...this.logs.map(({ problem }) => problem), ...this.parameterFiles.problems];
    return all.filter((each) => each !== null);
  }

  /** Follows a file; from where an earlier reader stood, if nothing was read of it before. */
  follow(log: RunLog, state?: LogState): void {
    if (this.followed.has(log.path)) return;
    const { sinkOf, onRead = () => undefined } = this.options;
    this.followed.set(log.path, new FollowedLog({ log, sink: sinkOf(log), state, onRead }));
  }

  /** Looks for files that were not there before. Never throws. */
  async find(): Promise<void> {
    try {
      const found = await (await this.options.place()).logs();
      for (const { path, kind, prefix } of found.logs) this.follow({ path, kind, prefix });
      this.bytes = found.logs.reduce((sum, { bytes }) => sum + bytes, 0);
      this.folders = found.folders;
      this.isNowhere = !found.isThere && this.followed.size === 0;
      for (const path of found.parameterFiles) await this.readParameters(path);
      this.failure = null;
    } catch (error) {
      this.failure = toError(error).message;
    }
  }

  /** Takes announced bytes of a file in the run's folder; `gap` asks for a look at the disk. */
  offer(folder: string, { file, offset, bytes }: Announced): 'taken' | 'gap' {
    const path = resolve(folder, file);
    // A file is named from inside the run's folder, whoever says it.
    if (relative(folder, path).startsWith('..')) return 'gap';
    return this.followed.get(path)?.tail.offer(offset, bytes) ?? 'gap';
  }

  /** Takes everything that is on the disk by now, one caller after the other. Never throws. */
  catchUp(): Promise<void> {
    this.reading = this.reading.then(() => this.readAll());
    return this.reading;
  }

  /** Reads everything from its beginning. */
  readAgain(): Promise<void> {
    this.mustRestart = true;
    return this.catchUp();
  }

  private async readAll(): Promise<void> {
    if (!this.mustRestart && (await this.readOn())) return;
    this.mustRestart = false;
    this.followed.clear();
    this.parameterFiles.clear();
    this.options.onRestart();
    await this.find();
    // A file that is being written anew at this moment is read whole the next time.
    this.mustRestart = !(await this.readOn());
  }

  /** False as soon as a file has to be read again. */
  private async readOn(): Promise<boolean> {
    for (const log of this.followed.values()) {
      await log.catchUp();
      if (log.isStale || this.mustRestart) return false;
    }
    return true;
  }

  private async readParameters(path: string): Promise<void> {
    const parameters = await this.parameterFiles.read(path);
    if (parameters === undefined) return;
    this.options.onParameters(parameters);
    this.options.onRead?.();
  }
}
