/** A process that is asked may answer, fail, die or say nothing: each is an answer. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answer, askProcess, type Answer, type Question } from '../../../../src/engine/choice/process';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-probe-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const QUESTION: Question = { name: 'tensorflow', options: { threads: 1 }, bestMs: Infinity };

/** Asks a process that does this with its question. */
async function askProgram(work: string): Promise<Answer> {
  const program = join(folder, 'program.cjs');
  writeFileSync(program, `process.once('message', (question) => { ${work} });`);
  return askProcess(QUESTION, program);
}

describe('askProcess', () => {
  it('hands over the question and gives the answer', async () => {
    const given = await askProgram(
      'process.send({ device: `${question.name}, ${question.options.threads}, ${question.bestMs}`, precision: "float32" })',
    );
    expect(given).toEqual({ device: 'tensorflow, 1, Infinity', precision: 'float32' });
  });

  it('leaves no process behind that has answered', async () => {
    const given = await askProgram(
      'process.send({ device: String(process.pid), precision: "" }); setInterval(() => {}, 1000)',
    );
    const pid = 'device' in given ? Number(given.device) : 0;
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  it('says of a processor that lacks instructions that it does', async () => {
    const given = await askProgram('process.kill(process.pid, "SIGILL")');
    expect(given).toEqual({
      missing:
        'tensorflow ended its process with SIGILL: this processor lacks instructions that it was built for.',
    });
  });

  it.each([
    ['process.abort()', /^tensorflow ended its process with SIGABRT\.$/],
    ['process.exit(3)', /^tensorflow ended its process with exit code 3\.$/],
  ])('says how a process ended: %s', async (work, words) => {
    expect(await askProgram(work)).toEqual({ missing: expect.stringMatching(words) as string });
  });

  it('says that there is no program', async () => {
    expect(await askProcess(QUESTION, join(folder, 'none.js'))).toEqual({
      missing: expect.stringContaining('cannot be tried') as string,
    });
  });
});

describe('answer', () => {
  it('says what the engine is', async () => {
    expect(await answer({ name: 'onnx', options: { threads: 1 }, bestMs: Infinity })).toMatchObject({
      device: expect.stringContaining('cpu, 1 thread') as string,
      precision: 'float32',
    });
  });

  it('says what went wrong', async () => {
    const trial = { graph: new Uint8Array(9), initial: {}, inputs: {} };
    const given = await answer({ name: 'onnx', options: { threads: 1 }, bestMs: Infinity, trial });
    expect(given).toEqual({ missing: expect.stringContaining('is not a graph') as string });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
