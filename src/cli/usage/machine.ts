/** The usage of the commands about this machine. */
import type { Command } from 'commander';
import { checkLibrary } from '../../engine/tensorflow/install/check';
import type { DoctorOptions } from '../commands/doctor';
import { doctor } from '../commands/doctor';
import type { SetUpCommandOptions } from '../commands/setup';
import { setUp } from '../commands/setup';
import { CHECK_COMMAND } from '../setUpWorld';
import type { Finish } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addMachine(program: Command, finish: Finish): void {
  program
    .command('doctor')
    .description('Show what this machine has for training, and why an engine is missing.')
    .option('--probe', 'also time a training step on every engine, and forget the choices made before')
    .action(async (options: DoctorOptions) => finish(await doctor(options)));
  program
    .command('setup')
    .description('Set up what this machine does not have yet.')
    .command('tensorflow')
    .description("Fetch TensorFlow's library with pip, for the engine 'tensorflow'.")
    .option('--gpu', 'the build for NVIDIA graphics cards, with the CUDA libraries')
    .option('--yes', 'do not ask')
    .option('--plan', 'only list the files and their sizes')
    .option('--remove', 'remove it and everything that set-up made')
    .option('--json', 'one JSON object a line')
    .action(async (options: SetUpCommandOptions) => finish(await setUp(options)));
  program
    .command(`${CHECK_COMMAND} <addon>`, { hidden: true })
    .action((addon: string) => void process.stdout.write(`${JSON.stringify(checkLibrary(addon))}\n`));
}
