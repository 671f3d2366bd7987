/**
 * The way out to the page of a projector, one message at a time. Nothing is said before the page has booted, nor while it is
 * hidden: a page that misses messages boots again when it is shown.
 */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../../domain/errors';
import type { ProjectorHostMessage } from '../../protocol/pages/projector';
import { Outbox } from './outbox';
import type { ProjectorPort } from './projectorPort';
import { ProjectorQueue } from './projectorQueue';

/** Says things to one page. */
export class ProjectorOut {
  readonly #queue = new ProjectorQueue();
  readonly #outbox: Outbox<ProjectorHostMessage>;
  #hasBooted = false;
  #isVisible = true;

  constructor(private readonly port: Pick<ProjectorPort, 'post' | 'fail'>) {
    this.#outbox = new Outbox({
      next: () => (this.isHeard ? this.#queue.next() : undefined),
      post: (message) => port.post(message),
      onLost: () => this.#queue.clear(),
    });
  }

  get hasBooted(): boolean {
    return this.#hasBooted;
  }

  /** Whether the page hears what is said now. */
  get isHeard(): boolean {
    return this.#hasBooted && this.#isVisible;
  }

  boot(): void {
    this.#hasBooted = true;
  }

  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (isVisible) void this.#outbox.pump();
    else this.close();
  }

  /** Until the page boots again. */
  close(): void {
    this.#hasBooted = false;
    this.#queue.clear();
  }

  /** What waits to be said is not true any more. */
  clear(): void {
    this.#queue.clear();
  }

  say(message: ProjectorHostMessage): void {
    this.#queue.add(message);
    void this.#outbox.pump();
  }

  /** A sentence for what was thrown; a defect is told to the log. */
  sentence(doing: string, thrown: unknown): string {
    if (thrown instanceof HumanError) return thrown.message;
    this.port.fail(doing, thrown);
    return l10n.t('{0} failed because of a defect in SupCon Lab; the log says more.', doing);
  }
}
