/**
 * The files of one run, read in order and followed. When one of them was replaced or written anew, the whole run is read
 * again, for series are made of several files; when one is gone, what was read of it stays.
 */
import { readFile, stat } from 'node:fs/promises';
import { basename, relative, resolve } from 'node:path';
import { toError } from '../../domain/errors';
import { parseHparamsYaml } from '../../formats/logs/hparamsYaml';
import { createLogReader, type LogReader } from '../../formats/logs/logReader';
import type { LogPlace } from '../logs/logPlace';
import { createTail, type Tail } from '../watch/tail';
import type { CachedFile } from './cache/cacheFormat';
import { DamagedCacheError, type CachedRun } from './cache/cachedRun';
import type { CachedFacts } from './cache/columnCache';
import { identityOf } from './cache/identity';
import { findRunLogs, type LogFile } from './findLogs';
import { LogSink, type TagOwners } from './store/logSink';
import type { RunStore } from './store/runStore';

/** A last line without a newline is whole once its file has been left alone for so long. */
const QUIET_MS = 2000;
const MOST_PARAMETER_BYTES = 2 ** 20;

export interface RunLogsOptions {
  readonly paths: readonly string[];
  /** Where the run logs, if it is none of our trainings. */
  readonly place: () => Promise<LogPlace | undefined>;
  readonly store: RunStore;
  /** Whether a folder belongs to another run. */
  readonly isOther: (folder: string) => boolean;
  /** Told whenever something was read. */
  readonly onChange: () => void;
}

interface FollowedLog extends LogFile {
  readonly reader: LogReader;
  readonly tail: Tail;
  readonly sink: LogSink;
  isMissing: boolean;
}

/** Reads and follows the files of one run into its store. */
export class RunLogs {
  /** Bytes that the files hold, and how many of them were read. */
  bytes = 0;
  /** Whether none of the paths exists, and nothing was read. */
  isNowhere = false;
  private logs = new Map<string, FollowedLog>();
  private owners: TagOwners = new Map();
  private parameterFiles = new Map<string, number>();
  private failures = new Map<string, string>();
  private mustRestart = false;
  private reading: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunLogsOptions) {}

  get bytesRead(): number {
    return [...this.logs.values()].reduce((sum, { reader }) => sum + reader.consumed, 0);
  }

  get skipped(): number {
    return [...this.logs.values()].reduce((sum, { reader }) => sum + reader.skipped, 0);
  }

  /** One sentence for each file that cannot be read on. */
  get problems(): string[] {
    const ofLogs = [...this.logs.values()].flatMap(({ path, reader, isMissing }) => {
      if (isMissing) return [`${path} is gone: what was read of it is still shown.`];
      return reader.problem === null ? [] : [`${path}: ${reader.problem}`];
    });
    return [...ofLogs, ...this.failures.values()];
  }

  /** Begins where a cache left off; nothing may have been read before. */
  resume({ header, series }: CachedRun): void {
    const { store } = this.options;
    this.owners = new Map(header.owners);
    store.parameters = header.parameters;
    store.firstWallTime = header.firstWallTime ?? Infinity;
    store.coolDown(series);
    for (const file of header.files) this.follow(file, file);
  }

  /** What a cache must know to resume; undefined while a file cannot be identified. */
  facts(): CachedFacts | undefined {
    const files = [...this.logs.values()].map(({ path, kind, prefix, reader }): CachedFile | undefined => {
      const identity = identityOf(path, reader.consumed);
      const state = reader.state() as CachedFile['state'];
      return identity && reader.problem === null ? { path, kind, prefix, ...identity, state } : undefined;
    });
    const known = files.filter((file) => file !== undefined);
    return known.length === files.length ? { files: known, owners: [...this.owners] } : undefined;
  }

  /** Looks for files that were not there before. */
  async find(): Promise<void> {
    const { paths, place, isOther } = this.options;
    const { files, parameterFiles, isThere } = await findRunLogs(paths, await place(), isOther);
    for (const file of files) if (!this.logs.has(file.path)) this.follow(file);
    this.isNowhere = !isThere && this.logs.size === 0;
    for (const path of parameterFiles) await this.readParameters(path);
    this.bytes = await totalSize([...this.logs.keys()]);
  }

  /** Takes announced bytes of a file in a folder; `gap` asks for a catchUp. */
  offer(folder: string, { file, offset, bytes }: Announced): 'taken' | 'gap' {
    const path = resolve(folder, file);
    // A file is named from inside the run's folder, whoever says it.
    if (relative(folder, path).startsWith('..')) return 'taken';
    return this.logs.get(path)?.tail.offer(offset, bytes) ?? 'gap';
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
    const isStale = (): boolean => this.mustRestart;
    if (isStale()) return this.restart();
    for (const log of this.logs.values()) {
      await this.read(log);
      if (isStale()) return this.restart();
    }
  }

  private async read(log: FollowedLog): Promise<void> {
    try {
      log.isMissing = (await log.tail.catchUp()) === 'missing';
      if (!log.isMissing) await this.finishIfQuiet(log);
      this.failures.delete(log.path);
    } catch (error) {
      if (error instanceof DamagedCacheError) this.mustRestart = true;
      this.failures.set(log.path, `${log.path} cannot be read: ${toError(error).message}`);
    }
  }

  private async finishIfQuiet({ path, kind, reader, sink }: FollowedLog): Promise<void> {
    if (kind === 'events') return;
    const stats = await stat(path);
    if (reader.consumed < stats.size && Date.now() - stats.mtimeMs > QUIET_MS) reader.finish(sink);
  }

  private async restart(): Promise<void> {
    this.mustRestart = false;
    this.logs.clear();
    this.owners.clear();
    this.parameterFiles.clear();
    this.failures.clear();
    this.options.store.clear();
    await this.find();
    await this.readAll();
  }

  private follow(file: LogFile, cached?: CachedFile): void {
    const { path, kind, prefix } = file;
    const { store, onChange } = this.options;
    const reader = createLogReader(kind, cached?.state);
    const sink = new LogSink({ store, owners: this.owners, prefix, kind, fileName: basename(path) });
    const take = (bytes: Uint8Array): void => {
      reader.push(bytes, sink);
      if (reader.isStale) this.mustRestart = true;
      onChange();
    };
    const onReplaced = (): void => {
      this.mustRestart = true;
    };
    const tail = createTail(path, take, { from: reader.consumed, onReplaced });
    this.logs.set(path, { path, kind, prefix, reader, sink, tail, isMissing: false });
  }

  private async readParameters(path: string): Promise<void> {
    const stats = await stat(path).catch(() => undefined);
    if (stats === undefined || stats.mtimeMs === this.parameterFiles.get(path)) return;
    this.parameterFiles.set(path, stats.mtimeMs);
    const isSmall = stats.size <= MOST_PARAMETER_BYTES;
    const parameters = isSmall ? parseHparamsYaml(await readFile(path, 'utf8').catch(() => '')) : undefined;
    if (parameters === undefined)
      this.failures.set(path, `${path} is not read: it is no YAML file of parameters.`);
    const { store, onChange } = this.options;
    store.parameters = { ...store.parameters, ...parameters };
    store.version++;
    onChange();
  }
}

/** Bytes that were appended to a file, whose name is relative to the run's folder. */
export interface Announced {
  readonly file: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

async function totalSize(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
