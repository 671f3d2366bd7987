/**
 * The `supcon` command. Exit codes: 0 completed, 1 failed, 2 bad input, 130 stopped.
 */
import { Command, CommanderError } from 'commander';
import { EXIT_CODE, HumanError, causeChain } from '../domain/errors';
import { PRODUCT_VERSION } from './programs';
import { addCuration } from './usage/curation';
import { addMachine } from './usage/machine';
import { addMaps } from './usage/maps';
import { addModels } from './usage/models';
import { addRuns } from './usage/runs';
import { addStudies } from './usage/studies';
import { addSweep } from './usage/sweeps';
import type { Finish } from './usage/usage';
import { addViews } from './usage/views';

/** In the order of the help. */
const USAGES = [addRuns, addCuration, addModels, addMaps, addSweep, addStudies, addViews, addMachine];

function createProgram(finish: Finish): Command {
  const program = new Command('supcon')
    .description('Supervised contrastive training: the runs of SupCon Lab, from a terminal.')
    .version(PRODUCT_VERSION)
    .enablePositionalOptions()
    .exitOverride();
  for (const add of USAGES) add(program, finish);
  return program;
}

/** A reader that has gone, as in `supcon list | head`, ends the output, not the run. */
function ignoreClosedPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

async function main(): Promise<number> {
  ignoreClosedPipe();
  let code: number = EXIT_CODE.completed;
  try {
    await createProgram((result) => (code = result)).parseAsync();
    return code;
  } catch (thrown) {
    return explain(thrown);
  }
}

function explain(thrown: unknown): number {
  if (thrown instanceof CommanderError)
    return thrown.exitCode === 0 ? EXIT_CODE.completed : EXIT_CODE.badInput;
  if (thrown instanceof HumanError) {
    process.stderr.write(`${thrown.message}\n`);
    return EXIT_CODE.badInput;
  }
  process.stderr.write(
    `${causeChain(thrown)}\nThis is a defect in SupCon Lab; the run folder and this text help to mend it.\n`,
  );
  return EXIT_CODE.failed;
}

void main().then((code) => {
  process.exitCode = code;
});
