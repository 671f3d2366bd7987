/** `supcon doctor`: what this machine has, and what is missing with its reason. */
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import Table from 'cli-table3';
import { formatAge, formatBytes, formatNumber } from '../../domain/display/format';
import { EXIT_CODE, toError } from '../../domain/errors';
import { memoryPath, type Remembered } from '../../engine/choice/memory';
import type { Surveyed } from '../../engine/choice/survey';
import type { TrialModule } from '../../engine/choice/trial';
import { openRuntimeFolder } from '../../runs/runtimeFolder';
import { resolveRequest } from '../request';

export interface DoctorOptions {
  /** Time one training step on every engine. */
  readonly probe?: boolean;
}

/** The step that is timed: small ResNet of width 16, 64 images x 2 views of 32x32x3. */
const PROBE_REQUEST = { source: 'demonstration', set: ['model.width=16', 'stage1.batchSize=64'] };
const PROBE_SHAPE = [32, 32, 3] as const;
const PROBE_CLASSES = 8;

/** Prints one row for each thing that a run needs or could use. */
export async function doctor(options: DoctorOptions): Promise<number> {
  // Loaded only here, as all that brings the training maths with it: a large library.
  const { rememberedChoices, surveyEngines } = await import('../../engine/choice/survey');
  const step = options.probe === true ? await probeStep() : undefined;
  process.stdout.write(`${await machineTable()}\n`);
  process.stdout.write(`${engineTable(await surveyEngines(step))}\n`);
  const choices = rememberedChoices();
  if (choices.length > 0) process.stdout.write(`${choiceTable(choices)}\n`);
  return EXIT_CODE.completed;
}

async function machineTable(): Promise<string> {
  const table = new Table({ style: { head: [], border: [] } });
  table.push(
    ['Node', `${process.version}, ${process.platform} ${process.arch}`],
    ['processor', `${cpus()[0]?.model ?? 'unknown'}, ${availableParallelism()} threads`],
    ['memory', `${formatBytes(freemem())} free of ${formatBytes(totalmem())}`],
    ['runtime folder', await tried(openRuntimeFolder)],
    ['choices of engines', memoryPath()],
  );
  return table.toString();
}

function engineTable(engines: readonly Surveyed[]): string {
  const table = new Table({
    head: ['engine', 'device', 'precision', 'one step'],
    style: { head: [], border: [] },
    wordWrap: true,
    colWidths: [14, 60, 12, 12],
  });
  for (const { name, answer } of engines) {
    if ('missing' in answer) table.push([name, `not available: ${answer.missing}`, '', '']);
    else table.push([name, answer.device, answer.precision, milliseconds(answer.measured?.stepMs)]);
  }
  return table.toString();
}

/** What runs with `"engine": "auto"` were given. */
function choiceTable(choices: readonly Remembered[]): string {
  const table = new Table({
    head: ['chosen', 'one step of that model', 'when'],
    style: { head: [], border: [] },
  });
  for (const { fastest, stepMs, at } of choices) {
    const times = Object.entries(stepMs).map(([name, ms]) => `${name} ${milliseconds(ms)}`);
    table.push([fastest ?? 'onnx', times.join(', ') || 'not timed', formatAge(at, Date.now())]);
  }
  return table.toString();
}

async function probeStep(): Promise<TrialModule> {
  await import('../../engine/gradients');
  const { createModel } = await import('../../trainer/model/model');
  const { trainingModule } = await import('../../trainer/module');
  const configuration = await resolveRequest(PROBE_REQUEST);
  const [height, width, channels] = PROBE_SHAPE;
  const model = createModel(configuration, { height, width, channels }, PROBE_CLASSES);
  return trainingModule(configuration, model, PROBE_SHAPE);
}

async function tried(look: () => Promise<string>): Promise<string> {
  try {
    return await look();
  } catch (thrown) {
    return `not available: ${toError(thrown).message}`;
  }
}

function milliseconds(value: number | undefined): string {
  return value === undefined ? '' : `${formatNumber(value)} ms`;
}
