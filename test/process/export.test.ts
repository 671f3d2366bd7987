/** Weights out of one run and into another, and the encoder as a model for plain onnxruntime. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RUN_FILE } from '../../src/domain/run/layout';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, runCli, runFolder } from './realRun';

const SHORT = { ...TINY, stage1: { ...TINY.stage1, epochs: 1 }, stage2: { epochs: 1, batchSize: 32 } };

let workspace: Workspace;
beforeAll(async () => {
  workspace = makeWorkspace();
  const path = workspace.write('first.supcon.json', { ...SHORT, name: 'first' });
  expect((await runCli(workspace, 'train', path, '--dir', workspace.runs)).code).toBe(0);
});
afterAll(() => workspace.remove());

function inWorkspace(name: string): string {
  return join(workspace.folder, name);
}

test('weights of one run start another, from a path beside its configuration', async () => {
  const exported = await runCli(
    workspace,
    ...['export', 'first', '--weights', 'first.safetensors', '--dir', workspace.runs],
  );
  expect(exported.code).toBe(0);
  const model = { ...TINY.model, weights: 'first.safetensors' };
  const path = workspace.write('second.supcon.json', { ...SHORT, name: 'second', model });
  expect((await runCli(workspace, 'train', path, '--dir', workspace.runs)).code).toBe(0);
  const folder = runFolder(workspace, 'second-');
  const hash = createHash('sha256')
    .update(readFileSync(inWorkspace('first.safetensors')))
    .digest('hex');
  expect(readFileSync(join(folder, RUN_FILE.log), 'utf8')).toContain(
    `The encoder starts from ${inWorkspace('first.safetensors')} (SHA-256 ${hash}).`,
  );
});

test('weights that do not fit are refused before there is a run', async () => {
  const before = readdirSync(workspace.runs);
  const model = { width: 8, weights: 'first.safetensors' };
  const path = workspace.write('wide.supcon.json', { ...SHORT, name: 'wide', model });
  const { code, errors } = await runCli(workspace, 'train', path, '--dir', workspace.runs);
  expect(code).toBe(2);
  expect(errors).toMatch(/conv1\.weight is \[4, 1, 3, 3\] instead of \[8, 1, 3, 3\]/);
  expect(readdirSync(workspace.runs)).toEqual(before);
});

test('the encoder runs in onnxruntime on any number of images', async () => {
  const exported = await runCli(
    workspace,
    ...['export', 'first', '--onnx', 'first.onnx', '--head', '--checkpoint', 'best', '--dir', workspace.runs],
  );
  expect(exported.code).toBe(0);
  const session = await InferenceSession.create(inWorkspace('first.onnx'));
  const images = new Tensor('float32', new Float32Array(3 * 144).fill(0.5), [3, 12, 12, 1]);
  const outputs = await session.run({ images });
  expect(outputs['features'].dims).toEqual([3, 16]);
  expect(outputs['projection'].dims).toEqual([3, 8]);
  const row = Array.from(outputs['projection'].data as Float32Array).slice(0, 8);
  expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  await session.release();
});

test('an export that cannot be made has a sentence', async () => {
  const said = async (...parameters: string[]) =>
    (await runCli(workspace, 'export', 'first', ...parameters, '--dir', workspace.runs)).errors;
  expect(await said()).toMatch(/Name what to write/);
  expect(await said('--onnx', 'x.onnx', '--checkpoint', 'newest')).toMatch(/must be best or last/);
  expect(await said('--onnx', 'nowhere/x.onnx')).toMatch(/folder does not exist/);
});
