import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/engine/choose';

describe('createEngine', () => {
  it('takes onnx for auto, and says why', async () => {
    const { engine, info } = await createEngine('auto', { threads: 2 });
    expect(engine.name).toBe('onnx');
    expect(info).toEqual({
      name: 'onnx',
      device: 'cpu, 2 threads',
      reason: 'onnxruntime is built in and is the fastest engine on a CPU.',
    });
  });

  it('takes what it is asked for', async () => {
    expect((await createEngine('eager')).info).toMatchObject({ name: 'eager', device: 'cpu, 1 thread' });
    expect((await createEngine('onnx', { threads: 1 })).info.device).toBe('cpu, 1 thread');
  });
});
