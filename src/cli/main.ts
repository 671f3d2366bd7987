/**
 * The `supcon` command. Exit codes: 0 completed, 1 failed, 2 bad input, 130 stopped.
 */
import { Command, CommanderError } from 'commander';
import { EXIT_CODE, HumanError, causeChain } from '../domain/errors';
import { checkLibrary } from '../engine/tensorflow/install/check';
import { demonstrate } from './commands/demo';
import type { DiffOptions } from './commands/diff';
import { diff } from './commands/diff';
import type { DoctorOptions } from './commands/doctor';
import { doctor } from './commands/doctor';
import type { EvaluateOptions } from './commands/evaluate';
import { evaluate } from './commands/evaluate';
import type { ExportOptions } from './commands/export';
import { exportRun } from './commands/export';
import type { GraphOptions } from './commands/graph';
import { graph } from './commands/graph';
import type { ReproduceOptions } from './commands/reproduce';
import { listClaims, reproduce } from './commands/reproduce';
import type { ResumeOptions } from './commands/resume';
import { resume } from './commands/resume';
import type { RunCommandOptions } from './commands/run';
import { runAnyCommand } from './commands/run';
import type { SetUpCommandOptions } from './commands/setup';
import type { ServeViewsOptions } from './commands/serveViews';
import { serveViews } from './commands/serveViews';
import { setUp } from './commands/setup';
import type { ShowOptions } from './commands/show';
import { show } from './commands/show';
import { stop } from './commands/stop';
import type { TrainOptions } from './commands/train';
import { train } from './commands/train';
import type { ViewsOptions } from './commands/views';
import { views } from './commands/views';
import { addCuration } from './curateCommand';
import { SERVE_VIEWS } from '../protocol/preview';
import { collect } from './options';
import { PRODUCT_VERSION } from './programs';
import { CHECK_COMMAND } from './setUpWorld';
import { addSweep } from './sweepCommand';

interface FolderOption {
  readonly dir?: string;
}

function createProgram(finish: (code: number) => void): Command {
  const program = new Command('supcon')
    .description('Supervised contrastive training: the runs of SupCon Lab, from a terminal.')
    .version(PRODUCT_VERSION)
    .enablePositionalOptions()
    .exitOverride();
  const command = (usage: string, description: string) =>
    program.command(usage).description(description).option('--dir <runs>', 'the folder that holds runs');
  command('train <source>', 'Train a *.supcon.json file or a preset, or run its command; follow the run.')
    .option('--data <path>', 'folder of the data set')
    .option('--set <path=value>', 'change one key; may be repeated', collect, [])
    .option('--trust', 'agree to run the modules or the command that the configuration names')
    .option('--now', 'do not wait for the runs that are queued before this one')
    .option('--json', 'one JSON object a line')
    .action(async (source: string, options: Omit<TrainOptions, 'source'>) =>
      finish(await train({ source, ...options })),
    );
  addRun(program, finish);
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
  command('export <run>', "Write a run's encoder for use elsewhere.")
    .option('--weights <file>', 'its weights as safetensors, with the names of torchvision')
    .option('--onnx <file>', 'the encoder as an ONNX model; its metadata says how images are normalised')
    .option('--head', 'the ONNX model also computes the head')
    .option('--checkpoint <which>', 'best (of the evaluations) or last', 'last')
    .option('--trust', 'agree to run the modules of your own that lie in its folder')
    .action(async (run: string, options: ExportOptions) => finish(await exportRun(run, options)));
  command(
    'evaluate <run>',
    'Measure a run from a checkpoint: a linear probe, and what is asked for beside it.',
  )
    .option('--on [path]', 'another data set: its folder, or the one that the configuration names')
    .option('--finetune', 'also train all weights on, by cross-entropy')
    .option('--robustness', 'also measure the test images under every corruption and severity')
    .option('--reference <run>', 'relate the errors under corruption to those of this run')
    .option('--checkpoint <name>', 'best (by kNN on validation images) or last', 'last')
    .option('--trust', 'agree to run the modules of your own that lie in its folder')
    .option('--json', 'a JSON array')
    .action(async (run: string, options: EvaluateOptions) => finish(await evaluate(run, options)));
  command(
    'demo',
    'Train the demonstration: SupCon and its cross-entropy baseline on generated images.',
  ).action(async (options: FolderOption) => finish(await demonstrate(options)));
  program
    .command('doctor')
    .description('Show what this machine has for training, and why an engine is missing.')
    .option('--probe', 'also time a training step on every engine, and forget the choices made before')
    .action(async (options: DoctorOptions) => finish(await doctor(options)));
  program
    .command('graph <file>')
    .description('Show the traced graph of a *.supcon.json file, a preset or a stored .graph file, as text.')
    .option('--top <n>', 'how many of the largest nodes are listed at the end')
    .option('--image <HxWxC>', 'size of the images, in place of those of the data set')
    .option('--precision <type>', 'bfloat16 or float16: as mixed precision changes it')
    .action(async (file: string, options: GraphOptions) => finish(await graph(file, options)));
  addCuration(program, finish);
  addSweep(program, finish);
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
  addDiff(program, finish);
  addViews(program, finish);
  addSetUp(program, finish);
  return program;
}

function addRun(program: Command, finish: (code: number) => void): void {
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
}

function addDiff(program: Command, finish: (code: number) => void): void {
  program
    .command('diff <runs...>')
    .description('Show what differs between runs, or between *.supcon.json files; the first is the baseline.')
    .option('--dir <runs>', 'the folder that holds runs')
    .option('--baseline <run>', 'compare with this one in place of the first')
    .option('--all', 'also what is equal')
    .option('--json', 'a JSON object')
    .option('--markdown', 'Markdown tables')
    .action(async (runs: readonly string[], options: DiffOptions) => finish(await diff(runs, options)));
}

function addViews(program: Command, finish: (code: number) => void): void {
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
}

function addSetUp(program: Command, finish: (code: number) => void): void {
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
