/**
 * What an encoder consists of, as data: a stem and residual blocks (He et al., CVPR 2016), or a stack of fully
 * connected layers. It says what there is, not how it is computed.
 */
import type { ModulePath } from '../configuration/modulePath';
import { isModulePath } from '../configuration/modulePath';
import type { Configuration } from '../configuration/schema';
import type { ConvolutionLayer, DenseLayer, ImageShape } from './layers';
import { parametersOfConvolution, parametersOfDense } from './layers';
import type { ParameterSpec } from './parameters';

export type ModelSetting = Configuration['model'];
export type EncoderName = Exclude<ModelSetting['encoder'], ModulePath>;
export type ResidualName = Exclude<EncoderName, 'mlp'>;

/** Convolutions with ReLU between them, added to the block's input or to its projection; ReLU after the sum. */
export interface ResidualBlock {
  /** From 1. */
  readonly stage: number;
  /** Place in its stage, from 0. */
  readonly index: number;
  readonly path: readonly ConvolutionLayer[];
  /** Absent where the input has the shape of the output already. */
  readonly shortcut?: ConvolutionLayer;
}

export interface ResidualEncoder {
  readonly kind: 'residual';
  readonly stem: ConvolutionLayer;
  /** Whether 3x3 max pooling of stride 2 follows the stem. */
  readonly hasPooling: boolean;
  readonly block: 'basic' | 'bottleneck';
  readonly blocks: readonly ResidualBlock[];
  /** Where the zeros around convolutions of stride 2 are: `same` puts the odd one behind, `symmetric` none. */
  readonly padding: 'same' | 'symmetric';
  /** Dimensions of the features, which are global averages after the last block. */
  readonly featureWidth: number;
}

/** Fully connected layers over the pixels of an image, or over a feature vector. */
export interface PerceptronEncoder {
  readonly kind: 'perceptron';
  readonly layers: readonly DenseLayer[];
  /** Dimensions of the features, which are the last layer's outputs. */
  readonly featureWidth: number;
}

/** What is known of an encoder of the user's own. Before its module is loaded that is nothing: no tensors, width 0. */
export interface OwnEncoder {
  readonly kind: 'own';
  readonly parameters: readonly ParameterSpec[];
  readonly featureWidth: number;
}

export type EncoderArchitecture = ResidualEncoder | PerceptronEncoder | OwnEncoder;

const UNKNOWN_ENCODER: OwnEncoder = { kind: 'own', parameters: [], featureWidth: 0 };

interface ResidualFamily {
  readonly block: ResidualEncoder['block'];
  /** Blocks per stage; each stage after the first halves the image and doubles the channels. */
  readonly stages: readonly number[];
}

/** He et al., CVPR 2016, table 1; ResNet-200 as in their "Identity Mappings" (ECCV 2016). */
const FAMILIES: Readonly<Record<ResidualName, ResidualFamily>> = {
  'small-resnet': { block: 'basic', stages: [1, 1, 1] },
  resnet18: { block: 'basic', stages: [2, 2, 2, 2] },
  resnet34: { block: 'basic', stages: [3, 4, 6, 3] },
  resnet50: { block: 'bottleneck', stages: [3, 4, 6, 3] },
  resnet101: { block: 'bottleneck', stages: [3, 4, 23, 3] },
  resnet200: { block: 'bottleneck', stages: [3, 24, 36, 3] },
};

/** How many times wider a bottleneck's output is than its inner convolutions. */
const EXPANSION = 4;

/** The encoder that a configuration asks for. `image` is what it takes. */
export function encoderArchitecture(model: ModelSetting, image: ImageShape): EncoderArchitecture {
  if (isModulePath(model.encoder)) return UNKNOWN_ENCODER;
  return model.encoder === 'mlp'
    ? perceptron(model, image)
    : residual({ ...model, encoder: model.encoder }, image.channels);
}

/** Every tensor of an encoder, in a fixed order. */
export function encoderParameters(encoder: EncoderArchitecture): ParameterSpec[] {
  switch (encoder.kind) {
    case 'own':
      return [...encoder.parameters];
    case 'perceptron':
      return encoder.layers.flatMap(parametersOfDense);
    case 'residual':
      return convolutionsOf(encoder).flatMap(parametersOfConvolution);
  }
}

