/** What waits to be posted to a projector. A newer snapshot of a map, or a newer progress, takes the place of the older. */
import type { ProjectorHostMessage } from '../../protocol/pages/projector';

/** Messages in order, less those that a later one makes pointless. */
export class ProjectorQueue {
  #waiting: ProjectorHostMessage[] = [];

  add(message: ProjectorHostMessage): void {
    const replaced = this.#waiting.findIndex((other) => isReplacedBy(other, message));
    if (replaced >= 0) this.#waiting.splice(replaced, 1);
    this.#waiting.push(message);
  }

  next(): ProjectorHostMessage | undefined {
    return this.#waiting.shift();
  }

  clear(): void {
    this.#waiting = [];
  }
}

function isReplacedBy(older: ProjectorHostMessage, newer: ProjectorHostMessage): boolean {
  if (older.type === 'map' && newer.type === 'map') {
    const isSame = older.pane === newer.pane && older.epoch === newer.epoch;
    return isSame && older.request === newer.request && !older.isFinal;
  }
  if (older.type !== newer.type) return false;
  return older.type === 'progress' || older.type === 'selected' || older.type === 'selections';
}
