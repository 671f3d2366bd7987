/** Files of encoder weights: their hash, their padding, and what is said of one that cannot be read. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseConfiguration } from '../../../src/domain/configuration/parse';
import type { PartialConfiguration } from '../../../src/domain/configuration/schema';
import type { EncoderArchitecture } from '../../../src/domain/model/encoder';
import { encoderArchitecture, encoderParameters } from '../../../src/domain/model/encoder';
import { encodeEncoderWeights, readEncoderWeights } from '../../../src/formats/encoderWeights';
import { decodeSafetensors, encodeSafetensors } from '../../../src/formats/safetensors';

const folder = mkdtempSync(join(tmpdir(), 'supcon-weights-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function encoderOf(model: Required<PartialConfiguration>['model']): EncoderArchitecture {
  const configuration = parseConfiguration({ model: { width: 4, ...model } }, 'test');
  return encoderArchitecture(configuration.model, { height: 8, width: 8, channels: 1 });
}

function stateOf(encoder: EncoderArchitecture): Record<string, Float32Array> {
  return Object.fromEntries(
    encoderParameters(encoder).map(({ name, shape }, index) => [
      name,
      new Float32Array(shape.reduce((product, n) => product * n, 1)).fill(index),
    ]),
  );
}

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

test('weights that were written are read, with the hash of the file', () => {
  const encoder = encoderOf({ encoder: 'resnet18' });
  const bytes = encodeEncoderWeights(encoder, stateOf(encoder));
  const { state, hash } = readEncoderWeights(written('same', bytes), encoder);
  expect(state).toEqual(stateOf(encoder));
  expect(hash).toBe(createHash('sha256').update(bytes).digest('hex'));
});

test('weights of another padding are refused, and those of PyTorch have symmetric padding', () => {
  const [same, symmetric] = (['same', 'symmetric'] as const).map((padding) =>
    encoderOf({ encoder: 'resnet18', padding }),
  ) as [EncoderArchitecture, EncoderArchitecture];
  const bytes = encodeEncoderWeights(same, stateOf(same));
  expect(() => readEncoderWeights(written('ours', bytes), symmetric)).toThrow(/"model.padding" to "same"/);
  const plain = written('theirs', encodeSafetensors(decodeSafetensors(bytes).tensors));
  expect(() => readEncoderWeights(plain, same)).toThrow(/"model.padding" to "symmetric"/);
  expect(readEncoderWeights(plain, symmetric).state).toEqual(stateOf(same));
});

test('a file that is missing or damaged, and an encoder without names, each have a sentence', () => {
  const encoder = encoderOf({ encoder: 'resnet18' });
  expect(() => readEncoderWeights(join(folder, 'missing'), encoder)).toThrow(/names .*missing, which cannot/);
  expect(() => readEncoderWeights(written('bad', Uint8Array.of(1, 2)), encoder)).toThrow(
    /bad holds no weights that can be read \(Damaged safetensors file: it is too short\)/,
  );
  expect(() => encodeEncoderWeights(encoderOf({ encoder: 'mlp' }), {})).toThrow(/is mlp/);
});
