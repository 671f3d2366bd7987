import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../../src/domain/random/stream';
import { blurRadius, createBlurKernel } from '../../../../src/trainer/data/blur';
import type { ImageSize } from '../../../../src/trainer/data/image';

/** The two-dimensional sum over the kernel, straight from the definition. */
function slowBlur(image: Float32Array, { height, width, channels }: ImageSize, sigma: number): number[] {
  const radius = blurRadius({ height, width, channels });
  const mirror = (place: number, length: number): number => {
    const positive = Math.abs(place);
    return positive >= length ? 2 * (length - 1) - positive : positive;
  };
  return Array.from(image, (_, i) => {
    const channel = i % channels;
    const column = ((i - channel) / channels) % width;
    const row = Math.floor(i / (channels * width));
    let [sum, total] = [0, 0];
    for (let down = -radius; down <= radius; down++) {
      for (let right = -radius; right <= radius; right++) {
        const weight = Math.exp(-(down * down + right * right) / (2 * sigma * sigma));
        const place = mirror(row + down, height) * width + mirror(column + right, width);
        sum += weight * image[place * channels + channel];
        total += weight;
      }
    }
    return sum / total;
  });
}

describe('the blur', () => {
  it.each([
    { height: 32, width: 32, channels: 3 },
    { height: 60, width: 45, channels: 1 },
    { height: 3, width: 5, channels: 3 },
  ])('is the Gaussian sum of its definition, %o', (size) => {
    const random = randomStream(1);
    const blur = createBlurKernel(size);
    const image = Float32Array.from({ length: size.height * size.width * size.channels }, () =>
      random.uniform(),
    );
    for (const sigma of [0.1, 0.7, 2]) {
      const blurred = image.slice();
      blur(blurred, sigma);
      slowBlur(image, size, sigma).forEach((value, i) => expect(blurred[i]).toBeCloseTo(value, 5));
    }
  });

  it('has a kernel of a tenth of the side, an odd number, and at least 3', () => {
    const radius = (side: number) => blurRadius({ height: side, width: side, channels: 3 });
    // SimCLR: floor(224 / 10) = 22, half of it 11, so 23 weights.
    expect([224, 96, 64, 32, 28, 8].map(radius)).toEqual([11, 4, 3, 1, 1, 1]);
  });

  it('leaves an even picture and single pixels as they are', () => {
    const even = new Float32Array(48).fill(0.25);
    createBlurKernel({ height: 4, width: 4, channels: 3 })(even, 1);
    even.forEach((value) => expect(value).toBeCloseTo(0.25, 6));
    const single = Float32Array.of(0.5);
    createBlurKernel({ height: 1, width: 1, channels: 1 })(single, 1);
    expect(single[0]).toBeCloseTo(0.5, 6);
  });
});
