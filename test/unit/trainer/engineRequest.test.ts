/** A resumed run stays with the engine that it began with. */
import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../src/domain/configuration/parse';
import { engineRequest } from '../../../src/trainer/engineRequest';

const before = (name: string, device: string) => ({ name, device, reason: 'the fastest' });
const auto = parseConfiguration({ engine: 'auto', threads: 3 }, 'test');

describe('engineRequest', () => {
  it('passes on what the configuration says', () => {
    const asked = parseConfiguration({ engine: 'tensorflow', precision: 'mixed' }, 'test');
    expect(engineRequest(asked, undefined)).toEqual({
      name: 'tensorflow',
      options: { device: { kind: 'auto', index: 0 }, precision: 'mixed' },
    });
    expect(engineRequest(auto, undefined)).toMatchObject({ name: 'auto', options: { threads: 3 } });
  });

  it('stays on a resume with the engine of the checkpoint', () => {
    expect(engineRequest(auto, before('tensorflow', 'cpu, 2 threads')).name).toBe('tensorflow');
    const onCard = engineRequest(auto, before('onnx', 'webgpu, some card'));
    expect(onCard).toMatchObject({ name: 'onnx', options: { device: { kind: 'gpu' }, threads: 3 } });
    expect(engineRequest(auto, before('onnx', 'cpu, 2 threads')).options.device?.kind).toBe('auto');
  });

  it('lets the configuration win, and chooses anew where it does not know the engine', () => {
    const asked = parseConfiguration({ engine: 'onnx' }, 'test');
    expect(engineRequest(asked, before('tensorflow', 'cpu, 2 threads')).name).toBe('onnx');
    expect(engineRequest(auto, before('abacus', 'wood')).name).toBe('auto');
  });
});
