/**
 * The conversation with one diff page: it says boot and gets the diff; it gets another one when it asks, or when a
 * compared run has ended meanwhile. A page that is hidden is told when it returns. Knows nothing of the editor.
 */
import * as l10n from '@vscode/l10n';
import type { RunDiff } from '../../domain/diff/runDiff';
import { HumanError } from '../../domain/errors';
import type { HostMessage, PageMessage } from '../../protocol/pages/diff';
import { parsePageMessage } from '../../protocol/pages/diff';
import type { Disposable } from '../disposable';

/** What the page asks of the editor. */
export type DiffRequest = Exclude<PageMessage, { type: 'boot' | 'refresh' | 'missed' | 'watch' | 'unwatch' }>;

/** What the page says about the curves. */
export type CurveRequest = Extract<PageMessage, { type: 'boot' | 'missed' | 'watch' | 'unwatch' }>;

export interface DiffPort {
  post(message: HostMessage): PromiseLike<boolean>;
  /** Does what the page asks for, with the diff that it shows. */
  act(request: DiffRequest, diff: RunDiff): void;
  /** Told about the curves: that the page begins, and what it asks. */
  curves(message: CurveRequest): void;
  /** Told about what a page sent that is no message. */
  reject(message: unknown): void;
  /** Told about a defect. */
  fail(thrown: unknown): void;
}

export class DiffSession implements Disposable {
  readonly #port: DiffPort;
  readonly #compare: () => Promise<RunDiff>;
  #hasBooted = false;
  #isVisible = true;
  #isDisposed = false;
  /** A comparison that was begun before another is not shown. */
  #turn = 0;
  #diff: RunDiff | undefined;

  /** @param compare makes the diff anew; it rejects with HumanError where there is none */
  constructor(port: DiffPort, compare: () => Promise<RunDiff>) {
    this.#port = port;
    this.#compare = compare;
  }

  /** Call with whatever the page sent. */
  receive(raw: unknown): void {
    const message = parsePageMessage(raw);
    if (message === undefined) this.#port.reject(raw);
    else this.#obey(message);
  }

  /** Call when the page is shown or hidden. */
  setVisible(isVisible: boolean): void {
    const returns = isVisible && !this.#isVisible;
    this.#isVisible = isVisible;
    if (returns) this.refresh();
  }

  /** Makes and shows the diff anew, as soon as there is a page to show it. */
  refresh(): void {
    if (this.#hasBooted && this.#isVisible) void this.#tell();
  }

  dispose(): void {
    this.#isDisposed = true;
  }

  #obey(message: PageMessage): void {
    switch (message.type) {
      case 'boot':
        this.#port.curves(message);
        this.#hasBooted = true;
        this.refresh();
        return;
      case 'refresh':
        this.refresh();
        return;
      case 'missed':
      case 'watch':
      case 'unwatch':
        this.#port.curves(message);
        return;
      case 'open':
      case 'openCode':
      case 'openKey':
      case 'makeBaseline':
      case 'copyMarkdown':
      case 'pictures':
      case 'compareEmbeddings':
        this.#act(message);
    }
  }

  #act(message: DiffRequest): void {
    if (this.#diff !== undefined && isAboutColumns(message, this.#diff)) this.#port.act(message, this.#diff);
  }

  async #tell(): Promise<void> {
    const turn = ++this.#turn;
    const message = await this.#answer();
    if (turn !== this.#turn || this.#isDisposed) return;
    if (message.type === 'diff') this.#diff = message.diff;
    try {
      await this.#port.post(message);
    } catch {
      // The page was closed while the message was on its way.
    }
  }

  async #answer(): Promise<HostMessage> {
    try {
      return { type: 'diff', diff: await this.#compare() };
    } catch (thrown) {
      if (thrown instanceof HumanError) return { type: 'problem', sentence: thrown.message };
      this.#port.fail(thrown);
      return {
        type: 'problem',
        sentence: l10n.t('The comparison failed because of a defect in SupCon Lab; the log says more.'),
      };
    }
  }
}

/** A page that was sent one diff may still speak of an earlier one. */
function isAboutColumns(message: DiffRequest, { columns }: RunDiff): boolean {
  return !('column' in message) || columns[message.column] !== undefined;
}
