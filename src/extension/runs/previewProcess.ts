/** The process that draws views (`supcon serve-views`): started for one file, asked line by line, ended with its input. */
import { spawn } from 'node:child_process';
import { toError, wrapError } from '../../domain/errors';
import type { PreviewAnswer, PreviewRequest } from '../../protocol/preview';
import { SERVE_VIEWS, parsePreviewAnswer } from '../../protocol/preview';
import { createLineSplitter } from '../../runs/lines';
import type { Disposable } from '../disposable';
import type { StarterProgram } from './starter';
import { environmentOf, missingNode } from './starter';

/** Room for the largest drawing as base64. */
const LONGEST_LINE_BYTES = 64 * 1024 * 1024;
const KEPT_CHARACTERS = 2000;

/** Dispose ends it. */
export interface PreviewProcess extends Disposable {
  send(request: PreviewRequest): void;
}

export interface PreviewListener {
  onAnswer(answer: PreviewAnswer): void;
  /** It is gone, though nobody ended it. Told once. */
  onEnd(error: Error): void;
}

/** Starts it for a configuration file, comparing by the runs of a folder. */
export function startPreview(
  program: StarterProgram,
  { file, runsFolder }: { readonly file: string; readonly runsFolder: string },
  listener: PreviewListener,
): PreviewProcess {
  const { node, script, workingFolder } = program;
  const child = spawn(node, [script, SERVE_VIEWS, file, '--dir', runsFolder], {
    cwd: workingFolder,
    env: environmentOf(program),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let isOver = false;
  let complaint = '';
  const end = (error: Error) => {
    if (!isOver) listener.onEnd(error);
    isOver = true;
    child.kill('SIGTERM');
  };
  const lines = createLineSplitter(LONGEST_LINE_BYTES);
  child.stdout.on('data', (bytes: Buffer) => {
    try {
      const answers = lines.push(bytes).map(parsePreviewAnswer);
      for (const answer of answers) if (answer !== undefined && !isOver) listener.onAnswer(answer);
    } catch (thrown) {
      end(toError(thrown));
    }
  });
  child.stderr.on('data', (bytes: Buffer) => {
    complaint = (complaint + bytes.toString()).slice(-KEPT_CHARACTERS);
  });
  // What was not read any more is told by its end.
  child.stdin.on('error', () => undefined);
  child.once('error', (error: NodeJS.ErrnoException) =>
    end(error.code === 'ENOENT' ? missingNode(node) : wrapError('Starting the preview', error)),
  );
  child.once('close', () => end(new Error(`The preview's process has ended, saying: ${complaint}`)));
  return {
    send: (request) => void child.stdin.write(`${JSON.stringify(request)}\n`),
    dispose: () => {
      isOver = true;
      child.stdin.end();
      child.kill('SIGTERM');
    },
  };
}
