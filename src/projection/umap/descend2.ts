/**
 * One epoch of UMAP's stochastic descent in the plane. Pairs are taken in proportion to their weight: each has an
 * interval in epochs and a time when it is due. A pair that is due is pulled together, and its first point pushed away
 * from some points drawn by chance. The first point's place stays in variables while its pairs are gone through.
 */
import type { Monitor } from '../types';
import { CHECK_MASK, TWO_TO_MINUS_32, type Descent, type Epoch } from './descent';
import { FIRST, LAST, SHIFT } from './forces';

/** One epoch in the plane. */
export function descend2(descent: Descent, { number, rate }: Epoch, monitor: Monitor): void {
  const { places, count, starts, tails, interval, due, negatives } = descent;
  const { attraction, repulsion } = descent.forces;
  const square = new Float32Array(1);
  const bits = new Int32Array(square.buffer);
  const scale = count * TWO_TO_MINUS_32;
  let random = descent.random;
  for (let head = 0; head < count; head++) {
    if ((head & CHECK_MASK) === 0) monitor.check();
    let x = places[2 * head];
    let y = places[2 * head + 1];
    for (let pair = starts[head], end = starts[head + 1]; pair < end; pair++) {
      if (due[pair] > number) continue;
      due[pair] += interval[pair];
      const tail = 2 * tails[pair];
      let dx = x - places[tail];
      let dy = y - places[tail + 1];
      square[0] = dx * dx + dy * dy;
      let entry = (bits[0] >>> SHIFT) - FIRST;
      let force = rate * attraction[entry < 0 ? 0 : entry > LAST ? LAST : entry];
      dx *= force;
      dy *= force;
      places[tail] += dx;
      places[tail + 1] += dy;
      x -= dx;
      y -= dy;
      for (let i = 0; i < negatives; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        const other = 2 * Math.floor((random >>> 0) * scale);
        if (other === 2 * head) continue;
        dx = x - places[other];
        dy = y - places[other + 1];
        square[0] = dx * dx + dy * dy;
        entry = (bits[0] >>> SHIFT) - FIRST;
        force = rate * repulsion[entry < 0 ? 0 : entry > LAST ? LAST : entry];
        x += force * dx;
        y += force * dy;
      }
    }
    places[2 * head] = x;
    places[2 * head + 1] = y;
  }
  descent.random = random;
}
