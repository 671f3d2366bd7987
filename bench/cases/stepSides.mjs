/** Which cases `step` measures, which sides meet in each, and what is required of them. */
import { availableParallelism } from 'node:os';
import { engineCommand, tfjsNodeCommand, torchCommand } from './sides.mjs';

/**
 * @typedef {import('../sides/step.mjs').StepSize} StepSize
 * @typedef {import('../protocol/child.mjs').Command} Command
 *
 * @typedef {object} StepCase
 * @property {string} title
 * @property {StepSize} size
 * @property {{ tensorflow: number, onnx: number, bfloat16?: number }} atLeast required ratio of the peer's time to ours
 *
 * @typedef {object} GroupSide
 * @property {string} name
 * @property {Command} command
 * @property {number} [atLeast] required ratio of the peer's time to this side's
 *
 * @typedef {object} Group sides that take turns
 * @property {string} title
 * @property {string} peer name of the side that ratios refer to
 * @property {readonly GroupSide[]} sides
 */

/** @type {readonly StepCase[]} */
export const CASES = [
  {
    title: 'small ResNet W=16, 64 x 2',
    size: { encoder: 'small-resnet', width: 16, images: 64, views: 2 },
    atLeast: { tensorflow: 1.2, onnx: 0.85 },
  },
  {
    title: 'small ResNet W=64, 64 x 2',
    size: { encoder: 'small-resnet', width: 64, images: 64, views: 2 },
    atLeast: { tensorflow: 1.4, onnx: 1 },
  },
  {
    title: 'ResNet-18 CIFAR stem, 128 x 2',
    size: { encoder: 'resnet18', width: 64, images: 128, views: 2 },
    atLeast: { tensorflow: 1.4, onnx: 1, bfloat16: 1 },
  },
];

/** Only the smallest case: TensorFlow.js eager takes several times as long as the slowest other side. */
const EAGER_TITLE = 'W=16';

/**
 * The groups of a case: float32 and bfloat16 on the processor, and where there is an NVIDIA card the same on it.
 * @param {StepCase} stepCase
 * @param {boolean} hasGraphicsCard
 * @returns {Promise<Group[]>}
 */
export async function groupsOf(stepCase, hasGraphicsCard) {
  const onProcessor = [await float32Group(stepCase), await bfloat16Group(stepCase)];
  return hasGraphicsCard ? [...onProcessor, ...(await cudaGroups(stepCase))] : onProcessor;
}

/** @param {StepCase} stepCase */
async function float32Group({ title, size, atLeast }) {
  const options = optionsOf('cpu', 'float32');
  const torch = /** @type {const} */ ({ size, device: 'cpu', precision: 'float32' });
  const sides = [
    { name: 'PyTorch', command: torchCommand({ ...torch, compile: false }) },
    { name: 'onnx', command: await engineCommand({ size, engine: 'onnx', options }), atLeast: atLeast.onnx },
    {
      name: 'tensorflow',
      command: await engineCommand({ size, engine: 'tensorflow', options }),
      atLeast: atLeast.tensorflow,
    },
    { name: 'torch.compile', command: torchCommand({ ...torch, compile: true }) },
  ];
  const eager = title.includes(EAGER_TITLE)
    ? [{ name: 'tfjs-node eager', command: await tfjsNodeCommand(size) }]
    : [];
  return { title: 'float32', peer: 'PyTorch', sides: [...sides, ...eager] };
}

/** @param {StepCase} stepCase */
async function bfloat16Group({ size, atLeast }) {
  const setting = { size, engine: /** @type {const} */ ('tensorflow'), options: optionsOf('cpu', 'mixed') };
  const limit = atLeast.bfloat16 === undefined ? {} : { atLeast: atLeast.bfloat16 };
  return {
    title: 'bfloat16',
    peer: 'PyTorch autocast bfloat16',
    sides: [
      {
        name: 'PyTorch autocast bfloat16',
        command: torchCommand({ size, device: 'cpu', precision: 'bfloat16', compile: false }),
      },
      { name: 'tensorflow bfloat16', command: await engineCommand(setting), ...limit },
    ],
  };
}

/**
 * One group a precision. TensorFlow multiplies in TF32 by itself; NVIDIA's libraries are told not to for float32.
 * @param {StepCase} stepCase
 */
async function cudaGroups({ size }) {
  const groups = [];
  for (const precision of /** @type {const} */ (['float32', 'tf32', 'bfloat16'])) {
    const options = optionsOf('gpu', precision === 'bfloat16' ? 'mixed' : 'float32');
    const env = { NVIDIA_TF32_OVERRIDE: precision === 'float32' ? '0' : '1' };
    const peer = `PyTorch CUDA ${precision}`;
    const sides = [
      { name: peer, command: torchCommand({ size, device: 'cuda', precision, compile: false }) },
      {
        name: `tensorflow CUDA ${precision}`,
        command: await engineCommand({ size, engine: 'tensorflow', options }, env),
      },
    ];
    // WebGPU has no TF32; its half type is float16.
    if (precision !== 'tf32') {
      const name = `onnx WebGPU ${precision === 'float32' ? 'float32' : 'float16'}`;
      sides.push({ name, command: await engineCommand({ size, engine: 'onnx', options }) });
    }
    groups.push({ title: `CUDA ${precision}`, peer, sides });
  }
  return groups;
}

/**
 * @param {'cpu' | 'gpu'} kind
 * @param {'float32' | 'mixed'} precision
 */
function optionsOf(kind, precision) {
  return { device: { kind, index: 0 }, precision, threads: availableParallelism() };
}
