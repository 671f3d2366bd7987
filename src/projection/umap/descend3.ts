/** One epoch of UMAP's stochastic descent in space: as descend2, with a third coordinate. */
import type { Monitor } from '../types';
import { CHECK_MASK, TWO_TO_MINUS_32, type Descent, type Epoch } from './descent';
import { FIRST, LAST, SHIFT } from './forces';

/** One epoch in space. */
export function descend3(descent: Descent, { number, rate }: Epoch, monitor: Monitor): void {
  const { places, count, starts, tails, interval, due, negatives } = descent;
  const { attraction, repulsion } = descent.forces;
  const square = new Float32Array(1);
  const bits = new Int32Array(square.buffer);
  const scale = count * TWO_TO_MINUS_32;
  let random = descent.random;
  for (let head = 0; head < count; head++) {
    if ((head & CHECK_MASK) === 0) monitor.check();
    let x = places[3 * head];
    let y = places[3 * head + 1];
    let z = places[3 * head + 2];
    for (let pair = starts[head], end = starts[head + 1]; pair < end; pair++) {
      if (due[pair] > number) continue;
      due[pair] += interval[pair];
      const tail = 3 * tails[pair];
      let dx = x - places[tail];
      let dy = y - places[tail + 1];
      let dz = z - places[tail + 2];
      square[0] = dx * dx + dy * dy + dz * dz;
      let entry = (bits[0] >>> SHIFT) - FIRST;
      let force = rate * attraction[entry < 0 ? 0 : entry > LAST ? LAST : entry];
      dx *= force;
      dy *= force;
      dz *= force;
      places[tail] += dx;
      places[tail + 1] += dy;
      places[tail + 2] += dz;
      x -= dx;
      y -= dy;
      z -= dz;
      for (let i = 0; i < negatives; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        const other = 3 * Math.floor((random >>> 0) * scale);
        if (other === 3 * head) continue;
        dx = x - places[other];
        dy = y - places[other + 1];
        dz = z - places[other + 2];
        square[0] = dx * dx + dy * dy + dz * dz;
        entry = (bits[0] >>> SHIFT) - FIRST;
        force = rate * repulsion[entry < 0 ? 0 : entry > LAST ? LAST : entry];
        x += force * dx;
        y += force * dy;
        z += force * dz;
      }
    }
    places[3 * head] = x;
    places[3 * head + 1] = y;
    places[3 * head + 2] = z;
  }
  descent.random = random;
}
