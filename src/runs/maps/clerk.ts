/**
 * The near end of the thread that answers what takes a moment: opening sources, neighbours of one sample, pictures. It is
 * another thread than the one that computes maps, so that nobody waits for a map to point at a sample.
 */
import { HumanError, wrapError } from '../../domain/errors';
import type { Disposable } from '../disposable';
import type { MapsReply, OpenedPlaces, Small, SmallName, SmallQuestions } from './messages';
import { Thread } from './thread';
import type { ComputerOptions } from './computer';
import { createWanted } from './wanted';

interface Asked {
  readonly resolve: (answer: SmallQuestions[SmallName]['answer']) => void;
  readonly reject: (error: Error) => void;
}

/** Asks small questions of a thread of its own. */
export class Clerk implements Disposable {
  readonly #thread: Thread;
  readonly #asked = new Map<number, Asked>();
  readonly #onError: (error: Error) => void;
  #ids = 0;

  constructor({ workerPath, cacheFolder, onError }: ComputerOptions) {
    this.#onError = onError;
    this.#thread = new Thread({
      workerPath,
      setup: { cacheFolder, wanted: createWanted() },
      take: (reply) => this.#take(reply),
      died: (error) => this.#died(error),
    });
  }

  /** Rejects with HumanError where a person can help. */
  ask<Name extends SmallName>(
    type: Name,
    places: OpenedPlaces,
    ask: SmallQuestions[Name]['ask'],
  ): Promise<SmallQuestions[Name]['answer']> {
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      // The answer is of the question's name: both ends are of one build.
      this.#asked.set(id, { resolve, reject });
      this.#thread.post({ type, id, places, ask } as Small);
    });
  }

  /** Tells the thread that sources are shown no longer. */
  close(version: number): void {
    this.#thread.tell({ type: 'close', version });
  }

  dispose(): void {
    this.#refuseAll();
    this.#thread.dispose();
  }

  #take(reply: MapsReply): void {
    if (!('id' in reply)) return;
    const asked = this.#asked.get(reply.id);
    this.#asked.delete(reply.id);
    if (reply.type === 'answer') asked?.resolve(reply.answer);
    else if (reply.type === 'refused') asked?.reject(new HumanError(reply.sentence));
    else asked?.reject(new Error(reply.text));
  }

  #died(error: Error): void {
    this.#onError(wrapError('reading embeddings', error));
    this.#refuseAll();
  }

  #refuseAll(): void {
    const refused = new HumanError('The embeddings could not be read, because the reader ended: try again.');
    for (const { reject } of this.#asked.values()) reject(refused);
    this.#asked.clear();
  }
}
