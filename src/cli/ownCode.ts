/** Requests that no person makes may start what is built in and nothing else, agreed to or not. */
import { modulesOf } from '../domain/configuration/modulePath';
import { HumanError } from '../domain/errors';
import type { RunRequest } from './request';
import { resolveCommand, resolveSweep } from './request';

/** Throws HumanError if the request, or any run of its sweep, names a command or a module. Loads and reads neither. */
export async function refuseOwnCode(request: RunRequest): Promise<void> {
  if ((await resolveCommand(request)) !== undefined)
    throw new HumanError(
      `${request.source} runs a command, which no agent may start: start it yourself with "Start SupCon Run".`,
    );
  const { runs } = await resolveSweep(request);
  const [first] = runs.flatMap(({ configuration }) => modulesOf(configuration));
  if (first !== undefined)
    throw new HumanError(
      `${request.source} names the module ${first.path} in "${first.key}", which no agent may start: start it yourself with "Start SupCon Run".`,
    );
}
