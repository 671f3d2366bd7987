/** One lowering for each operation of the graph; the compiler refuses a table with a gap. */
import type { GraphNode } from '../../graph/graph';
import type { OpName } from '../../graph/ops';
import type { Emitter } from '../savedModel/emitter';
import { lowerBatchNormTraining, lowerBatchNormTrainingGrad } from './batchNorm';
import { lowerConv2D, lowerConv2DFilterGrad, lowerConv2DInputGrad } from './convolution';
import { lowerBinary, lowerCast, lowerClip, lowerCompare, lowerSelect, lowerUnary } from './elementwise';
import { lowerAvgPool, lowerAvgPoolGrad, lowerMaxPool, lowerMaxPoolGrad } from './pooling';
import { lowerArgReduce, lowerMatMul, lowerReduce, lowerSoftmax } from './reduction';
import {
  lowerBroadcast,
  lowerConcat,
  lowerConstant,
  lowerGather,
  lowerOneHot,
  lowerPad,
  lowerReshape,
  lowerReverse,
  lowerSlice,
  lowerTile,
  lowerTranspose,
} from './shape';

type Lowerings = { readonly [K in OpName]: (node: GraphNode<K>, emit: Emitter) => void };

const LOWERINGS: Lowerings = {
  Constant: lowerConstant,
  Unary: lowerUnary,
  Binary: lowerBinary,
  Compare: lowerCompare,
  Clip: lowerClip,
  Select: lowerSelect,
  Cast: lowerCast,
  Reshape: lowerReshape,
  Broadcast: lowerBroadcast,
  Transpose: lowerTranspose,
  Tile: lowerTile,
  Concat: lowerConcat,
  Slice: lowerSlice,
  Pad: lowerPad,
  Reverse: lowerReverse,
  Gather: lowerGather,
  OneHot: lowerOneHot,
  Reduce: lowerReduce,
  ArgReduce: lowerArgReduce,
  Softmax: lowerSoftmax,
  MatMul: lowerMatMul,
  Conv2D: lowerConv2D,
  Conv2DInputGrad: lowerConv2DInputGrad,
  Conv2DFilterGrad: lowerConv2DFilterGrad,
  MaxPool: lowerMaxPool,
  MaxPoolGrad: lowerMaxPoolGrad,
  AvgPool: lowerAvgPool,
  AvgPoolGrad: lowerAvgPoolGrad,
  BatchNormTraining: lowerBatchNormTraining,
  BatchNormTrainingGrad: lowerBatchNormTrainingGrad,
};

/** Emits the TensorFlow nodes of one graph node. */
export function lower<K extends OpName>(node: GraphNode<K>, emit: Emitter): void {
  LOWERINGS[node.op](node, emit);
}
