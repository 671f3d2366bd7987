/** Kernels over images [N, H, W, C]: convolutions and pooling, with their gradients. */
import {
  backend_util,
  type AvgPoolGradAttrs,
  type Conv2DAttrs,
  type Conv2DBackpropFilterAttrs,
  type Conv2DBackpropInputAttrs,
  type MaxPoolAttrs,
} from '@tensorflow/tfjs-core';
import type { PoolWindow, Window } from '../../graph/ops';
import { row, UnsupportedAttributes, type KernelRow } from './row';

export const imageKernels: readonly KernelRow[] = [
  row<Conv2DAttrs>('Conv2D', ({ inputs: { x, filter }, attrs, build }) =>
    build.add('Conv2D', [x, filter], convolution(x.shape, filter.shape, attrs)),
  ),
  row<Conv2DBackpropInputAttrs>('Conv2DBackpropInput', ({ inputs: { dy, filter }, attrs, build }) => {
    const { inputShape } = attrs;
    const window = convolution(inputShape, filter.shape, attrs);
    return build.add('Conv2DInputGrad', [dy, filter], { ...window, inputShape });
  }),
  row<Conv2DBackpropFilterAttrs>('Conv2DBackpropFilter', ({ inputs: { x, dy }, attrs, build }) => {
    const { filterShape } = attrs;
    const window = convolution(x.shape, filterShape, attrs);
    return build.add('Conv2DFilterGrad', [x, dy], { ...window, filterShape });
  }),
  row<MaxPoolAttrs>('MaxPool', ({ inputs: { x }, attrs, build }) =>
    build.add('MaxPool', [x], pooling(x.shape, attrs)),
  ),
  row<MaxPoolAttrs>('MaxPoolGrad', ({ inputs: { dy, input }, attrs, build }) =>
    build.add('MaxPoolGrad', [dy, input], pooling(input.shape, attrs)),
  ),
  row<MaxPoolAttrs>('AvgPool', ({ inputs: { x }, attrs, build }) =>
    build.add('AvgPool', [x], pooling(x.shape, attrs)),
  ),
  row<AvgPoolGradAttrs>('AvgPoolGrad', ({ inputs: { dy, input }, attrs, build }) =>
    build.add('AvgPoolGrad', [dy], { ...pooling(input.shape, attrs), inputShape: input.shape }),
  ),
];

type Shape4 = [number, number, number, number];
type Info = ReturnType<typeof backend_util.computeConv2DInfo>;
/** The gradients' attributes lack dilations: they exist for undilated convolutions only. */
type ConvolutionAttrs = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dataFormat' | 'dimRoundingMode'> &
  Partial<Pick<Conv2DAttrs, 'dilations'>>;

function convolution(x: readonly number[], filter: readonly number[], attrs: ConvolutionAttrs): Window {
  const { strides, pad, dataFormat, dimRoundingMode, dilations = 1 } = attrs;
  // The attribute type says NHWC or NCHW; an operation that never says so leaves it undefined.
  if ((dataFormat as string | undefined) === 'NCHW')
    throw new UnsupportedAttributes('is traced with NHWC images only');
  if ([dilations].flat().some((dilation) => dilation !== 1)) {
    throw new UnsupportedAttributes('is traced without dilation only');
  }
  const info = backend_util.computeConv2DInfo(
    x as Shape4,
    filter as Shape4,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { strides: [info.strideHeight, info.strideWidth], pads: padsOf(info) };
}

function pooling(x: readonly number[], attrs: Omit<MaxPoolAttrs, 'dimRoundingMode'>): PoolWindow {
  const info = backend_util.computePool2DInfo(x as Shape4, attrs.filterSize, attrs.strides, 1, attrs.pad);
  return {
    size: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    pads: padsOf(info),
  };
}

function padsOf({ padInfo: { top, left, bottom, right } }: Info): Window['pads'] {
  return [top, left, bottom, right];
}
