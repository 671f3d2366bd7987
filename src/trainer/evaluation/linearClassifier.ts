/** A linear classifier outside of any engine: what a probe has learnt, applied to features of any images. */
import type { Scaling } from './featureTable';

export interface LinearClassifier {
  /** Row-major [width, classes]. */
  readonly kernel: Float32Array;
  readonly bias: Float32Array;
  /** What is done to features before. */
  readonly scaling: Scaling;
}

/** Logits, row-major [samples, classes]. @param features row-major [samples, width], as the encoder gave them */
export function classify({ kernel, bias, scaling }: LinearClassifier, features: Float32Array): Float32Array {
  const classes = bias.length;
  const width = kernel.length / classes;
  const samples = features.length / width;
  const logits = new Float32Array(samples * classes);
  const sums = new Float64Array(classes);
  for (let i = 0; i < samples; i++) {
    sums.set(bias);
    for (let k = 0; k < width; k++) {
      const value = (features[i * width + k] - scaling.mean[k]) * scaling.factor;
      for (let c = 0; c < classes; c++) sums[c] += value * kernel[k * classes + c];
    }
    logits.set(sums, i * classes);
  }
  return logits;
}

/** The weights of each of these classes, row-major [classes named, width]. */
export function classRows({ kernel, bias }: LinearClassifier, classes: readonly number[]): Float32Array {
  const width = kernel.length / bias.length;
  return Float32Array.from({ length: classes.length * width }, (_, i) => {
    const label = classes[Math.floor(i / width)];
    return kernel[(i % width) * bias.length + label];
  });
}
