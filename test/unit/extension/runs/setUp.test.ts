import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { LIBRARY_VARIABLE as ENGINE_VARIABLE } from '../../../../src/engine/tensorflow/library';
import { LIBRARY_VARIABLE } from '../../../../src/extension/constants';
import { runSetUp } from '../../../../src/extension/runs/setUp';
import type { SetUpMessage } from '../../../../src/protocol/setUp';

const DONE = { type: 'done', message: 'It is set up.' } as const;

describe('runSetUp', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'supcon-set-up-'))));
  afterEach(async () => rm(folder, { recursive: true }));

  async function program(source: string) {
    const script = join(folder, 'cli.cjs');
    await writeFile(script, `const say = (value) => console.log(JSON.stringify(value));\n${source}`);
    return { node: process.execPath, script, workingFolder: folder, environment: { GREETING: 'hello' } };
  }

  it('passes messages on and returns the last one, whatever else is printed', async () => {
    const cli = await program(
      `console.log('a warning'); say({type: 'progress', step: 'build'});
       say({type: 'done', message: process.argv.slice(2).join(' ') + process.env.GREETING});`,
    );
    const seen: SetUpMessage[] = [];
    const last = await runSetUp(cli, { options: ['--yes'], onMessage: (message) => seen.push(message) });
    expect(last).toEqual({ type: 'done', message: 'setup tensorflow --json --yeshello' });
    expect(seen.map(({ type }) => type)).toEqual(['progress', 'done']);
  });

  it('throws the sentence of a set-up that failed', async () => {
    const cli = await program(`say({type: 'failed', message: 'No pip.'}); process.exitCode = 2;`);
    await expect(runSetUp(cli, { options: [] })).rejects.toThrow(new HumanError('No pip.'));
  });

  it('reports a program that dies without an answer as a defect, with its last words', async () => {
    const failing = runSetUp(await program(`throw new Error('broken build');`), { options: [] });
    await expect(failing).rejects.toThrow('broken build');
    await expect(failing).rejects.not.toBeInstanceOf(HumanError);
  });

  it('ends the program when cancelled, and says nothing of it', async () => {
    const cli = await program(`say({type: 'progress', step: 'test'}); setInterval(() => undefined, 1000);`);
    const cancel = new AbortController();
    const running = runSetUp(cli, { options: [], signal: cancel.signal, onMessage: () => cancel.abort() });
    expect(await running).toBeUndefined();
  });

  it('names the setting when the Node program is missing', async () => {
    const cli = { ...(await program(`say(${JSON.stringify(DONE)})`)), node: join(folder, 'no-node') };
    await expect(runSetUp(cli, { options: [] })).rejects.toThrow('supcon.nodePath');
  });
});

describe('the variable that names the library', () => {
  it('is the one that the engine reads', () => {
    expect(LIBRARY_VARIABLE).toBe(ENGINE_VARIABLE);
  });
});
