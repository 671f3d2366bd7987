/** What is known of the engines before any is loaded. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  createCandidate,
  findCandidates,
  isFound,
  missingOf,
} from '../../../../src/engine/choice/candidates';

const device = (kind: 'auto' | 'cpu' | 'gpu') => ({ device: { kind, index: 0 } });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('findCandidates', () => {
  it('looks at the engines that have the device', async () => {
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', join(tmpdir(), 'no such folder'));
    expect(Object.keys(await findCandidates({}))).toEqual(['tensorflow', 'webgpu', 'onnx']);
    expect(Object.keys(await findCandidates(device('auto')))).toEqual(['tensorflow', 'webgpu', 'onnx']);
    expect(Object.keys(await findCandidates(device('cpu')))).toEqual(['tensorflow', 'onnx']);
    expect(Object.keys(await findCandidates(device('gpu')))).toEqual(['tensorflow', 'webgpu']);
  });

  it('knows the version of what is built in, and why the rest is missing', async () => {
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', join(tmpdir(), 'no such folder'));
    const findings = await findCandidates(device('cpu'));
    expect(findings.onnx).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string });
    expect(isFound(findings.tensorflow)).toBe(false);
    expect(missingOf(findings)).toEqual({ tensorflow: expect.stringContaining('no such folder') as string });
  });
});

describe('createCandidate', () => {
  it('makes the engine of that name', async () => {
    expect((await createCandidate('onnx', { threads: 1 })).device).toContain('cpu, 1 thread');
  });

  it('refuses in a sentence what is missing', async () => {
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', join(tmpdir(), 'no such folder'));
    await expect(createCandidate('tensorflow', {})).rejects.toThrow('no such folder');
  });
});
