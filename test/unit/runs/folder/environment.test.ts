import { describe, expect, it } from 'vitest';
import { captureEnvironment } from '../../../../src/runs/folder/environment';

describe('captureEnvironment', () => {
  it('records allowed variables and no others', () => {
    const environment = {
      CUDA_VISIBLE_DEVICES: '1',
      OMP_NUM_THREADS: '2',
      TF_CPP_MIN_LOG_LEVEL: '3',
      MY_TF_TOKEN: 'secret',
      AWS_SECRET_ACCESS_KEY: 'secret',
      CUDA_VISIBLE_DEVICES_TOKEN: 'secret',
    };
    const captured = captureEnvironment({ onnxruntime: '1.2.3' }, environment);
    expect(captured.variables).toEqual({
      CUDA_VISIBLE_DEVICES: '1',
      OMP_NUM_THREADS: '2',
      TF_CPP_MIN_LOG_LEVEL: '3',
    });
    expect(JSON.stringify(captured)).not.toContain('secret');
    expect(captured.versions).toEqual({ node: process.versions.node, onnxruntime: '1.2.3' });
  });
});
