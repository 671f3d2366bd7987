/** Raw pixels on a canvas. */

const COLOURS = 3;
const CHANNELS = 4;
const OPAQUE = 255;

/** Draws pixels [height, width, 3], 0 to 255, on a canvas of that size. */
export function drawPixels(canvas: HTMLCanvasElement, pixels: Uint8Array): void {
  const { width, height } = canvas;
  canvas.getContext('2d')?.putImageData(new ImageData(withAlpha(pixels), width, height), 0, 0);
}

function withAlpha(pixels: Uint8Array): Uint8ClampedArray<ArrayBuffer> {
  const count = pixels.length / COLOURS;
  const whole = new Uint8ClampedArray(count * CHANNELS).fill(OPAQUE);
  for (let pixel = 0; pixel < count; pixel++)
    whole.set(pixels.subarray(pixel * COLOURS, (pixel + 1) * COLOURS), pixel * CHANNELS);
  return whole;
}
