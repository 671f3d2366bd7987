import { describe, expect, it, vi } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { loadOnnxRuntime } from '../../../../src/engine/onnx/runtime';

vi.mock('onnxruntime-node', () => {
  throw new Error('libonnxruntime.so.1: cannot open shared object file');
});

describe('loadOnnxRuntime', () => {
  it('says what to do where the native library is missing', async () => {
    const error = await loadOnnxRuntime().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HumanError);
    expect(error).toHaveProperty(
      'message',
      expect.stringMatching(/could not be loaded on \w+ \w+: .*npm ci.*"eager"/),
    );
  });
});
