/** What is remembered, for what, and for how long. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Findings } from '../../../../src/engine/choice/candidates';
import { forgetAll, memoryKey, recall, recallAll, remember } from '../../../../src/engine/choice/memory';
import type { ProbeResult } from '../../../../src/engine/choice/probe';

const RESULT: ProbeResult = {
  fastest: 'tensorflow',
  stepMs: { tensorflow: 48 },
  missing: { webgpu: 'No card.' },
};
const FINDINGS: Findings = { onnx: { version: '1' }, tensorflow: { version: '2' } };
const SHAPE = { inputs: { x: { shape: [2], dtype: 'float32' } }, state: {} } as const;

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-memory-'));
  path = join(folder, 'below', 'choice.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the memory of choices', () => {
  it('holds a result with its time', () => {
    expect(recall('a', path)).toBeUndefined();
    remember('a', RESULT, path);
    expect(recall('a', path)).toMatchObject(RESULT);
    expect(Math.abs(Date.now() - (recall('a', path)?.at ?? 0))).toBeLessThan(60_000);
    expect(recall('b', path)).toBeUndefined();
  });

  it('holds that nothing could be timed', () => {
    remember('a', { fastest: undefined, stepMs: {}, missing: {} }, path);
    expect(recall('a', path)?.fastest).toBeUndefined();
    expect(recallAll(path)).toHaveLength(1);
  });

  it('forgets everything when it is told to', () => {
    remember('a', RESULT, path);
    forgetAll(path);
    expect(recall('a', path)).toBeUndefined();
    forgetAll(path);
  });

  it('does not trust what is a week old', () => {
    remember('a', RESULT, path);
    const day = 24 * 3600 * 1000;
    expect(recall('a', path, Date.now() + 6 * day)).toBeDefined();
    expect(recall('a', path, Date.now() + 7 * day)).toBeUndefined();
  });

  it('forgets the oldest of many', () => {
    for (let index = 0; index < 105; index++) remember(`key ${index}`, RESULT, path);
    expect(recallAll(path)).toHaveLength(100);
    expect(recall('key 104', path)).toBeDefined();
  });

  it.each([
    '',
    '{"formatVersion": 2, "answers": {"a": ',
    '[]',
    'null',
    '{"formatVersion": 1, "answers": {}}',
    '{"formatVersion": 2, "answers": {"a": null}}',
    '{"formatVersion": 2, "answers": {"a": {"at": 1, "fastest": "abacus", "stepMs": {}, "missing": {}}}}',
    '{"formatVersion": 2, "answers": {"a": {"at": 1, "fastest": "onnx", "stepMs": {"onnx": "1"}, "missing": {}}}}',
  ])('takes no notice of a damaged file, and replaces it: %s', (text) => {
    remember('other', RESULT, path);
    writeFileSync(path, text);
    expect(recall('a', path)).toBeUndefined();
    remember('a', RESULT, path);
    expect(recall('a', path)).toMatchObject(RESULT);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ formatVersion: 2 });
  });
});

describe('the key of a choice', () => {
  it('tells options, engines and shapes apart, and nothing else', () => {
    const key = memoryKey({ threads: 2 }, FINDINGS, SHAPE);
    expect(memoryKey({ threads: 2 }, { ...FINDINGS }, structuredClone(SHAPE))).toBe(key);
    const others = [
      memoryKey({ threads: 1 }, FINDINGS, SHAPE),
      memoryKey({ threads: 2, precision: 'mixed' }, FINDINGS, SHAPE),
      memoryKey({ threads: 2 }, { ...FINDINGS, tensorflow: { version: '3' } }, SHAPE),
      memoryKey({ threads: 2 }, { onnx: { version: '1' } }, SHAPE),
      memoryKey({ threads: 2 }, FINDINGS, { ...SHAPE, state: { w: { shape: [1], dtype: 'float32' } } }),
      memoryKey({ threads: 2 }, FINDINGS, null),
    ];
    expect(new Set([key, ...others]).size).toBe(7);
  });
});
