/**
 * Child processes for the set-up scripts. Nothing here goes through a shell: a command is a program and a list
 * of arguments. `run` shows its output live, `runToLog` keeps it in a file for later.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] folder to run in, the current one by default
 * @property {NodeJS.ProcessEnv} [env] the whole environment of the child, ours by default
 * @property {import('node:child_process').StdioOptions} [stdio] 'inherit' by default
 */

/**
 * Runs a program to its end and gives its exit code; a signal counts as 1, a program that is missing throws.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    child.once('error', (cause) => reject(new Error(`cannot run ${program}: ${cause.message}`, { cause })));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Runs a program with its output in a file, and gives its exit code.
 * @param {string} logFile replaced when it exists
 * @param {string} program
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export async function runToLog(logFile, program, args, options = {}) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w');
  try {
    return await run(program, args, { ...options, stdio: ['ignore', log, log] });
  } finally {
    closeSync(log);
  }
}

/**
 * The npm that started us, else the one on PATH: a program and its first arguments, so that no shell is needed
 * on Windows either.
 * @param {string} [nodePath] the Node that runs npm
 * @returns {[string, string[]]}
 */
export function npmCommand(nodePath = process.execPath) {
  const script = process.env['npm_execpath'] ?? findNpmScript();
  return script?.endsWith('.js') === true ? [nodePath, [script]] : ['npm', []];
}

/**
 * The full path of a program on PATH, or undefined.
 * @param {string} name
 * @returns {string | undefined}
 */
export function findOnPath(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function findNpmScript() {
  const besideNode = join(dirname(process.execPath), 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const underLib = join(dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  return [besideNode, underLib].find((file) => existsSync(file));
}
