/** `supcon evaluate` as a user runs it, on a run with an online probe and a choice of learning rates. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAG } from '../../src/domain/metrics/tags';
import type { Evaluation, Results } from '../../src/domain/run/results';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, readTag, runCli, runFolder, writeIdxSet } from './realRun';

let workspace: Workspace;
let run: string;
beforeAll(async () => {
  workspace = makeWorkspace();
  writeIdxSet(join(workspace.folder, 'other'), { images: 60, classes: 3 });
  const path = workspace.write('tiny.supcon.json', {
    ...TINY,
    evaluation: {
      samples: 20,
      onlineProbe: true,
      probeRates: [0.1, 1],
      finetuneEpochs: 1,
      transferPath: 'other',
    },
  });
  const { code, errors } = await runCli(workspace, 'train', path, '--dir', workspace.runs);
  expect(errors).toBe('');
  expect(code).toBe(0);
  run = runFolder(workspace);
});
afterAll(() => workspace.remove());

function evaluate(...parameters: string[]) {
  return runCli(workspace, 'evaluate', 'tiny', '--dir', workspace.runs, ...parameters);
}

test('the run has recorded its online probe and its diagnostics, and says which rate was chosen', () => {
  const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
  expect(results.linearProbe?.protocol).toMatch(
    /cosine from (0\.1|1) \(chosen on the validation split from 0\.1, 1\)/,
  );
  expect(results.onlineProbe?.protocol).toContain('stop-gradient');
  expect(readTag(run, TAG.onlineProbeBatchAccuracy).size).toBe(54);
  for (const tag of [TAG.onlineProbeAccuracy, TAG.featureRank, TAG.diagnosticsSeconds]) {
    expect(readTag(run, tag).size, tag).toBe(2);
  }
  expect(existsSync(join(run, 'diagnostics', 'epoch-000002.json'))).toBe(true);
  // The curve of the chosen probe alone: one point an epoch of stage 2.
  expect(readTag(run, TAG.probeLoss).size).toBe(TINY.stage2.epochs);
});

test('it measures the checkpoint as the run itself did, and fine-tunes', async () => {
  const { code, output } = await evaluate('--finetune', '--json');
  expect(code).toBe(0);
  const [probe, tuned] = JSON.parse(output) as Evaluation[];
  const results = JSON.parse(readFileSync(join(run, 'results.json'), 'utf8')) as Results;
  expect(probe.linearProbe).toEqual(results.linearProbe);
  expect(probe.checkpoint).toEqual({ name: 'last', step: 54 });
  expect(tuned.finetuned?.top1).toBeGreaterThanOrEqual(0);
  const written = readFileSync(join(run, 'evaluations', 'finetune-own.json'), 'utf8');
  expect(JSON.parse(written)).toEqual(tuned);
});

test('it transfers to the data set that the configuration names', async () => {
  const { code, output } = await evaluate('--on', '--checkpoint', 'best');
  expect(code).toBe(0);
  expect(output).toContain('linear probe, test of other');
  expect(existsSync(join(run, 'evaluations', 'linear-probe-other.json'))).toBe(true);
});

test.each([
  [['--checkpoint', 'middle'], '--checkpoint must be best or last'],
  [['--reference', 'tiny'], 'add --robustness'],
  [['--on', 'nowhere'], 'does not exist or cannot be read'],
])('it refuses %j in one sentence', async (parameters, sentence) => {
  const { code, errors } = await evaluate(...parameters);
  expect(code).toBe(2);
  expect(errors).toContain(sentence);
});
