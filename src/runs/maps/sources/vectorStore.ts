/** Vectors that were read, as far as they fit into a bound: those used longest ago are let go first. */
import type { PaneVectors } from './paneVectors';

const MEBIBYTE = 2 ** 20;
const MOST_BYTES = 768 * MEBIBYTE;

/** What was read, by name. */
export class VectorStore {
  /** In the order of their use. */
  readonly #kept = new Map<string, Promise<PaneVectors>>();
  readonly #sizes = new Map<string, number>();

  /** The vectors of that name, read if they are not there. */
  async get(name: string, read: () => Promise<PaneVectors>): Promise<PaneVectors> {
    const kept = this.#kept.get(name) ?? read();
    this.#kept.delete(name);
    this.#kept.set(name, kept);
    try {
      const found = await kept;
      this.#sizes.set(name, found.vectors.values.byteLength);
      this.#makeRoom(name);
      return found;
    } catch (thrown) {
      this.#forget(name);
      throw thrown;
    }
  }

  /** Lets go of all whose names begin so. */
  forget(prefix: string): void {
    for (const name of [...this.#kept.keys()]) if (name.startsWith(prefix)) this.#forget(name);
  }

  #makeRoom(used: string): void {
    let total = [...this.#sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [name, size] of this.#sizes) {
      if (total <= MOST_BYTES) return;
      if (name === used) continue;
      total -= size;
      this.#forget(name);
    }
  }

  #forget(name: string): void {
    this.#kept.delete(name);
    this.#sizes.delete(name);
  }
}
