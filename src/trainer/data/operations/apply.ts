/** Carries out planned operations, one after the other, on bytes, as the published code does. */
import type { ImageSize } from '../image';
import { brightness, color, contrast, sharpness } from './enhance';
import { cutout, rotate, shearX, shearY, translateX, translateY } from './geometry';
import { LEVELS, WHITE, type OperationKernel, type OperationName, type PlannedOperation } from './operation';
import { autoContrast, equalize, invert, posterize, solarize, solarizeAdd } from './tone';

const KERNELS: Readonly<Record<OperationName, OperationKernel>> = {
  ShearX: shearX,
  ShearY: shearY,
  TranslateX: translateX,
  TranslateY: translateY,
  Rotate: rotate,
  AutoContrast: autoContrast,
  Invert: invert,
  Equalize: equalize,
  Solarize: solarize,
  SolarizeAdd: solarizeAdd,
  Posterize: posterize,
  Contrast: contrast,
  Color: color,
  Brightness: brightness,
  Sharpness: sharpness,
  Cutout: cutout,
};

/** Changes an image with values 0-1 in place; it is rounded to bytes before the first operation. */
export type OperationsKernel = (image: Float32Array, operations: readonly PlannedOperation[]) => void;

/** An operations' kernel for images of one size, with scratch memory of its own. */
export function createOperationsKernel(size: ImageSize): OperationsKernel {
  const length = size.height * size.width * size.channels;
  const [even, odd] = [new Uint8Array(length), new Uint8Array(length)];
  const counts = new Int32Array(LEVELS);
  const there = { from: even, to: odd, size, counts };
  const back = { from: odd, to: even, size, counts };
  return (image, operations) => {
    toBytes(image, even);
    let pixels = there;
    for (const operation of operations) {
      KERNELS[operation.name](pixels, operation);
      pixels = pixels === there ? back : there;
    }
    toShares(pixels.from, image);
  };
}

function toBytes(image: Float32Array, bytes: Uint8Array): void {
  for (let i = 0; i < image.length; i++) bytes[i] = WHITE * image[i] + 0.5;
}

function toShares(bytes: Uint8Array, image: Float32Array): void {
  for (let i = 0; i < image.length; i++) image[i] = bytes[i] / WHITE;
}
