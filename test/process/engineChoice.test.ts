/** The process in which engines are tried, as it is shipped, and a run whose engine cannot be used. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseConfiguration } from '../../src/domain/configuration/parse';
import '../../src/engine/gradients';
import { askProcess } from '../../src/engine/choice/process';
import { makeTrial } from '../../src/engine/choice/trial';
import { createModel } from '../../src/trainer/model/model';
import { trainingModule } from '../../src/trainer/module';
import type { EngineInfo } from '../../src/domain/run/state';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, runCli, runFolder } from './realRun';

const PROGRAM = resolve('dist/engine-probe.js');

/** A folder in the arrangement of TensorFlow's library, with something else for a library. */
function brokenLibrary(folder: string): string {
  mkdirSync(join(folder, 'lib', 'napi-v8'), { recursive: true });
  writeFileSync(join(folder, 'lib', 'napi-v8', 'tfjs_binding.node'), 'no library');
  return folder;
}

describe('the process in which engines are tried', () => {
  const configuration = parseConfiguration({ ...TINY }, 'a test');
  const model = createModel(configuration, { height: 12, width: 12, channels: 1 }, 4);
  const trial = makeTrial(trainingModule(configuration, model, [12, 12, 1]));

  test('times a training step and gives its loss', async () => {
    const answer = await askProcess(
      { name: 'onnx', options: { threads: 1 }, trial, bestMs: Infinity },
      PROGRAM,
    );
    if ('missing' in answer) throw new Error(answer.missing);
    expect(answer.device).toContain('cpu, 1 thread');
    expect(answer.measured?.stepMs).toBeGreaterThan(0);
    expect(answer.measured?.loss).toBeGreaterThan(0);
    expect(answer.measured?.loss).toBeLessThan(10);
  });

  test('says in a sentence what an engine cannot do', async () => {
    const options = { threads: 1, precision: 'mixed' } as const;
    const answer = await askProcess({ name: 'onnx', options, trial, bestMs: Infinity }, PROGRAM);
    expect(answer).toEqual({ missing: expect.stringContaining('"precision"') as string });
  });
});

describe('a run whose engine cannot be used', () => {
  let workspace: Workspace;
  const before = { ...process.env };
  beforeAll(() => {
    workspace = makeWorkspace();
    process.env['XDG_CACHE_HOME'] = join(workspace.folder, 'cache');
    process.env['SUPCON_TENSORFLOW_LIBRARY'] = brokenLibrary(join(workspace.folder, 'library'));
  });
  afterAll(() => {
    process.env = before;
    workspace.remove();
  });

  const train = async (name: string, changes: object): Promise<EngineInfo> => {
    const tiny = workspace.write(`${name}.supcon.json`, {
      ...TINY,
      name,
      stage1: { ...TINY.stage1, epochs: 1 },
      ...changes,
    });
    const { code, errors } = await runCli(workspace, 'train', tiny, '--now', '--dir', workspace.runs);
    expect(errors).toBe('');
    expect(code).toBe(0);
    const state = JSON.parse(readFileSync(join(runFolder(workspace, name), 'state.json'), 'utf8')) as {
      engine: EngineInfo;
    };
    return state.engine;
  };

  test('goes on with onnx where TensorFlow is asked for, and says why', async () => {
    const engine = await train('asked', { engine: 'tensorflow' });
    expect(engine.name).toBe('onnx');
    expect(engine.reason).toMatch(
      /^The configuration asks for the engine 'tensorflow', but the run goes on with 'onnx': .*TensorFlow.*\.$/,
    );
  });

  test('takes onnx for auto', async () => {
    const engine = await train('automatic', { engine: 'auto' });
    expect(engine.name).toBe('onnx');
    expect(engine.reason).not.toBe('');
  });
});
