/** The usage of the commands that make maps of embeddings. */
import type { Command } from 'commander';
import type { CompareMapsOptions } from '../commands/compareMaps';
import { compareMaps } from '../commands/compareMaps';
import type { ProjectOptions } from '../commands/project';
import { project } from '../commands/project';
import type { Finish } from './usage';
import { withFolder } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addMaps(program: Command, finish: Finish): void {
  const command = withFolder(program);
  withMapOptions(
    command('project <source>', 'Make a map of the embeddings of a run or a file, and say what it distorts.'),
  )
    .option('--epoch <n>', 'which epoch; the last by default')
    .option('--out <path>', "a .csv or .json file, or a folder for the files of TensorBoard's projector")
    .option('--json', 'a JSON object')
    .action(async (source: string, options: ProjectOptions) => finish(await project(source, options)));
  withMapOptions(
    command(
      'compare-maps <first> <second>',
      'Say what changed between two embeddings, on maps in one frame.',
    ),
  )
    .option('--epoch <n>', 'which epoch, or two with a comma between; the last of each by default')
    .option('--out <path>', 'both maps as a .csv or .json file')
    .option('--json', 'a JSON object')
    .action(async (first: string, second: string, options: CompareMapsOptions) =>
      finish(await compareMaps([first, second], options)),
    );
}

function withMapOptions(command: Command): Command {
  return command
    .option('--method <name>', 'pca, umap, localmap, discriminant, axes or given; umap by default')
    .option(
      '--axis <from:to>',
      'for the method axes, once for each dimension: from one class to another, or ids joined by +',
      (text: string, before: readonly string[]) => [...before, text],
      [],
    )
    .option('--table <name>', 'which vectors, for example features or projections')
    .option('--dimensions <n>', '2 or 3')
    .option('--metric <name>', 'cosine or euclidean')
    .option('--neighbours <k>', 'neighbours of each sample, 2 to 200; 15 by default')
    .option('--seed <n>', 'of the start and of samples')
    .option('--limit <n>', 'at most so many samples, drawn by class; all by default');
}
