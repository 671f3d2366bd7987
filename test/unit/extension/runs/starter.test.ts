import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import type { StarterProgram } from '../../../../src/extension/runs/starter';
import { startWithConsent } from '../../../../src/extension/runs/starter';

const REQUEST = { source: 'a.supcon.json', runsFolder: '/runs' };
const never = () => Promise.reject(new Error('Nobody was to be asked.'));
const start = (program: StarterProgram) => startWithConsent(program, REQUEST, never);

describe('startWithConsent', () => {
  let folder = '';
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'supcon-starter-'))));
  afterEach(async () => rm(folder, { recursive: true }));

  async function program(source: string) {
    const script = join(folder, 'starter.cjs');
    await writeFile(script, source);
    return { node: process.execPath, script, workingFolder: folder };
  }

  it('passes the request on and returns the run, whatever else is printed', async () => {
    const starter = await program(
      `const {source} = JSON.parse(process.argv[2]); console.log('a warning');
       console.log(JSON.stringify({id: source, folder: process.cwd()}));`,
    );
    const started = await start(starter);
    expect(started?.id).toBe('a.supcon.json');
  });

  it('asks about modules, and starts only with the hashes that were agreed to', async () => {
    const starter = await program(
      `const {agreed} = JSON.parse(process.argv[2]);
       const mine = {source: '/a/loss.mjs', files: 2, hash: 'abc'};
       console.log(JSON.stringify(agreed ? {id: agreed.join(), folder: '/runs/a'} : {consent: [mine]}));`,
    );
    const asked: string[] = [];
    const answerWith = (answer: boolean) =>
      startWithConsent(starter, REQUEST, (about) => {
        if ('modules' in about) asked.push(...about.modules.map(({ source }) => source));
        return Promise.resolve(answer);
      });
    expect(await answerWith(false)).toBeUndefined();
    expect((await answerWith(true))?.id).toBe('abc');
    expect(asked).toEqual(['/a/loss.mjs', '/a/loss.mjs']);
  });

  it('asks about a command with all that decides what it does', async () => {
    const command = {
      ...{ program: 'python', arguments: ['train.py'], workingFolder: '/a', environment: { A: '1' } },
      hash: 'def',
    };
    const starter = await program(
      `const {agreed} = JSON.parse(process.argv[2]);
       const command = ${JSON.stringify(command)};
       console.log(JSON.stringify(agreed?.[0] === 'def' ? {id: 'c', folder: '/runs/c'} : {command}));`,
    );
    const asked: unknown[] = [];
    const ask = (answer: boolean) => (about: unknown) => {
      asked.push(about);
      return Promise.resolve(answer);
    };
    expect(await startWithConsent(starter, REQUEST, ask(false))).toBeUndefined();
    expect((await startWithConsent(starter, REQUEST, ask(true)))?.id).toBe('c');
    expect(asked).toEqual([{ command }, { command }]);
  });

  it('throws the sentence of a refused request', async () => {
    const starter = await program(
      `console.log(JSON.stringify({error: 'No such folder.'})); process.exit(2);`,
    );
    await expect(start(starter)).rejects.toThrow(new HumanError('No such folder.'));
  });

  it('reports a starter that dies without an answer as a defect, with its last words', async () => {
    const starter = await program(`throw new Error('broken build');`);
    const failure = start(starter);
    await expect(failure).rejects.toThrow('broken build');
    await expect(failure).rejects.not.toBeInstanceOf(HumanError);
  });

  it('names the setting when the Node program is missing', async () => {
    const starter = { ...(await program('')), node: join(folder, 'no-node') };
    await expect(start(starter)).rejects.toThrow('supcon.nodePath');
  });
});
