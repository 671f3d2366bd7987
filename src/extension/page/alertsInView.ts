/**
 * The alerts of the runs on a dashboard: read from their folders at first and whenever a run has changed, at most once a
 * second, and which of them the page has not been told. Nothing is read while nobody looks.
 */
import type { Alert } from '../../domain/run/alert';
import type { AlertGroup } from '../../domain/run/alertGroups';
import { groupAlerts } from '../../domain/run/alertGroups';
import type { RunSummary } from '../../domain/run/state';
import type { RunAlerts } from '../../protocol/pages/dashboard';
import { MOST_ALERT_GROUPS } from '../../protocol/run';
import { createThrottle } from '../../runs/throttle';
import type { Disposable } from '../disposable';

/** What the alerts need. */
export interface AlertsSource {
  /** All alerts of a run, in their order. Never rejects. */
  read(folder: string): Promise<readonly Alert[]>;
  /** There is something to take. */
  onNews(): void;
}

interface Entry {
  summary: RunSummary;
  groups: readonly AlertGroup[];
  isNews: boolean;
}

const GAP_MS = 1000;

/** Alerts in view. */
export class AlertsInView implements Disposable {
  readonly #source: AlertsSource;
  readonly #entries = new Map<string, Entry>();
  readonly #stale = new Set<string>();
  readonly #reading = createThrottle({ action: () => this.#read(), gapMs: GAP_MS, onError: () => null });
  #isWanted = true;

  constructor(source: AlertsSource) {
    this.#source = source;
  }

  /** The runs from now on. A run that reads otherwise than before may have further alerts, or acknowledged ones. */
  setRuns(runs: readonly RunSummary[]): void {
    const before = new Map(this.#entries);
    this.#entries.clear();
    for (const summary of runs) {
      const entry = before.get(summary.folder);
      this.#entries.set(summary.folder, { groups: [], isNews: false, ...entry, summary });
      if (entry?.summary !== summary) this.#stale.add(summary.folder);
    }
    this.#readSoon();
  }

  /** Looks again at runs that went on. */
  lookAt(folders: readonly string[]): void {
    for (const folder of folders) this.#stale.add(folder);
    this.#readSoon();
  }

  /** Whether somebody looks, and may. */
  setWanted(isWanted: boolean): void {
    this.#isWanted = isWanted;
    this.#readSoon();
  }

  /** From now on the page knows nothing. */
  forgetTold(): void {
    for (const entry of this.#entries.values()) entry.isNews = entry.groups.length > 0;
  }

  /** What the page has not been told; it counts as told from now on. */
  take(): RunAlerts[] {
    const news = [...this.#entries].filter(([, { isNews }]) => isNews);
    for (const [, entry] of news) entry.isNews = false;
    return news.map(([run, { groups }]) => ({ run, groups: groups.slice(0, MOST_ALERT_GROUPS) }));
  }

  dispose(): void {
    this.#isWanted = false;
    this.#entries.clear();
    void this.#reading.dispose();
  }

  #readSoon(): void {
    if (this.#isWanted && this.#stale.size > 0) this.#reading.soon();
  }

  async #read(): Promise<void> {
    if (!this.#isWanted) return;
    const folders = [...this.#stale].filter((folder) => this.#entries.has(folder));
    this.#stale.clear();
    const alerts = await Promise.all(folders.map((folder) => this.#source.read(folder)));
    folders.forEach((folder, i) => this.#set(folder, alerts[i] ?? []));
    this.#source.onNews();
  }

  #set(folder: string, alerts: readonly Alert[]): void {
    const entry = this.#entries.get(folder);
    if (entry === undefined) return;
    const groups = groupAlerts(alerts, entry.summary.acknowledged);
    entry.isNews ||= JSON.stringify(groups) !== JSON.stringify(entry.groups);
    entry.groups = groups;
  }
}
