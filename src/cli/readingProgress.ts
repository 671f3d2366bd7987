/** Shows on a terminal how far the reading of a large data set is; nothing appears elsewhere. */

import type { ReadingProgress } from '../formats/datasets/pictures/picture';

/** Between two lines; a terminal cannot be read any faster. */
const EVERY_MS = 200;

/** A listener that rewrites one line of the terminal, and clears it at the end. */
export function showReading(terminal: NodeJS.WriteStream = process.stderr): ReadingProgress {
  let shownAt = -Infinity;
  return (done, total) => {
    if (!terminal.isTTY || (done < total && performance.now() - shownAt < EVERY_MS)) return;
    shownAt = performance.now();
    terminal.write(done < total ? `\rreading images: ${done} of ${total}` : '\r\u001b[K');
  };
}
