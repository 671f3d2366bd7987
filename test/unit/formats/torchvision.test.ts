/** Names and layout of torchvision's weights, and what is said of a file that does not fit. */
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../src/domain/configuration/schema';
import type { ResidualEncoder } from '../../../src/domain/model/encoder';
import { encoderArchitecture, encoderParameters } from '../../../src/domain/model/encoder';
import { fillNormal } from '../../../src/domain/random/fill';
import { randomStream } from '../../../src/domain/random/stream';
import type { NamedTensor } from '../../../src/formats/safetensors';
import type { EncoderState } from '../../../src/formats/torchvision';
import { fromTorchvision, toHwio, toOihw, toTorchvision } from '../../../src/formats/torchvision';

function encoderOf(model: Required<PartialConfiguration>['model']): ResidualEncoder {
  const configuration = parseConfiguration({ model: { width: 4, ...model } }, 'test');
  const encoder = encoderArchitecture(configuration.model, { height: 8, width: 8, channels: 3 });
  if (encoder.kind !== 'residual') throw new Error('not residual');
  return encoder;
}

function randomState(encoder: ResidualEncoder): EncoderState {
  return Object.fromEntries(
    encoderParameters(encoder).map(({ name, shape }, index) => {
      const values = new Float32Array(shape.reduce((product, n) => product * n, 1));
      return [name, fillNormal(values, randomStream(5, index), 1)];
    }),
  );
}

describe('the names of torchvision', () => {
  it('are those of a basic block', () => {
    const encoder = encoderOf({ encoder: 'resnet18' });
    const tensors = toTorchvision(encoder, randomState(encoder));
    const names = tensors.map(({ name }) => name);
    // Twenty convolutions, each with its kernel and four vectors.
    expect(names).toHaveLength(100);
    expect(names.slice(0, 6)).toEqual([
      'conv1.weight',
      'bn1.weight',
      'bn1.bias',
      'bn1.running_mean',
      'bn1.running_var',
      'layer1.0.conv1.weight',
    ]);
    expect(names).toContain('layer2.0.downsample.0.weight');
    expect(names).toContain('layer2.0.downsample.1.running_var');
    expect(names.at(-1)).toBe('layer4.1.bn2.running_var');
    expect(tensors.find(({ name }) => name === 'layer2.0.conv1.weight')?.shape).toEqual([8, 4, 3, 3]);
  });

  it('are those of a bottleneck', () => {
    const encoder = encoderOf({ encoder: 'resnet50' });
    const tensors = toTorchvision(encoder, randomState(encoder));
    const shapeOf = (wanted: string) => tensors.find(({ name }) => name === wanted)?.shape;
    expect(tensors).toHaveLength(53 * 5);
    expect(shapeOf('layer1.0.downsample.0.weight')).toEqual([16, 4, 1, 1]);
    expect(shapeOf('layer3.5.conv3.weight')).toEqual([64, 16, 1, 1]);
    expect(shapeOf('layer4.2.bn3.running_mean')).toEqual([128]);
  });
});

describe('a kernel', () => {
  it('is moved to [out, in, h, w], and back', () => {
    // [1, 2, 2, 3]: two taps in a row, two inputs, three outputs; value = 100 tap + 10 input + output.
    const hwio = Float32Array.of(0, 1, 2, 10, 11, 12, 100, 101, 102, 110, 111, 112);
    const shape = [1, 2, 2, 3];
    const oihw = toOihw(hwio, shape);
    expect(Array.from(oihw)).toEqual([0, 100, 10, 110, 1, 101, 11, 111, 2, 102, 12, 112]);
    expect(toHwio(oihw, shape)).toEqual(hwio);
  });
});

describe("an encoder's weights", () => {
  const encoder = encoderOf({ encoder: 'resnet50' });
  const state = randomState(encoder);
  const tensors = toTorchvision(encoder, state);
  const refusal = (changed: readonly NamedTensor[], other = encoder) => {
    return () => fromTorchvision(other, changed, 'w.safetensors');
  };

  it('come back as they were, whatever the order and the classifier', () => {
    const others: NamedTensor[] = [
      { name: 'fc.weight', shape: [10, 128], dtype: 'float32', values: new Float32Array(1280) },
      { name: 'bn1.num_batches_tracked', shape: [], dtype: 'int32', values: Int32Array.of(7) },
    ];
    expect(fromTorchvision(encoder, [...others, ...tensors.toReversed()], 'w')).toEqual(state);
  });

  it('that lack a tensor are refused by its name', () => {
    const without = tensors.filter(({ name }) => name !== 'layer2.1.conv2.weight');
    expect(refusal(without)).toThrow(/w\.safetensors do not fit .*no tensor layer2\.1\.conv2\.weight/);
  });

  it('of another shape are refused by the first that differs', () => {
    expect(refusal(tensors, encoderOf({ encoder: 'resnet50', stem: 'imagenet' }))).toThrow(
      /conv1\.weight is \[4, 3, 3, 3\] instead of \[4, 3, 7, 7\]/,
    );
    expect(refusal(tensors, encoderOf({ encoder: 'resnet34' }))).toThrow(
      /layer1\.0\.conv1\.weight is \[4, 4, 1, 1\] instead of \[4, 4, 3, 3\]/,
    );
  });

  it('with tensors that the encoder lacks are refused', () => {
    const deeper = encoderOf({ encoder: 'resnet101' });
    expect(refusal(toTorchvision(deeper, randomState(deeper)))).toThrow(
      /the encoder has no tensor layer3\.6\.conv1\.weight/,
    );
  });

  it('in whole numbers are refused', () => {
    const [first, ...rest] = tensors;
    const whole: NamedTensor = { ...first, dtype: 'int32', values: new Int32Array(first.values.length) };
    expect(refusal([whole, ...rest])).toThrow(/conv1\.weight holds whole numbers/);
  });
});
