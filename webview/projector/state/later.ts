/** Tells of changes a short while after the first of them, once for all; changes that keep coming do not put it off. */

/** Runs the action of this name later, unless one of the name waits already. */
export type Later = (name: string, action: () => void) => void;

/** A memory of what waits. */
export function createLater(delayMs: number): Later {
  const waiting = new Set<string>();
  return (name, action) => {
    if (waiting.has(name)) return;
    waiting.add(name);
    setTimeout(() => {
      waiting.delete(name);
      action();
    }, delayMs);
  };
}
