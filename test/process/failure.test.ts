/** A run whose loss is no longer finite ends failed, with the step named and the last good checkpoint kept. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TAG } from '../../src/domain/metrics/tags';
import { decodeSafetensors } from '../../src/formats/safetensors';
import type { Workspace } from './realRun';
import { TINY, listJson, makeWorkspace, readTag, runCli, runFolder } from './realRun';

let workspace: Workspace;
beforeAll(() => {
  workspace = makeWorkspace();
});
afterAll(() => workspace.remove());

test('a loss that is not finite stops the run', async () => {
  const path = workspace.write('tiny.supcon.json', {
    ...TINY,
    stage1: { ...TINY.stage1, learningRate: 1000, warmupEpochs: 0 },
    // Decay times rate far above 2: the weights grow without bound.
    optimiser: { weightDecay: 1 },
  });
  const { code, output } = await runCli(workspace, 'train', path, '--dir', workspace.runs);
  expect(code).toBe(1);
  const folder = runFolder(workspace);
  const steps = [...readTag(folder, TAG.loss).keys()];
  const last = steps.at(-1) ?? -1;
  expect(output).toMatch(new RegExp(`not finite \\(.*\\) at step ${last}; the last good checkpoint is kept`));
  // The step that failed is on record as what it was.
  expect(readTag(folder, TAG.loss).get(last)).toBeNaN();
  expect(await listJson(workspace)).toMatchObject([{ state: 'ended', endState: 'failed', resumable: true }]);
  const [checkpoint] = readdirSync(join(folder, 'checkpoints'));
  const { tensors } = decodeSafetensors(readFileSync(join(folder, 'checkpoints', checkpoint)));
  for (const { name, values } of tensors) expect(values.every(Number.isFinite), name).toBe(true);
});
