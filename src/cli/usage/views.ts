/** The usage of `supcon views`, and of what the editor asks for pictures. */
import type { Command } from 'commander';
import { SERVE_VIEWS } from '../../protocol/preview';
import { SAMPLE_PICTURES } from '../../protocol/samplePictures';
import { printSamplePictures } from '../commands/samplePictures';
import type { ServeViewsOptions } from '../commands/serveViews';
import { serveViews } from '../commands/serveViews';
import type { ViewsOptions } from '../commands/views';
import { views } from '../commands/views';
import { collect } from '../options';
import type { Finish } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addViews(program: Command, finish: Finish): void {
  program
    .command('views <source>')
    .description('Write a sheet with the views that an image of the training set will get.')
    .option('--sample <n>', 'place of the image in the training set, from 0')
    .option('--count <n>', 'how many views, epoch after epoch')
    .option('--data <path>', 'folder of the data set')
    .option('--set <path=value>', 'change one key; may be repeated', collect, [])
    .option('--out <folder>', 'where the sheet goes; here by default')
    .option('--run <run>', 'also show how alike the views are to the encoder of this run')
    .option('--dir <runs>', 'the folder that holds runs')
    .option('--trust', 'agree to run the modules of your own that are loaded')
    .action(async (source: string, options: Omit<ViewsOptions, 'source'>) =>
      finish(await views({ source, ...options })),
    );
  program
    .command(`${SERVE_VIEWS} <source>`, { hidden: true })
    .option('--dir <runs>', 'the folder that holds runs')
    .action(async (source: string, options: ServeViewsOptions) => finish(await serveViews(source, options)));
  program
    .command(`${SAMPLE_PICTURES} <folder> <samples...>`, { hidden: true })
    .action(async (folder: string, ids: string[]) => finish(await printSamplePictures(folder, ids)));
}
