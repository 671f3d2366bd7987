/**
 * A side of a measurement as a long-lived child process, so that sides can take turns without being built again.
 * The child prints one JSON line when it is ready, {"ready": true, ...} or {"missing": sentence}; then, for each
 * line that it is sent, it answers with one JSON line.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';

const STDERR_TAIL = 2000;

/**
 * @typedef {Record<string, unknown>} Answer
 *
 * @typedef {object} Command
 * @property {string} program
 * @property {readonly string[]} args
 * @property {Record<string, string>} [env] beside our own environment
 * @property {string} [whenAbsent] what to say where there is no such program
 * @property {boolean} [hasChannel] gives the child a message channel, whose messages are read and dropped
 *
 * @typedef {object} Child
 * @property {Answer} hello what it said when it was ready
 * @property {(line: string) => Promise<Answer>} ask
 * @property {() => Promise<void>} close
 */

/** A side that is not there; the message is a sentence for the report. */
export class MissingSideError extends Error {
  /** @override */
  name = 'MissingSideError';
}

/**
 * Starts a child and waits until it is ready.
 * @param {Command} command
 * @returns {Promise<Child>} throws MissingSideError
 */
export async function startChild({ program, args, env = {}, whenAbsent, hasChannel = false }) {
  if (whenAbsent !== undefined && !existsSync(program)) throw new MissingSideError(whenAbsent);
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe', ...(hasChannel ? [/** @type {const} */ ('ipc')] : [])],
    serialization: 'advanced',
  });
  const answers = collectAnswers(child);
  const hello = await answers.next();
  const close = () => end(child);
  if (typeof hello['missing'] !== 'string') return { hello, ask: answers.ask, close };
  await close();
  throw new MissingSideError(hello['missing']);
}

/** @param {import('node:child_process').ChildProcess} child */
function collectAnswers(child) {
  /** @type {{ resolve: (answer: Answer) => void, reject: (error: Error) => void } | undefined} */
  let waiting;
  /** @type {Error | undefined} */
  let failure;
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text) => (errors = (errors + text).slice(-STDERR_TAIL)));
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      // Libraries print to standard output too.
      if (line.startsWith('{')) waiting?.resolve(JSON.parse(line));
    });
  }
  const fail = (/** @type {string} */ why) => {
    failure = new MissingSideError(why);
    waiting?.reject(failure);
  };
  child.on('error', ({ message }) => fail(`it could not be started: ${message}`));
  child.on('close', (code, signal) => fail(`it ended with ${signal ?? code}: ${lastLine(errors)}`));
  const next = () =>
    new Promise((/** @type {(answer: Answer) => void} */ resolve, reject) => {
      if (failure === undefined) waiting = { resolve, reject };
      else reject(failure);
    });
  const ask = (/** @type {string} */ line) => {
    const answer = next();
    child.stdin?.write(`${line}\n`);
    return answer;
  };
  return { next, ask };
}

/** @param {string} text */
function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}

/** @param {import('node:child_process').ChildProcess} child */
async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGKILL');
  await gone;
}
