import { describe, expect, it } from 'vitest';
import { MissingSideError, startChild } from '../../../bench/protocol/child.mjs';

/** A child that runs a script given as text. */
function commandOf(script: string) {
  return { program: process.execPath, args: ['--eval', script] };
}

const ECHO = `
  console.log('a library says hello');
  console.log(JSON.stringify({ ready: true, device: 'cpu' }));
  require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
    if (line === 'fall') { console.error('Error: it fell'); process.exit(3); }
    console.log(JSON.stringify({ said: line }));
  });`;

describe('a side in a child process', () => {
  it('is ready once, then answers line by line, whatever else it prints', async () => {
    const child = await startChild(commandOf(ECHO));
    expect(child.hello).toEqual({ ready: true, device: 'cpu' });
    expect(await child.ask('run 3')).toEqual({ said: 'run 3' });
    expect(await child.ask('run 4')).toEqual({ said: 'run 4' });
    await child.close();
    await child.close();
  });

  it('that lacks something says so in its own words', async () => {
    const script = `console.log(JSON.stringify({ missing: 'PyTorch is missing.' }))`;
    await expect(startChild(commandOf(script))).rejects.toThrow(new MissingSideError('PyTorch is missing.'));
  });

  it('that ends early, before or after it was ready, is missing with its last words', async () => {
    const dying = commandOf(`console.error('Error: no more memory'); process.exit(4)`);
    await expect(startChild(dying)).rejects.toThrow('it ended with 4: Error: no more memory');
    const child = await startChild(commandOf(ECHO));
    await expect(child.ask('fall')).rejects.toThrow('it ended with 3: Error: it fell');
    await expect(child.ask('run 1')).rejects.toThrow(MissingSideError);
  });

  it('whose program is not there is missing with the advice that was given for it', async () => {
    const program = '/nonexistent/python';
    const command = { program, args: [], whenAbsent: 'The peers are not installed.' };
    await expect(startChild(command)).rejects.toThrow('The peers are not installed.');
    await expect(startChild({ program, args: [] })).rejects.toThrow(/could not be started/);
  });
});
