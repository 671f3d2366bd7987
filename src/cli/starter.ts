/**
 * Starts a run or a sweep for the extension, in a process of its own so that reading the data never blocks the
 * editor. Argument: a request as JSON. Prints one line: what was started, what must be agreed to first, or why not.
 */
import type { CommandConfiguration } from '../domain/configuration/command/schema';
import { HumanError, causeChain, toError } from '../domain/errors';
import type { StarterAnswer } from '../protocol/starter';
import { commandHash } from '../runs/command/trust';
import type { FoundModule } from '../runs/modules/record';
import { findCopies, findModules } from '../runs/modules/record';
import { isTrusted } from '../runs/modules/trust';
import { resumeRun } from '../runs/start';
import { resumeSweep, startSweep } from '../runs/sweep/control';
import { findWaitingModules } from '../runs/sweep/modules';
import { summariseSweep } from '../runs/sweep/summary';
import { resolveRunsFolder } from '../runs/folder/runsFolder';
import { withBaseline } from './baseline';
import { requireAgreements, unknownModules } from './consent';
import type { LaunchRequest, PreparedLaunch } from './launch';
import { prepareCommand, prepareLaunch } from './launch';
import { refuseOwnCode } from './ownCode';
import { planSweep } from './planSweep';
import { installedPrograms, sweepPrograms } from './programs';
import { resolveCommand, resolveSweep } from './request';

type StarterRequest = (LaunchRequest | { readonly resume: string } | { readonly resumeSweep: string }) & {
  /** Hashes of modules, or of the command, that the user has just agreed to. */
  readonly agreed?: readonly string[];
  /** What nobody is there to agree to is refused, even if it was agreed to before. */
  readonly ownCode?: 'refuse';
};

async function answer(): Promise<StarterAnswer> {
  const request = JSON.parse(process.argv[2] ?? '{}') as StarterRequest;
  const agreed = request.agreed ?? [];
  if (!('resume' in request || 'resumeSweep' in request)) {
    if (request.ownCode === 'refuse') await refuseOwnCode(request);
    const command = await resolveCommand(request);
    if (command !== undefined) return runCommand(command, request, agreed);
  }
  const modules = await modulesOf(request);
  const unknown = (await unknownModules(modules)).filter(({ hash }) => !agreed.includes(hash));
  if (unknown.length > 0)
    return { consent: unknown.map(({ source, files, hash }) => ({ source, files: files.size, hash })) };
  await requireAgreements(modules, { hashes: agreed });
  if ('resume' in request) return resumeRun(request.resume, installedPrograms());
  if ('resumeSweep' in request) return goOn(request.resumeSweep);
  const { hasSweep } = await resolveSweep(request);
  return hasSweep ? sweep(request, agreed) : run(request);
}

/** Every module that carrying out the request would load. */
async function modulesOf(request: StarterRequest): Promise<FoundModule[]> {
  if ('resume' in request) return findCopies(request.resume);
  if ('resumeSweep' in request) return findWaitingModules(request.resumeSweep);
  const { runs } = await resolveSweep(request);
  return findModules(runs.flatMap(({ configuration }) => withBaseline(configuration)));
}

async function runCommand(
  configuration: CommandConfiguration,
  request: LaunchRequest,
  agreed: readonly string[],
): Promise<StarterAnswer> {
  const { program, arguments: words, workingFolder, environment } = configuration.command;
  const hash = commandHash(configuration.command);
  if (!agreed.includes(hash) && !(await isTrusted(hash)))
    return { command: { program, arguments: words, workingFolder, environment, hash } };
  return begin(await prepareCommand(configuration, { ...request, consent: { hashes: agreed } }));
}

async function run(request: LaunchRequest): Promise<StarterAnswer> {
  return begin(await prepareLaunch(request));
}

async function begin(launch: PreparedLaunch): Promise<StarterAnswer> {
  const runs = [];
  for (const configuration of launch.configurations) runs.push(await launch.start(configuration));
  const [first] = runs;
  if (first === undefined) throw new Error('The request asks for no run.');
  return { ...first, note: launch.note };
}

async function sweep(request: LaunchRequest, agreed: readonly string[]): Promise<StarterAnswer> {
  const { plan } = await planSweep(request, { hashes: agreed });
  const runsFolder = resolveRunsFolder(process.cwd(), request.runsFolder);
  const folder = await startSweep(runsFolder, plan, sweepPrograms());
  return { id: plan.id, folder, sweepRuns: plan.entries.length };
}

async function goOn(folder: string): Promise<StarterAnswer> {
  await resumeSweep(folder, sweepPrograms());
  const { id, entries } = await summariseSweep(folder);
  return { id, folder, sweepRuns: entries.length };
}

function explain(thrown: unknown): StarterAnswer {
  if (thrown instanceof HumanError) return { error: thrown.message };
  process.stderr.write(`${causeChain(thrown)}\n`);
  return { error: `The run could not be started: ${toError(thrown).message}` };
}

void answer()
  .catch(explain)
  .then((line) => process.stdout.write(`${JSON.stringify(line)}\n`));