/** Every convolution of a residual encoder, in the order of its tensors. */
export function convolutionsOf({ stem, blocks }: ResidualEncoder): ConvolutionLayer[] {
  return [
    stem,
    ...blocks.flatMap(({ path, shortcut }) => (shortcut === undefined ? path : [...path, shortcut])),
  ];
}

function residual(
  model: ModelSetting & { readonly encoder: ResidualName },
  channels: number,
): ResidualEncoder {
  const family = FAMILIES[model.encoder];
  const blocks = blocksOf(family, model.width);
  const isLarge = model.stem === 'imagenet';
  return {
    kind: 'residual',
    stem: {
      name: 'encoder/stem',
      size: isLarge ? 7 : 3,
      stride: isLarge ? 2 : 1,
      inputs: channels,
      outputs: model.width,
    },
    hasPooling: isLarge,
    block: family.block,
    blocks,
    padding: paddingOf(model),
    featureWidth: outputsOf(blocks[blocks.length - 1]),
  };
}

/** `auto` leaves the runs of version 0.1 as they were: it had two encoders and one rule. */
function paddingOf({ padding, encoder, stem }: ModelSetting): ResidualEncoder['padding'] {
  if (padding !== 'auto') return padding;
  const isOfFirstVersion = encoder === 'small-resnet' || encoder === 'resnet18';
  return isOfFirstVersion && stem === 'cifar' ? 'same' : 'symmetric';
}

function blocksOf({ block, stages }: ResidualFamily, width: number): ResidualBlock[] {
  const make = block === 'basic' ? basicBlock : bottleneckBlock;
  let inputs = width;
  return stages.flatMap((count, stage) =>
    Array.from({ length: count }, (_, index) => {
      const name = `encoder/stage${stage + 1}/block${index + 1}`;
      const made = make({
        name,
        inputs,
        width: width * 2 ** stage,
        stride: stage > 0 && index === 0 ? 2 : 1,
      });
      inputs = outputsOf(made);
      return { stage: stage + 1, index, ...made };
    }),
  );
}

type BlockLayers = Pick<ResidualBlock, 'path' | 'shortcut'>;

interface BlockPlan {
  readonly name: string;
  readonly inputs: number;
  /** Channels of the inner convolutions. */
  readonly width: number;
  readonly stride: 1 | 2;
}

/** Two 3x3 convolutions, the first with the stride. */
function basicBlock({ name, inputs, width, stride }: BlockPlan): BlockLayers {
  const path: ConvolutionLayer[] = [
    { name: `${name}/first`, size: 3, stride, inputs, outputs: width },
    { name: `${name}/second`, size: 3, stride: 1, inputs: width, outputs: width },
  ];
  return { path, ...shortcutOf({ name, inputs, width, stride }, width) };
}

/** 1x1, 3x3, 1x1, the stride on the 3x3 as in torchvision; the paper's figure has it on the first. */
function bottleneckBlock({ name, inputs, width, stride }: BlockPlan): BlockLayers {
  const outputs = EXPANSION * width;
  const path: ConvolutionLayer[] = [
    { name: `${name}/first`, size: 1, stride: 1, inputs, outputs: width },
    { name: `${name}/second`, size: 3, stride, inputs: width, outputs: width },
    { name: `${name}/third`, size: 1, stride: 1, inputs: width, outputs },
  ];
  return { path, ...shortcutOf({ name, inputs, width, stride }, outputs) };
}

function shortcutOf({ name, inputs, stride }: BlockPlan, outputs: number): Pick<ResidualBlock, 'shortcut'> {
  if (stride === 1 && inputs === outputs) return {};
  return { shortcut: { name: `${name}/shortcut`, size: 1, stride, inputs, outputs } };
}

function outputsOf({ path }: BlockLayers): number {
  return path[path.length - 1].outputs;
}

function perceptron(
  { mlpLayers, mlpWidth }: ModelSetting,
  { height, width, channels }: ImageShape,
): PerceptronEncoder {
  const layers = Array.from({ length: mlpLayers }, (_, index): DenseLayer => ({
    name: `encoder/layer${index + 1}`,
    inputs: index === 0 ? height * width * channels : mlpWidth,
    outputs: mlpWidth,
    hasBias: true,
    hasBatchNorm: false,
    hasRelu: true,
  }));
  return { kind: 'perceptron', layers, featureWidth: mlpWidth };
}
