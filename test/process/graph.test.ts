/** `supcon graph` and `supcon doctor` as a user runs them. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Workspace } from './realRun';
import { TINY, makeWorkspace, runCli } from './realRun';

let workspace: Workspace;
let cacheBefore: string | undefined;
beforeAll(() => {
  workspace = makeWorkspace();
  cacheBefore = process.env['XDG_CACHE_HOME'];
  process.env['XDG_CACHE_HOME'] = join(workspace.folder, 'cache');
});
afterAll(() => {
  if (cacheBefore === undefined) delete process.env['XDG_CACHE_HOME'];
  else process.env['XDG_CACHE_HOME'] = cacheBefore;
  workspace.remove();
});

describe('supcon graph', () => {
  test('shows both programs of a configuration without its data, with totals and the largest nodes', async () => {
    const tiny = workspace.write('tiny.supcon.json', { ...TINY, dataset: { kind: 'idx', path: 'nowhere' } });
    const { code, output, errors } = await runCli(
      workspace,
      'graph',
      tiny,
      '--image',
      '12x12x1',
      '--top',
      '3',
    );
    expect(errors).toBe('');
    expect(code).toBe(0);
    expect(output).toContain('input views = %0 float32[32, 12, 12, 1]');
    expect(output.match(/^program (train|encode)$/gm)).toEqual(['program train', 'program encode']);
    expect(output.match(/^\d+ nodes, \S+ MFLOP, \S+ MB read and written, \S+ kB of state$/gm)).toHaveLength(
      2,
    );
    expect(output.match(/^ +\S+ [kM]FLOP +\S+ % .* = Conv2D/gm)).toHaveLength(6);
  });

  test('shows a stored graph as the configuration that it came from', async () => {
    const tiny = workspace.write('tiny.supcon.json', TINY);
    const first = await runCli(workspace, 'graph', tiny, '--image', '12x12x1');
    const folder = join(workspace.folder, 'cache', 'supcon-lab', 'graphs');
    const stored = readdirSync(folder).map((name) => join(folder, name));
    const shown = await Promise.all(stored.map((path) => runCli(workspace, 'graph', path)));
    for (const { output } of shown) expect(first.output).toContain(output.slice(output.indexOf('\n') + 1));
    const again = await runCli(workspace, 'graph', tiny, '--image', '12x12x1');
    expect(again.output).toBe(first.output);
  });

  test('shows what mixed precision changes', async () => {
    const { output } = await runCli(workspace, 'graph', 'demonstration', '--precision', 'bfloat16');
    expect(output).toMatch(/bfloat16\[.*\] = Conv2D\(/);
  });

  test.each([
    [['nothing.graph'], /^There is no readable graph nothing\.graph: check the path\.$/],
    [['damaged.graph'], /^damaged\.graph is not a graph \(.*\): delete it or write it again\.$/],
    [['nothing'], /^There is no readable configuration nothing: /],
    [['demonstration', '--top', 'many'], /^--top must be a whole number; it is many\.$/],
    [['demonstration', '--image', '32x32'], /^--image must be height x width x channels/],
    [['demonstration', '--precision', 'half'], /^--precision must be float32, bfloat16 or float16/],
  ])('refuses %j in a sentence', async (parameters, sentence) => {
    writeFileSync(join(workspace.folder, 'damaged.graph'), 'SCGRAPH\nand no more');
    const { code, output, errors } = await runCli(workspace, 'graph', ...parameters);
    expect(errors.trim()).toMatch(sentence);
    expect(output).toBe('');
    expect(code).toBe(2);
  });
});

describe('supcon doctor', () => {
  test('names every engine, with the reason for what is missing', async () => {
    const before = process.env['SUPCON_TENSORFLOW_LIBRARY'];
    process.env['SUPCON_TENSORFLOW_LIBRARY'] = join(workspace.folder, 'nowhere');
    const { code, output } = await runCli(workspace, 'doctor', '--probe');
    if (before === undefined) delete process.env['SUPCON_TENSORFLOW_LIBRARY'];
    else process.env['SUPCON_TENSORFLOW_LIBRARY'] = before;
    expect(code).toBe(0);
    expect(output).toMatch(/tensorflow +│ not available: There is no /);
    expect(output).toMatch(/webgpu +│ (not available: |webgpu, )/);
    expect(output).toMatch(/onnx +│ cpu, \d+ threads?.*│ float32 +│ [\d.,]+ ms/);
  });
});
