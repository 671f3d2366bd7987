/** The process of a preview: its lines become answers, and its end is told once, with its last words. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import type { PreviewProcess } from '../../../../src/extension/runs/previewProcess';
import { startPreview } from '../../../../src/extension/runs/previewProcess';
import type { PreviewAnswer } from '../../../../src/protocol/preview';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-preview-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts a script in place of the command line. */
function start(source: string, node = process.execPath) {
  const script = join(folder, 'cli.cjs');
  writeFileSync(script, `const say = (value) => console.log(JSON.stringify(value));\n${source}`);
  const answers: PreviewAnswer[] = [];
  let heard = (): void => undefined;
  let running: PreviewProcess | undefined;
  const ended = new Promise<Error>((resolve) => {
    const program = { node, script, workingFolder: folder };
    running = startPreview(
      program,
      { file: 'f.supcon.json', runsFolder: '/runs' },
      {
        onAnswer: (answer) => {
          answers.push(answer);
          heard();
        },
        onEnd: resolve,
      },
    );
  });
  const answered = new Promise<void>((resolve) => (heard = resolve));
  return { answers, ended, answered, running };
}

test('is asked line by line, and what it says else is passed over', async () => {
  const { answers, ended, answered, running } = start(
    `console.log('a warning'); process.stdin.on('data', (text) => say({type: 'failed', message: process.argv.slice(2).join(' ') + text}));`,
  );
  running?.send({ type: 'agree', hashes: ['a'] });
  await answered;
  expect(answers).toEqual([
    { type: 'failed', message: 'serve-views f.supcon.json --dir /runs{"type":"agree","hashes":["a"]}\n' },
  ]);
  running?.dispose();
  expect(await Promise.race([ended, Promise.resolve('not told')])).toBe('not told');
});

test('tells the end of a process that dies, with its last words', async () => {
  const { ended } = start(`throw new Error('broken build');`);
  const error = await ended;
  expect(error.message).toContain('broken build');
  expect(error).not.toBeInstanceOf(HumanError);
});

test('names the setting where the Node program is missing', async () => {
  const { ended } = start('', join(folder, 'no-node'));
  expect((await ended).message).toContain('supcon.nodePath');
});
