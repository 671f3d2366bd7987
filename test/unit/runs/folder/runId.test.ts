import { describe, expect, it } from 'vitest';
import { createRunId, slugOf } from '../../../../src/runs/folder/runId';

describe('createRunId', () => {
  it('joins slug, local time and four hexadecimal digits', () => {
    const id = createRunId('My Run', new Date(2025, 0, 2, 3, 4, 5));
    expect(id).toMatch(/^my-run-20250102-030405-[0-9a-f]{4}$/);
  });

  it('differs between two runs of one second', () => {
    const ids = new Set(Array.from({ length: 20 }, () => createRunId('x', new Date(0))));
    expect(ids.size).toBeGreaterThan(15);
  });
});

describe('slugOf', () => {
  it.each([
    ['SupCon / CIFAR-10 (τ = 0.1)', 'supcon-cifar-10-0-1'],
    ['Crème brûlée', 'creme-brulee'],
    ['../../etc/passwd', 'etc-passwd'],
    ['   ', 'run'],
    ['日本', 'run'],
    ['a'.repeat(100), 'a'.repeat(32)],
  ])('turns %j into a safe folder name', (name, slug) => {
    expect(slugOf(name)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(slugOf(name)).toBe(slug);
  });
});
