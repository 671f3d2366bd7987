import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { runStarter } from '../../../../src/extension/runs/starter';

const REQUEST = { source: 'a.supcon.json', runsFolder: '/runs' };

describe('runStarter', () => {
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
    const started = await runStarter(starter, REQUEST);
    expect(started.id).toBe('a.supcon.json');
  });

  it('throws the sentence of a refused request', async () => {
    const starter = await program(
      `console.log(JSON.stringify({error: 'No such folder.'})); process.exit(2);`,
    );
    await expect(runStarter(starter, REQUEST)).rejects.toThrow(new HumanError('No such folder.'));
  });

  it('reports a starter that dies without an answer as a defect, with its last words', async () => {
    const starter = await program(`throw new Error('broken build');`);
    const failure = runStarter(starter, REQUEST);
    await expect(failure).rejects.toThrow('broken build');
    await expect(failure).rejects.not.toBeInstanceOf(HumanError);
  });

  it('names the setting when the Node program is missing', async () => {
    const starter = { ...(await program('')), node: join(folder, 'no-node') };
    await expect(runStarter(starter, REQUEST)).rejects.toThrow('supcon.nodePath');
  });
});
