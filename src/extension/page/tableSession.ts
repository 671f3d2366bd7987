/**
 * The conversation with the page of the runs table: a snapshot at boot and whenever the page returns, then numbered
 * deltas of the rows that read differently, each after the one before was delivered. Knows nothing of the editor.
 */
import type { TableLayout } from '../../domain/runsTable/layout';
import type { RunRow } from '../../domain/runsTable/row';
import type { TablePageMessage, WireTableMessage } from '../../protocol/pages/table';
import { parseTablePageMessage, toWireRow } from '../../protocol/pages/table';
import type { Disposable } from '../disposable';
import { Outbox } from './outbox';

/** Where the rows come from. */
export interface TableSource {
  /** All runs, newest first; undefined until they are read. Rows that did not change are the same objects. */
  readonly rows: readonly RunRow[] | undefined;
  /** Fires after each change of `rows`. */
  onDidChange(listener: () => void): Disposable;
}

/** What the page asks for beside rows. */
export type TableRequest = Exclude<TablePageMessage, { type: 'boot' | 'missed' }>;

/** The page's end of the wire. */
export interface TablePort {
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: WireTableMessage): PromiseLike<boolean>;
  /** Does what the page asks for; folders are those of known runs. */
  handle(request: TableRequest): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
}

/** A page and what it was told. */
export class TableSession implements Disposable {
  readonly #port: TablePort;
  readonly #source: TableSource;
  readonly #layout: () => TableLayout | undefined;
  readonly #subscription: Disposable;
  readonly #outbox: Outbox<WireTableMessage>;
  /** The rows that the page has, by folder. */
  #told = new Map<string, RunRow>();
  #isTrusted = true;
  #isVisible = true;
  #hasBooted = false;
  #needsSnapshot = false;
  #sequence = 0;

  /** `layout` gives what the workspace keeps. */
  constructor(port: TablePort, source: TableSource, layout: () => TableLayout | undefined) {
    this.#port = port;
    this.#source = source;
    this.#layout = layout;
    this.#outbox = new Outbox({
      next: () => this.#next(),
      post: (message) => port.post(message),
      onLost: () => (this.#needsSnapshot = true),
    });
    this.#subscription = source.onDidChange(() => void this.#outbox.pump());
  }

  /** In an untrusted workspace nothing is read and the page says so. */
  setTrusted(isTrusted: boolean): void {
    if (isTrusted === this.#isTrusted) return;
    this.#isTrusted = isTrusted;
    this.#askSnapshot();
  }

  /** Call when the page is shown or hidden; nothing is posted to a hidden page. */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (isVisible) this.#askSnapshot();
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parseTablePageMessage(raw);
    if (!message) {
      this.#port.reject(raw);
    } else if (message.type === 'boot' || message.type === 'missed') {
      this.#hasBooted = true;
      this.#askSnapshot();
    } else {
      this.#port.handle(message.type === 'action' ? this.#known(message) : message);
    }
  }

  dispose(): void {
    this.#hasBooted = false;
    this.#subscription.dispose();
  }

  /** A run may have gone since the page was told of it; and a page names no other folder than a run's. */
  #known(message: Extract<TableRequest, { type: 'action' }>): TableRequest {
    const present = new Set(this.#source.rows?.map(({ summary }) => summary.folder));
    return { ...message, folders: message.folders.filter((folder) => present.has(folder)) };
  }

  #askSnapshot(): void {
    this.#needsSnapshot = true;
    void this.#outbox.pump();
  }

  #next(): WireTableMessage | undefined {
    if (!this.#hasBooted || !this.#isVisible) return undefined;
    // Until runs are read the page shows that it waits, rather than that there is none.
    if (this.#isTrusted && this.#source.rows === undefined) return undefined;
    const before = this.#told;
    const rows = this.#isTrusted ? (this.#source.rows ?? []) : [];
    const now = new Map(rows.map((row) => [row.summary.folder, row]));
    if (this.#needsSnapshot) return this.#snapshot(now);
    const changed = rows.filter((row) => before.get(row.summary.folder) !== row).map(toWireRow);
    const removed = [...before.keys()].filter((folder) => !now.has(folder));
    this.#told = now;
    if (changed.length === 0 && removed.length === 0) return undefined;
    return { type: 'delta', sequence: ++this.#sequence, changed, removed };
  }

  #snapshot(now: Map<string, RunRow>): WireTableMessage {
    this.#needsSnapshot = false;
    this.#told = now;
    const rows = [...now.values()].map(toWireRow);
    return {
      type: 'snapshot',
      sequence: ++this.#sequence,
      rows,
      layout: this.#layout() ?? null,
      trusted: this.#isTrusted,
    };
  }
}
