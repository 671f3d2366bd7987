/**
 * One standing question in the worker: it answers at most every 100 ms, and not before the last answer was taken, so a slow
 * taker gets fewer and larger ones. Lines whose series have not changed are not computed again.
 */
import { answerGroup, answerLine, type LineSource } from '../../domain/series/answer';
import { changesBetween, isEmptyAnswer } from '../../domain/series/changes';
import type {
  BandChange,
  ChartAnswer,
  ChartQuery,
  Line,
  LineChange,
  LineGroup,
} from '../../domain/series/query';
import type { Disposable } from '../disposable';
import { createThrottle, type Throttle } from '../throttle';

const GAP_MS = 100;
const NOTHING: ChartAnswer = { lines: [], bands: [] };

export interface ChartWatcherOptions {
  readonly find: (line: Line) => LineSource | undefined;
  readonly send: (answer: ChartAnswer, version: number, number: number) => void;
  readonly onError: (error: unknown) => void;
}

/** A line or a band with what it was computed from. */
interface Kept<T> {
  readonly state: string;
  readonly part: T;
}

/** A question that is answered until disposed. */
export class ChartWatcher implements Disposable {
  query: ChartQuery | undefined;
  private version = 0;
  private number = 0;
  private taken = 0;
  private told = NOTHING;
  private isFirst = true;
  private isDirty = false;
  private readonly lines = new Map<string, Kept<LineChange>>();
  private readonly bands = new Map<string, Kept<BandChange>>();
  private readonly throttle: Throttle;

  constructor(private readonly options: ChartWatcherOptions) {
    const onError = (error: unknown): null => {
      options.onError(error);
      return null;
    };
    this.throttle = createThrottle({ action: () => this.answer(), gapMs: GAP_MS, onError });
  }

  /** Another question: its first answer is complete. */
  ask(query: ChartQuery, version: number): void {
    this.query = query;
    this.version = version;
    this.told = NOTHING;
    this.isFirst = true;
    this.lines.clear();
    this.bands.clear();
    this.soon();
  }

  /** Something that the answer may depend on has changed. */
  soon(): void {
    this.isDirty = true;
    if (this.taken === this.number) this.throttle.soon();
  }

  take(number: number): void {
    this.taken = number;
    if (this.isDirty) this.soon();
  }

  concerns(run: string): boolean {
    const { lines = [], groups = [] } = this.query ?? {};
    return lines.some((line) => line.run === run) || groups.some(({ runs }) => runs.includes(run));
  }

  dispose(): void {
    void this.throttle.dispose();
  }

  private answer(): void {
    if (this.query === undefined || this.taken !== this.number) return;
    this.isDirty = false;
    const now = this.complete(this.query);
    const changes = changesBetween(this.told, now);
    this.told = now;
    if (isEmptyAnswer(changes) && !this.isFirst) return;
    this.isFirst = false;
    this.options.send(changes, this.version, ++this.number);
  }

  private complete(query: ChartQuery): ChartAnswer {
    return {
      lines: query.lines.map((line) => this.lineOf(query, line)),
      bands: query.groups.map((group) => this.bandOf(query, group)),
    };
  }

  private lineOf(query: ChartQuery, line: Line): LineChange {
    const source = this.options.find(line);
    const name = JSON.stringify([line.run, line.tag]);
    return kept(this.lines, { name, state: stateOf(source) }, () => answerLine(query, line, source));
  }

  private bandOf(query: ChartQuery, group: LineGroup): BandChange {
    const { find } = this.options;
    const state = group.runs.map((run) => stateOf(find({ run, tag: group.tag }))).join();
    const name = JSON.stringify([group.key, group.tag]);
    return kept(this.bands, { name, state }, () => answerGroup(query, group, find));
  }
}

/** The part kept under a name, computed again if it was computed from something else. */
function kept<T>(
  parts: Map<string, Kept<T>>,
  { name, state }: { name: string; state: string },
  compute: () => T,
): T {
  const known = parts.get(name);
  if (known?.state === state) return known.part;
  const part = compute();
  parts.set(name, { state, part });
  return part;
}

/** Tells one state of a series, and of what places it on an axis, from another. */
function stateOf(source: LineSource | undefined): string {
  if (source === undefined) return 'none';
  const { orders, facts } = source;
  const { length, rewrites } = orders.series;
  const epochs = facts.epochs?.steps.length ?? -1;
  return [orders.identity, length, rewrites, epochs, facts.firstWallTime, facts.viewsPerStep].join(':');
}
