/** The usage of `supcon sweep` and its subcommands. */
import type { Command } from 'commander';
import type { StartSweepOptions } from '../commands/sweep';
import {
  listSweepsCommand,
  moveSweepCommand,
  pauseSweepCommand,
  resumeSweepCommand,
  showSweepCommand,
  startSweepCommand,
} from '../commands/sweep';
import { collect } from '../options';
import type { Finish, FolderOption } from './usage';
import { withFolder } from './usage';

/** Adds the command; `finish` is told each exit code. */
export function addSweep(program: Command, finish: Finish): void {
  const sweep = program.command('sweep').description('Many runs from one file with a "sweep" block.');
  const command = withFolder(sweep);
  command('start <source>', 'Start every run that the file asks for, one after the other, and follow.')
    .option('--data <path>', 'folder of the data set')
    .option('--set <path=value>', 'change one key; may be repeated', collect, [])
    .option('--trust', 'agree to run the modules of your own that the file names')
    .option('--plan', 'only list the runs')
    .option('--detach', 'do not follow')
    .action(async (source: string, options: StartSweepOptions) =>
      finish(await startSweepCommand(source, options)),
    );
  command('list', 'List sweeps, newest first.').action(async (options: FolderOption) =>
    finish(await listSweepsCommand(options)),
  );
  command('show <sweep>', 'Show the runs of a sweep, and its settings with their spread over seeds.')
    .option('--json', 'a JSON object')
    .action(async (name: string, options: FolderOption) => finish(await showSweepCommand(name, options)));
  command('pause <sweep>', 'Begin no further run.')
    .option('--now', 'also stop the present run, to be resumed with the sweep')
    .action(async (name: string, options: FolderOption) => finish(await pauseSweepCommand(name, options)));
  command('resume <sweep>', 'Go on with a sweep that was paused or interrupted, and follow.')
    .option('--trust', 'agree to run the modules of your own that its runs name')
    .option('--detach', 'do not follow')
    .action(async (name: string, options: FolderOption) => finish(await resumeSweepCommand(name, options)));
  command('move <sweep> <run>', 'Move a waiting run in the order of work.')
    .option('--to <place>', 'its new place among the waiting runs, 1 being next', '1')
    .action(async (name: string, run: string, options: FolderOption) =>
      finish(await moveSweepCommand(name, run, options)),
    );
}
