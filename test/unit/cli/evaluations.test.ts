/** What `supcon evaluate` writes and relates, and the tables that it and `supcon show` print. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluationName, readReference, relateTo, writeEvaluation } from '../../../src/cli/evaluations';
import { evaluationTable, resultsTable } from '../../../src/cli/table';
import type { Evaluation, Results, Robustness } from '../../../src/domain/run/results';
import { writeJson } from '../../../src/formats/files';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-evaluations-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function robustness(clean: number, noise: readonly number[]): Robustness {
  return {
    clean,
    corrupted: { noise },
    top1: 0.5,
    top1BySeverity: [0.9, 0.6],
    eceBySeverity: [0.02, 0.3],
    families: { noise: 'noise' },
    samples: 10,
    split: 'test',
    protocol: 'a test',
  };
}

const EVALUATION: Evaluation = {
  formatVersion: 1,
  dataset: 'own',
  datasetHash: 'abc',
  checkpoint: { name: 'last', step: 40 },
  robustness: robustness(0.1, [0.4, 0.6]),
};

test('a name says measure and data set', () => {
  expect(evaluationName('finetune', undefined)).toBe('finetune-own');
  expect(evaluationName('linear-probe', join('data', 'fashion'))).toBe('linear-probe-fashion');
});

describe('a reference', () => {
  test('comes from the evaluation of the same name', async () => {
    const path = await writeEvaluation(folder, 'robustness-own', EVALUATION);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(EVALUATION);
    const found = await readReference({ folder, name: 'robustness-own', datasetHash: 'abc' });
    expect(found.corrupted).toEqual({ noise: [0.4, 0.6] });
    // (0.2 + 0.3) / (0.4 + 0.6), and (0.15 + 0.25) / (0.3 + 0.5) without the clean errors.
    const { reference } = relateTo(robustness(0.05, [0.2, 0.3]), 'other', found);
    expect(reference?.mce).toBeCloseTo(0.5, 12);
    expect(reference?.relativeMce).toBeCloseTo(0.5, 12);
  });

  test('comes from the final figures where there is no evaluation', async () => {
    const run = mkdtempSync(join(folder, 'run-'));
    await writeJson(join(run, 'results.json'), { formatVersion: 1, robustness: robustness(0.2, [0.5]) });
    const found = await readReference({ folder: run, name: 'robustness-own', datasetHash: 'abc' });
    expect(found.clean).toBe(0.2);
    await expect(readReference({ folder: run, name: 'robustness-set', datasetHash: 'abc' })).rejects.toThrow(
      '--robustness` first',
    );
  });

  test('must have seen the same images and corruptions', async () => {
    await expect(readReference({ folder, name: 'robustness-own', datasetHash: 'def' })).rejects.toThrow(
      'other images',
    );
    const blurred = { clean: 0.1, corrupted: { blur: [0.4, 0.6] } };
    expect(() => relateTo(robustness(0.1, [0.4, 0.6]), 'other', blurred)).toThrow('other corruptions');
  });
});

describe('tables', () => {
  const old: Results = { formatVersion: 1, knn: { top1: 0.5, split: 'test', protocol: 'old' } };

  test('results of earlier versions have their rows and no empty new ones', () => {
    const text = resultsTable([{ name: 'old', results: old }]);
    expect(text).toMatch(/kNN, test.*50\.0 %/);
    expect(text).toMatch(/untrained-encoder probe, test.*-/);
    expect(text).not.toContain('retrieval');
  });

  test('new figures have rows beside old runs', () => {
    const retrieval = {
      precisionAt1: 0.8,
      rPrecision: 0.6,
      mapAtR: 0.4,
      samples: 9,
      split: 'test',
      protocol: 'new',
    } as const;
    const text = resultsTable([
      { name: 'old', results: old },
      { name: 'new', results: { formatVersion: 1, retrieval } },
    ]);
    expect(text).toMatch(/retrieval MAP@R, test.*-.*40\.0 %/);
  });

  test('an evaluation under corruption shows every severity and the reference', () => {
    const related = {
      ...EVALUATION,
      robustness: relateTo(robustness(0.1, [0.4]), 'ref', { clean: 0, corrupted: { noise: [0.5] } }),
    };
    const text = evaluationTable('run', [related]);
    expect(text).toMatch(/severity 1.*60\.0 %, 0\.300/);
    expect(text).toMatch(/mCE against ref.*80\.0 %/);
    expect(text).toMatch(/relative mCE.*60\.0 %/);
  });
});
