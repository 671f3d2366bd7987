/**
 * Rewrites a model in operators that onnxruntime's webgpu provider has. The shared lowerings use two fused operators
 * of the CPU: one that webgpu lacks, so that its operands would cross the bus twice, and one whose fourth operand it
 * takes for a bias, which crashes. Both become the standard operators that they are made of.
 */
import type { OnnxNode } from '../onnx/proto';

/** Slope of the step function: WGSL leaves open what an overflow gives, and no gradient reaches 1e8. */
const STEP_SLOPE = 1e30;

/** The nodes for webgpu. Products of matrices must not be transposed: see `separateTransposes`. */
export function toWebgpuOperators(nodes: readonly OnnxNode[]): OnnxNode[] {
  return nodes.flatMap((node) => {
    if (node.type === 'FusedConv') return convolutionAndSum(node);
    if (node.type === 'FusedMatMul') return product(node);
    return node.type === 'HardSigmoid' ? [step(node)] : [node];
  });
}

/** Inputs: x, filter, bias or '', and what is added. */
function convolutionAndSum(node: OnnxNode): OnnxNode[] {
  const [x, filter, bias, plus] = node.inputs;
  const [sum] = node.outputs;
  const image = `${sum}/convolution`;
  const operands = bias === '' ? [x, filter] : [x, filter, bias];
  return [
    { ...node, type: 'Conv', domain: '', inputs: operands, outputs: [image] },
    standard('Add', [image, plus], sum),
  ];
}

/** Transposed are only the products by image of a filter's gradient, [N, C, P]. */
function product({ inputs: [a, b], outputs: [result], attributes }: OnnxNode): OnnxNode[] {
  if (attributes['transB'] !== 1) return [standard('MatMul', [a, b], result)];
  const right = `${result}/transposed`;
  return [standard('Transpose', [b], right, { perm: [0, 2, 1] }), standard('MatMul', [a, right], result)];
}

function step(node: OnnxNode): OnnxNode {
  return { ...node, attributes: { ...node.attributes, alpha: { float: STEP_SLOPE } } };
}

/** A node of ONNX's own operators with one output. */
export function standard(
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode['attributes'] = {},
): OnnxNode {
  return { type, domain: '', inputs, outputs: [output], attributes };
}
