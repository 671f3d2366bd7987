/**
 * Starting and resuming in a process of their own: checks and file reading never block the extension host.
 * The starter prints one line of JSON, then ends; the run's keeper lives on without it.
 */
import { execFile } from 'node:child_process';
import * as l10n from '@vscode/l10n';
import type { JsonObject } from '../../domain/configuration/override';
import { HumanError, wrapError } from '../../domain/errors';
import type { AskedCommand, StarterAnswer } from '../../protocol/starter';
import { parseStarterAnswer } from '../../protocol/starter';

/** A run to start. */
export interface StartRequest {
  /** Path of a configuration file. */
  readonly source: string;
  /** Folder of the data set, in place of the configuration's. */
  readonly data?: string;
  /** `path=value` changes. */
  readonly set?: readonly string[];
  /** What a training begins with where the file says nothing. */
  readonly defaults?: JsonObject;
  readonly runsFolder: string;
  /** A configuration with a command or a module is refused, agreed to or not: for starts that no person asked for. */
  readonly ownCode?: 'refuse';
}

/** A run or a sweep to go on with, by its folder. */
export type ResumeRequest = { readonly resume: string } | { readonly resumeSweep: string };

/** How to call the starter. */
export interface StarterProgram {
  /** A Node program, or the editor's own binary. */
  readonly node: string;
  /** Path of the bundled starter. */
  readonly script: string;
  /** Folder that relative paths are relative to. */
  readonly workingFolder: string;
  /** Variables beside those of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A started run or sweep. */
export interface Started {
  readonly id: string;
  readonly folder: string;
  /** What was found beforehand: images, classes, memory. */
  readonly note?: string;
  /** Where it is a sweep: how many runs it has. */
  readonly sweepRuns?: number;
}

/** A module of the user's own that must be agreed to first. */
export interface AskedModule {
  readonly source: string;
  readonly files: number;
  readonly hash: string;
}

const DEADLINE_MS = 180_000;
const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** What must be agreed to before anything starts: modules to load, or a command to run. */
export type Asked = { readonly modules: readonly AskedModule[] } | { readonly command: AskedCommand };

/**
 * Starts or resumes; if modules or a command must be agreed to, asks, and goes on with the answer.
 * @param ask false leaves everything as it is
 * @returns undefined if the user did not agree
 * @throws HumanError with the starter's sentence if the request cannot be carried out
 */
export async function startWithConsent(
  program: StarterProgram,
  request: StartRequest | ResumeRequest,
  ask: (asked: Asked) => Promise<boolean>,
): Promise<Started | undefined> {
  const first = await callStarter(program, request);
  const asked = askedIn(first);
  if (asked === undefined) return startedIn(first);
  if (!(await ask(asked))) return undefined;
  const agreed = 'command' in asked ? [asked.command.hash] : asked.modules.map(({ hash }) => hash);
  const second = await callStarter(program, { ...request, agreed });
  if (askedIn(second) !== undefined)
    throw new HumanError(l10n.t('What was asked about changed meanwhile: start again.'));
  return startedIn(second);
}

type Answer = Exclude<StarterAnswer, { error: string }>;

function askedIn(answer: Answer): Asked | undefined {
  if ('command' in answer) return { command: answer.command };
  return 'consent' in answer ? { modules: answer.consent } : undefined;
}

function startedIn(answer: Answer): Started {
  if ('id' in answer) return answer;
  throw new Error('The starter asked for consent where there is nothing to agree to.');
}

async function callStarter(
  program: StarterProgram,
  request: (StartRequest | ResumeRequest) & { readonly agreed?: readonly string[] },
): Promise<Answer> {
  const output = await execute(program, JSON.stringify(request));
  const answer = readAnswer(output);
  if (answer === undefined)
    throw new Error(`The starter gave no answer; it printed: ${output.slice(0, 500)}`);
  if ('error' in answer) throw new HumanError(answer.error);
  return answer;
}

/** The environment of a program of ours; the variable makes the editor's own binary behave as Node. */
export function environmentOf({ environment = {} }: StarterProgram): NodeJS.ProcessEnv {
  return { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' };
}

/** The error of a Node program that is not there. */
export function missingNode(node: string): HumanError {
  return new HumanError(
    l10n.t('There is no program {0}: correct the setting "supcon.nodePath", or clear it.', node),
  );
}

function execute(program: StarterProgram, request: string): Promise<string> {
  const { node, script, workingFolder } = program;
  const env = environmentOf(program);
  const options = { cwd: workingFolder, env, timeout: DEADLINE_MS, maxBuffer: LONGEST_ANSWER_BYTES };
  return new Promise((resolve, reject) => {
    execFile(node, [script, request], options, (error, stdout, stderr) => {
      if (stdout.trim() !== '') resolve(stdout);
      else if (error && 'code' in error && error.code === 'ENOENT') reject(missingNode(node));
      else reject(wrapError(`The starter failed, saying: ${stderr.slice(-500)}`, error));
    });
  });
}

/** The answer is the last line that is one. */
function readAnswer(output: string): StarterAnswer | undefined {
  const answers = output.split('\n').map(parseStarterAnswer);
  return answers.findLast((answer) => answer !== undefined);
}
