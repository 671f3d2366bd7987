/**
 * The published updates in plain double-precision numbers, one parameter tensor at a time, on the problem of
 * bench/sides/optimiserProblem.mjs with its gradient worked out by hand.
 */
import { PROBLEM, STEPS, rateOf } from '../../../../bench/sides/optimiserProblem.mjs';

export type Vector = number[];

/** One tensor in one step; step counts from 1. */
export interface Seen {
  readonly w: Vector;
  readonly g: Vector;
  readonly rate: number;
  readonly step: number;
  /** Weight decay of this tensor. */
  readonly decay: number;
  readonly isKernel: boolean;
}

/** New weights; what an update remembers it keeps in closures, one a tensor. */
export type Update = (seen: Seen) => Vector;

/** PyTorch's SGD: buf = momentum buf + g + decay w; w -= rate buf, or rate (g + decay w + momentum buf). */
export const sgd = (momentum: number, nesterov: boolean) => (): Update => {
  let buffer: Vector | undefined;
  return ({ w, g, rate, decay }) => {
    const d = g.map((x, i) => x + decay * w[i]);
    buffer = buffer === undefined ? [...d] : buffer.map((b, i) => momentum * b + d[i]);
    const kept = buffer;
    return w.map((x, i) => x - rate * (nesterov ? d[i] + momentum * kept[i] : kept[i]));
  };
};

/** PyTorch's RMSprop: s = alpha s + (1 - alpha) d^2; buf = momentum buf + d / (sqrt(s) + eps); w -= rate buf. */
export const rmsprop = (alpha: number, momentum: number) => (): Update => {
  let square: Vector = [];
  let buffer: Vector = [];
  return ({ w, g, rate, decay }) => {
    const d = g.map((x, i) => x + decay * w[i]);
    square = d.map((x, i) => alpha * (square[i] ?? 0) + (1 - alpha) * x * x);
    buffer = d.map((x, i) => momentum * (buffer[i] ?? 0) + x / (Math.sqrt(square[i]) + 1e-8));
    return w.map((x, i) => x - rate * buffer[i]);
  };
};

/** arXiv 1412.6980, algorithm 1, with an L2 penalty, or arXiv 1711.05101, algorithm 2, with decoupled decay. */
export const adam = (beta1: number, beta2: number, isDecoupled: boolean) => (): Update => {
  let m: Vector = [];
  let v: Vector = [];
  return ({ w, g, rate, step, decay }) => {
    const d = isDecoupled ? g : g.map((x, i) => x + decay * w[i]);
    m = d.map((x, i) => beta1 * (m[i] ?? 0) + (1 - beta1) * x);
    v = d.map((x, i) => beta2 * (v[i] ?? 0) + (1 - beta2) * x * x);
    const moved = w.map((x) => (isDecoupled ? x - rate * decay * x : x));
    return moved.map((x, i) => {
      const mHat = m[i] / (1 - beta1 ** step);
      const vHat = v[i] / (1 - beta2 ** step);
      return x - (rate * mHat) / (Math.sqrt(vHat) + 1e-8);
    });
  };
};

/** arXiv 1708.03888, algorithm 1: lambda = eta |w| / (|g| + decay |w|); v = m v + rate lambda (g + decay w); w -= v. */
export const lars = (eta: number, momentum: number) => (): Update => {
  let v: Vector = [];
  return ({ w, g, rate, decay, isKernel }) => {
    const lambda = isKernel ? (eta * Math.hypot(...w)) / (Math.hypot(...g) + decay * Math.hypot(...w)) : 1;
    v = w.map((x, i) => momentum * (v[i] ?? 0) + rate * lambda * (g[i] + decay * x));
    return w.map((x, i) => x - v[i]);
  };
};

/** All parameters after each step, side by side: weights, bias, quadratic. `clip` bounds the whole gradient's norm. */
export function referenceTrajectory(
  update: () => Update,
  setting: { readonly peak: number; readonly weightDecay: number; readonly clip?: number | undefined },
): Vector[] {
  const updates = [update(), update(), update()];
  let tensors = [PROBLEM.initial['weights'], PROBLEM.initial['bias'], PROBLEM.initial['quadratic']];
  return Array.from({ length: STEPS }, (_, t) => {
    const gradients = gradientsOf(tensors);
    const scale = Math.min(1, (setting.clip ?? Infinity) / Math.hypot(...gradients.flat()));
    tensors = tensors.map((w, k) => {
      const isKernel = k !== 1;
      return updates[k]({
        w,
        g: gradients[k].map((x) => x * scale),
        rate: rateOf(setting.peak, t),
        step: t + 1,
        decay: isKernel ? setting.weightDecay : 0,
        isKernel,
      });
    });
    return tensors.flat();
  });
}

/** dL/dlogit = (softmax - label) / samples; the quadratic's gradient is curvature times distance. */
function gradientsOf([weights, bias, quadratic]: Vector[]): Vector[] {
  const { features, labels, curvature, centre } = PROBLEM;
  const classes = bias.length;
  const width = weights.length / classes;
  const dWeights = weights.map(() => 0);
  const dBias = bias.map(() => 0);
  labels.forEach((label, row) => {
    const x = features.slice(row * width, (row + 1) * width);
    const exps = bias.map((b, c) =>
      Math.exp(b + x.reduce((sum, f, i) => sum + f * weights[i * classes + c], 0)),
    );
    const total = exps.reduce((a, b) => a + b);
    exps.forEach((e, c) => {
      const d = (e / total - (c === label ? 1 : 0)) / labels.length;
      dBias[c] += d;
      x.forEach((f, i) => (dWeights[i * classes + c] += d * f));
    });
  });
  return [dWeights, dBias, quadratic.map((q, k) => curvature[k] * (q - centre[k]))];
}
