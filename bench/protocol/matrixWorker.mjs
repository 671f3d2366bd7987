/** A thread of the quiet-machine guard: multiplies two fixed matrices whenever it is told to. */
import { parentPort } from 'node:worker_threads';

const SIDE = 320;
const left = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 7) / 7);
const right = Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % 11) / 11);
const product = new Float32Array(SIDE * SIDE);

parentPort?.on('message', () => {
  multiply();
  parentPort?.postMessage(product[0]);
});

function multiply() {
  product.fill(0);
  for (let row = 0; row < SIDE; row++) {
    for (let k = 0; k < SIDE; k++) {
      const factor = left[row * SIDE + k] ?? 0;
      for (let column = 0; column < SIDE; column++) {
        const at = row * SIDE + column;
        product[at] = (product[at] ?? 0) + factor * (right[k * SIDE + column] ?? 0);
      }
    }
  }
}
