/** The usage of the commands that compare and explain. */
import type { Command } from 'commander';
import type { DiffOptions } from '../commands/diff';
import { diff } from '../commands/diff';
import type { GraphOptions } from '../commands/graph';
import { graph } from '../commands/graph';
import type { ReproduceOptions } from '../commands/reproduce';
import { listClaims, reproduce } from '../commands/reproduce';
import { collect } from '../options';
import type { Finish } from './usage';
import { withFolder } from './usage';

/** Adds the commands. `finish` is told each exit code. */
export function addStudies(program: Command, finish: Finish): void {
  const command = withFolder(program);
  program
    .command('diff <runs...>')
    .description('Show what differs between runs, or between *.supcon.json files; the first is the baseline.')
    .option('--dir <runs>', 'the folder that holds runs')
    .option('--baseline <run>', 'compare with this one in place of the first')
    .option('--all', 'also what is equal')
    .option('--json', 'a JSON object')
    .option('--markdown', 'Markdown tables')
    .action(async (runs: readonly string[], options: DiffOptions) => finish(await diff(runs, options)));
  command('reproduce [claims...]', 'Put claims of the paper to the test; without a name, list the claims.')
    .option('--data <path>', 'folder of the data set')
    .option('--set <path=value>', 'change one key of every arm; may be repeated', collect, [])
    .option('--seeds <n>', 'how many seeds each arm is run with', '3')
    .option('--trust', 'agree to run the modules of your own that --set names')
    .option('--from <sweep>', 'write the report of a sweep that has been made already')
    .option('--reports <folder>', 'also write the reports here')
    .action(async (claims: readonly string[], options: ReproduceOptions) =>
      finish(claims.length === 0 ? listClaims() : await reproduce(claims, options)),
    );
  program
    .command('graph <file>')
    .description('Show the traced graph of a *.supcon.json file, a preset or a stored .graph file, as text.')
    .option('--top <n>', 'how many of the largest nodes are listed at the end')
    .option('--image <HxWxC>', 'size of the images, in place of those of the data set')
    .option('--precision <type>', 'bfloat16 or float16: as mixed precision changes it')
    .action(async (file: string, options: GraphOptions) => finish(await graph(file, options)));
}
