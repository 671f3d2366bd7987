/**
 * Asks, once for each content, before a run loads a module of the user's own or runs a command from a file: both run
 * with the user's rights. Where nobody can be asked, the command line needs `--trust`; an agent's tool never gives it.
 */
import { createInterface } from 'node:readline/promises';
import type { CommandConfiguration } from '../domain/configuration/command/schema';
import { commandLine } from '../domain/configuration/command/words';
import type { Configuration } from '../domain/configuration/schema';
import { HumanError } from '../domain/errors';
import { commandHash } from '../runs/command/trust';
import type { FoundModule } from '../runs/modules/record';
import { findCopies, findModules } from '../runs/modules/record';
import { isTrusted, trustContent } from '../runs/modules/trust';

/** How consent is given: asked for on the terminal, given beforehand by `--trust`, or by hashes that were agreed to. */
export type Consent = 'ask' | 'given' | { readonly hashes: readonly string[] };

/** Resolves when every module of the configurations is agreed to. Throws HumanError if one is not. */
export async function requireConsent(
  configurations: readonly Configuration[],
  consent: Consent,
): Promise<void> {
  await requireAgreements(await findModules(configurations), consent);
}

/** Resolves when a command is agreed to. Throws HumanError if it is not. */
export async function requireCommandConsent(
  configuration: CommandConfiguration,
  consent: Consent,
): Promise<void> {
  await requireAgreement(ofCommand(configuration), consent);
}

/** The same for the copies in a run folder, which may come from another machine: before one of them is loaded. */
export async function requireRunConsent(runFolder: string, consent: Consent): Promise<void> {
  await requireAgreements(await findCopies(runFolder), consent);
}

/** Of some modules those that nobody has agreed to yet, each content once. */
export async function unknownModules(all: readonly FoundModule[]): Promise<FoundModule[]> {
  const once = [...new Map(all.map((module) => [module.hash, module])).values()];
  const trusted = await Promise.all(once.map(({ hash }) => isTrusted(hash)));
  return once.filter((_, place) => !trusted[place]);
}

/** Resolves when every module is agreed to. Throws HumanError if one is not. */
export async function requireAgreements(modules: readonly FoundModule[], consent: Consent): Promise<void> {
  for (const module of modules) await requireAgreement(ofModule(module), consent);
}

/** Consent as the option `--trust` gives it. */
export function consentOf({ trust }: { readonly trust?: boolean }): Consent {
  return trust === true ? 'given' : 'ask';
}

/** What is asked about. */
interface Asked {
  readonly hash: string;
  /** For the list of what was agreed to, for example `./my-loss.mjs`. */
  readonly name: string;
  /** For sentences, for example `The module ./my-loss.mjs`. */
  readonly subject: string;
  /** What the run does with it, for example `load the module ./my-loss.mjs (1 file, ...)`. */
  readonly action: string;
}

function ofModule({ source, files, hash }: FoundModule): Asked {
  const count = files.size === 1 ? '1 file' : `${files.size} files`;
  const action = `load the module ${source} (${count}, SHA-256 ${hash.slice(0, 12)}...)`;
  return { hash, name: source, subject: `The module ${source}`, action };
}

function ofCommand({ command }: CommandConfiguration): Asked {
  const line = commandLine(command);
  const variables = Object.entries(command.environment).map(([name, value]) => `${name}=${value}`);
  const withVariables = variables.length === 0 ? '' : ` with ${variables.join(' ')}`;
  const action = `run ${line} in ${command.workingFolder}${withVariables}`;
  return { hash: commandHash(command), name: line, subject: `The command ${line}`, action };
}

async function requireAgreement(asked: Asked, consent: Consent): Promise<void> {
  const { hash, name, subject } = asked;
  if (await isTrusted(hash)) return;
  if (!(await agrees(asked, consent)))
    throw new HumanError(`${subject} was not agreed to, so nothing was started.`);
  await trustContent(hash, name);
}

async function agrees({ hash, action }: Asked, consent: Consent): Promise<boolean> {
  if (consent === 'given') return true;
  if (consent !== 'ask') return consent.hashes.includes(hash);
  if (!process.stdin.isTTY)
    throw new HumanError(
      `The run would ${action} and nobody can be asked here: read it, then agree with --trust.`,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`The run would ${action}, with your rights. Go on? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}
