/**
 * The way out to one page: one message at a time, each posted after the one before was delivered, so a slow page gets
 * fewer and larger ones. What to say next is asked when there is room, never before.
 */

/** What an outbox needs of its owner. */
export interface OutboxSource<Message> {
  /** The next message, or undefined for nothing to say. */
  next(): Message | undefined;
  /** Resolves to false if the page is hidden and the message lost. */
  post(message: Message): PromiseLike<boolean>;
  /** A message was lost: what the page knows is unknown. */
  onLost(): void;
}

/** Posts what its source has to say whenever `pump` is called. */
export class Outbox<Message> {
  readonly #source: OutboxSource<Message>;
  #isPosting = false;

  constructor(source: OutboxSource<Message>) {
    this.#source = source;
  }

  /** Call when there may be something to say. */
  async pump(): Promise<void> {
    while (!this.#isPosting) {
      const message = this.#source.next();
      if (message === undefined) return;
      this.#isPosting = true;
      const isDelivered = await this.#deliver(message);
      this.#isPosting = false;
      if (isDelivered) continue;
      this.#source.onLost();
      return;
    }
  }

  async #deliver(message: Message): Promise<boolean> {
    try {
      return await this.#source.post(message);
    } catch {
      // The page was closed while the message was on its way.
      return false;
    }
  }
}
