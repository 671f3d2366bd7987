/**
 * Operations that move pixels. All are one affine map from the place of a target pixel to its place in the source,
 * centres at half-integers, and take the pixel that the place falls into (nearest neighbour, as PIL's transform,
 * TensorFlow's and torchvision's AutoAugment do by default); what falls outside is grey 128.
 */
import { FILL, type OperationKernel, type Pixels } from './operation';

/** Source x = xx * x + xy * y + x0; source y = yx * x + yy * y + y0. */
interface Affine {
  readonly xx: number;
  readonly xy: number;
  readonly x0: number;
  readonly yx: number;
  readonly yy: number;
  readonly y0: number;
}

const UNMOVED: Affine = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };

/** Source x = x + argument * y: rows slide, the more the lower they lie. */
export const shearX: OperationKernel = (pixels, { argument }) => move(pixels, { ...UNMOVED, xy: argument });

/** Source y = y + argument * x: columns slide. */
export const shearY: OperationKernel = (pixels, { argument }) => move(pixels, { ...UNMOVED, yx: argument });

/** Source x = x + argument, in whole pixels. */
export const translateX: OperationKernel = (pixels, { argument }) =>
  move(pixels, { ...UNMOVED, x0: argument });

/** Source y = y + argument, in whole pixels. */
export const translateY: OperationKernel = (pixels, { argument }) =>
  move(pixels, { ...UNMOVED, y0: argument });

/** Turns the picture about its centre by this many degrees, anticlockwise. */
export const rotate: OperationKernel = (pixels, { argument: degrees }) => {
  const angle = (degrees * Math.PI) / 180;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const [x, y] = [pixels.size.width / 2, pixels.size.height / 2];
  move(pixels, {
    xx: cosine,
    xy: -sine,
    x0: x - cosine * x + sine * y,
    yx: sine,
    yy: cosine,
    y0: y - sine * x - cosine * y,
  });
};

/** Greys a square of twice the argument's side around a centre, as much of it as lies inside (arXiv 1708.04552). */
export const cutout: OperationKernel = ({ from, to, size }, { argument: half, centre }) => {
  const { height, width, channels } = size;
  const left = Math.max(0, centre[1] - half);
  const right = Math.min(width, centre[1] + half);
  to.set(from);
  for (let row = Math.max(0, centre[0] - half); row < Math.min(height, centre[0] + half); row++) {
    to.fill(FILL, (row * width + left) * channels, (row * width + right) * channels);
  }
};

function move({ from, to, size }: Pixels, { xx, xy, x0, yx, yy, y0 }: Affine): void {
  const { height, width, channels } = size;
  let target = 0;
  for (let row = 0; row < height; row++) {
    const rowX = xy * (row + 0.5) + x0;
    const rowY = yy * (row + 0.5) + y0;
    for (let column = 0; column < width; column++) {
      const x = Math.floor(xx * (column + 0.5) + rowX);
      const y = Math.floor(yx * (column + 0.5) + rowY);
      const isInside = x >= 0 && x < width && y >= 0 && y < height;
      const source = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel++) {
        to[target++] = isInside ? from[source + channel] : FILL;
      }
    }
  }
}
