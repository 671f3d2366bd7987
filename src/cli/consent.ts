/**
 * Asks, once for each content, before a run loads a module of the user's own: what is loaded runs with the user's
 * rights. Where nobody can be asked, the command line needs `--trust`; an agent's tool never gives it.
 */
import { createInterface } from 'node:readline/promises';
import type { Configuration } from '../domain/configuration/schema';
import { HumanError } from '../domain/errors';
import type { FoundModule } from '../runs/modules/record';
import { findCopies, findModules } from '../runs/modules/record';
import { isTrusted, trustModule } from '../runs/modules/trust';

/** How consent is given: asked for on the terminal, given beforehand by `--trust`, or by hashes that were agreed to. */
export type Consent = 'ask' | 'given' | { readonly hashes: readonly string[] };

/** Resolves when every module of the configurations is agreed to. Throws HumanError if one is not. */
export async function requireConsent(
  configurations: readonly Configuration[],
  consent: Consent,
): Promise<void> {
  await requireAgreements(await findModules(configurations), consent);
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
  for (const module of modules) await requireAgreement(module, consent);
}

/** Consent as the option `--trust` gives it. */
export function consentOf({ trust }: { readonly trust?: boolean }): Consent {
  return trust === true ? 'given' : 'ask';
}

async function requireAgreement(module: FoundModule, consent: Consent): Promise<void> {
  const { hash, source } = module;
  if (await isTrusted(hash)) return;
  if (!(await agrees(module, consent)))
    throw new HumanError(`The module ${source} was not agreed to, so nothing was started.`);
  await trustModule(hash, source);
}

async function agrees(module: FoundModule, consent: Consent): Promise<boolean> {
  if (consent === 'given') return true;
  if (consent !== 'ask') return consent.hashes.includes(module.hash);
  if (!process.stdin.isTTY)
    throw new HumanError(
      `The run would load ${describe(module)} and nobody can be asked here: read it, then agree with --trust.`,
    );
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(
      `The run loads ${describe(module)}. It runs with your rights. Go on? [y/N] `,
    );
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    terminal.close();
  }
}

/** For example `./my-loss.mjs (1 file, 3f2a81c0...)`. */
function describe({ source, files, hash }: FoundModule): string {
  const count = files.size === 1 ? '1 file' : `${files.size} files`;
  return `the module ${source} (${count}, SHA-256 ${hash.slice(0, 12)}...)`;
}
