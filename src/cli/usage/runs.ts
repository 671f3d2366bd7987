/** The usage of the commands that start, follow and end runs. */
import type { Command } from 'commander';
import { demonstrate } from '../commands/demo';
import type { ResumeOptions } from '../commands/resume';
import { resume } from '../commands/resume';
import type { RunCommandOptions } from '../commands/run';
import { runAnyCommand } from '../commands/run';
import type { ShowOptions } from '../commands/show';
import { show } from '../commands/show';
import { stop } from '../commands/stop';
import type { TrainOptions } from '../commands/train';
import { train } from '../commands/train';
import { collect } from '../options';
import type { Finish, FolderOption } from './usage';
import { withFolder } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addRuns(program: Command, finish: Finish): void {
  const command = withFolder(program);
  command('train <source>', 'Train a *.supcon.json file or a preset, or run its command; follow the run.')
    .option('--data <path>', 'folder of the data set')
    .option('--set <path=value>', 'change one key; may be repeated', collect, [])
    .option('--trust', 'agree to run the modules or the command that the configuration names')
    .option('--now', 'do not wait for the runs that are queued before this one')
    .option('--json', 'one JSON object a line')
    .action(async (source: string, options: Omit<TrainOptions, 'source'>) =>
      finish(await train({ source, ...options })),
    );
  program
    .command('run <command...>')
    .description('Run any command as a run, and follow it: supcon run [options] -- python train.py')
    .option('--dir <runs>', 'the folder that holds runs')
    .option('--name <name>', 'name of the run')
    .option('--group <name>', 'what the run belongs to')
    .option('--logs <path>', 'where its TensorBoard events, CSV or JSONL appear; {run} is the run folder')
    .option('--steps <n>', 'steps of the whole run, for the progress')
    .option('--set <path=value>', 'one key, such as loss.temperature=0.1; may be repeated', collect, [])
    .option('--now', 'do not wait for the runs that are queued before this one')
    .option('--json', 'one JSON object a line')
    .passThroughOptions()
    .action(async (words: readonly string[], options: RunCommandOptions) =>
      finish(await runAnyCommand(words, options)),
    );
  command('show <run>', 'Show one run: a folder name, a unique prefix, or a path.')
    .option('--json', 'a JSON object')
    .action(async (run: string, options: ShowOptions) => finish(await show(run, options)));
  command('stop <run>', 'Stop a run: finish the step, write a checkpoint; then interrupt; then kill.').action(
    async (run: string, options: FolderOption) => finish(await stop(run, options)),
  );
  command('resume <run>', 'Resume a run from its newest checkpoint, and follow it.')
    .option('--trust', 'agree to run the modules of your own that lie in its folder')
    .option('--now', 'do not wait for the runs that are queued before this one')
    .option('--json', 'one JSON object a line')
    .action(async (run: string, options: ResumeOptions) => finish(await resume(run, options)));
  command(
    'demo',
    'Train the demonstration: SupCon and its cross-entropy baseline on generated images.',
  ).action(async (options: FolderOption) => finish(await demonstrate(options)));
}
