/** What is said and set before TensorFlow is loaded. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { checkVersion, environmentFor, loadTensorflow } from '../../../../src/engine/tensorflow/binding';
import { visibleCard } from '../../../../src/engine/tensorflow/graphicsCard';

const folder = mkdtempSync(join(tmpdir(), 'supcon-test-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('loadTensorflow', () => {
  it('says in a sentence why an add-on could not be loaded and what to do', () => {
    const before = process.env['CUDA_VISIBLE_DEVICES'];
    const broken = join(folder, 'broken.node');
    writeFileSync(broken, 'not a library');
    for (const addon of [broken, join(folder, 'missing.node')]) {
      const load = (): unknown => loadTensorflow(addon, {});
      expect(load).toThrow(HumanError);
      expect(process.env['CUDA_VISIBLE_DEVICES']).toBe(before);
      expect(load).toThrow(/could not be loaded: [^\n]+"supcon setup tensorflow"[^\n]+"engine" to "onnx"/);
    }
  });
});

describe('checkVersion', () => {
  it.each(['2.8.4', '1.15.0'])('refuses TensorFlow %s', (version) => {
    expect(() => {
      checkVersion(version);
    }).toThrow(`TensorFlow ${version} is too old: 2.9 or newer is needed.`);
  });

  it.each(['2.9.1', '2.21.0', '3.0.0-rc1'])('takes TensorFlow %s', (version) => {
    expect(() => {
      checkVersion(version);
    }).not.toThrow();
  });
});

describe('environmentFor', () => {
  const cpu = { kind: 'cpu', index: 0 } as const;
  const second = { kind: 'gpu', index: 1 } as const;

  it('passes on threads, asks for the fastest kernels, hides cards from a run on the processor, and lets memory grow on one', () => {
    expect(environmentFor({ threads: 3, device: cpu }, {})).toMatchObject({
      TF_NUM_INTRAOP_THREADS: '3',
      TF_ENABLE_ONEDNN_OPTS: '1',
      CUDA_VISIBLE_DEVICES: '-1',
    });
    expect(environmentFor({ threads: 3, device: second }, {})).toMatchObject({
      CUDA_VISIBLE_DEVICES: '1',
      CUDA_DEVICE_ORDER: 'PCI_BUS_ID',
      TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    });
  });

  it('keeps what the person has set', () => {
    const chosen = { TF_CPP_MIN_LOG_LEVEL: '0', TF_ENABLE_ONEDNN_OPTS: '0' };
    const given = { ...chosen, CUDA_VISIBLE_DEVICES: '4, GPU-5' };
    expect(environmentFor({ threads: 1, device: second }, given)).toMatchObject({
      ...chosen,
      CUDA_VISIBLE_DEVICES: 'GPU-5',
    });
  });
});

describe('visibleCard', () => {
  it('gives no card where there are fewer', () => {
    expect(visibleCard({ kind: 'gpu', index: 2 }, '0,1')).toBe('-1');
    expect(visibleCard({ kind: 'auto', index: 0 }, '')).toBe('');
  });
});
