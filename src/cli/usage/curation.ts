/** The usage of the commands that keep runs in order: list, annotate, delete, restore, trash. */
import type { Command } from 'commander';
import type { AnnotateOptions } from '../commands/annotate';
import { annotateRuns } from '../commands/annotate';
import type { ListOptions } from '../commands/list';
import { list } from '../commands/list';
import type { TrashOptions } from '../commands/trash';
import { deleteRuns, restoreRuns, showTrash } from '../commands/trash';
import { collect } from '../options';
import type { Finish, FolderOption } from './usage';
import { withFolder } from './usage';

/** Adds the commands; `finish` is told each exit code. */
export function addCuration(program: Command, finish: Finish): void {
  const command = withFolder(program);
  command('list', 'List runs, newest first.')
    .option('--archived', 'archived runs too')
    .option('--tag <tag>', 'runs with this tag; may be repeated, any of them will do', collect, [])
    .option('--sort <keys>', 'by these keys, for example knn,-duration,loss.temperature')
    .option('--json', 'a JSON array')
    .action(async (options: ListOptions) => finish(await list(options)));
  command('annotate <runs...>', 'Write down what you think of runs: name, tags, notes, star, archive.')
    .option('--name <text>', 'another name; empty gives the configured one back')
    .option('--tag <tag>', 'add a tag; may be repeated', collect, [])
    .option('--untag <tag>', 'take a tag away; may be repeated', collect, [])
    .option('--notes <text>', 'notes in place of those that are there')
    .option('--star', 'mark with a star')
    .option('--no-star', 'take the star away')
    .option('--archive', 'hide from lists until asked for')
    .option('--no-archive', 'show in lists again')
    .action(async (runs: readonly string[], options: AnnotateOptions) =>
      finish(await annotateRuns(runs, options)),
    );
  command('delete <runs...>', 'Move ended runs to the trash.').action(
    async (runs: readonly string[], options: FolderOption) => finish(await deleteRuns(runs, options)),
  );
  command('restore <runs...>', 'Bring runs back from the trash.').action(
    async (runs: readonly string[], options: FolderOption) => finish(await restoreRuns(runs, options)),
  );
  command('trash', 'Show the deleted runs and what they take on disk.')
    .option('--empty', 'destroy them for good')
    .option('--json', 'a JSON array')
    .action(async (options: TrashOptions) => finish(await showTrash(options)));
}
