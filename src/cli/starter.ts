/**
 * Starts a run for the extension, in a process of its own so that reading the data never blocks the editor.
 * Argument: a LaunchRequest, or {"resume": run folder}, as JSON. Prints one line: {"id", "folder"}, or {"error"} with a sentence.
 */
import { HumanError, causeChain, toError } from '../domain/errors';
import type { StarterAnswer } from '../protocol/starter';
import { resumeRun } from '../runs/start';
import type { LaunchRequest } from './launch';
import { prepareLaunch } from './launch';
import { describePreflight } from './preflight';
import { installedPrograms } from './programs';

type StarterRequest = LaunchRequest | { readonly resume: string };

async function start(): Promise<StarterAnswer> {
  const request = JSON.parse(process.argv[2] ?? '{}') as StarterRequest;
  if ('resume' in request) return resumeRun(request.resume, installedPrograms());
  const launch = await prepareLaunch(request);
  const runs = [];
  for (const configuration of launch.configurations) runs.push(await launch.start(configuration));
  const [first] = runs;
  if (first === undefined) throw new Error('The request asks for no run.');
  return { ...first, note: describePreflight(launch.preflight) };
}

function explain(thrown: unknown): StarterAnswer {
  if (thrown instanceof HumanError) return { error: thrown.message };
  process.stderr.write(`${causeChain(thrown)}\n`);
  return { error: `The run could not be started: ${toError(thrown).message}` };
}

void start()
  .catch(explain)
  .then((answer) => process.stdout.write(`${JSON.stringify(answer)}\n`));
