/**
 * `supcon graph FILE`: the graph of a training step as text, with what it costs. FILE is a `*.supcon.json`, a preset
 * or a stored `.graph`; no data set and no engine is needed.
 */
import { readFileSync } from 'node:fs';
import { EXIT_CODE, HumanError } from '../../domain/errors';
import type { Graph } from '../../engine/graph/graph';
import { reducePrecision } from '../../engine/graph/passes/precision';
import { printCost, printGraph } from '../../engine/graph/print';
import { parseGraph } from '../../engine/graph/serialise';
import { resolveRequest } from '../request';

export interface GraphOptions {
  /** How many of the largest nodes are listed. */
  readonly top?: string;
  /** Height, width and channels, for example `32x32x3`. */
  readonly image?: string;
  /** Show the graph as the precision pass leaves it. */
  readonly precision?: string;
}

const DEFAULT_TOP = 10;
const DEFAULT_IMAGE = '32x32x3';
/** Only the cross-entropy baseline's classifier depends on it. */
const CLASSES = 10;

/** Prints the graphs; the exit code. */
export async function graph(source: string, options: GraphOptions): Promise<number> {
  const top = wholeNumber(options.top ?? String(DEFAULT_TOP));
  const image = imageShape(options.image ?? DEFAULT_IMAGE);
  const reduce = reduction(options.precision ?? 'float32');
  const graphs = source.endsWith('.graph') ? [readStored(source)] : await traced(source, image);
  for (const { name, graph: whole } of graphs) {
    const reduced = reduce(whole);
    process.stdout.write(`${name}\n${printGraph(reduced)}\n${printCost(reduced, top)}\n\n`);
  }
  return EXIT_CODE.completed;
}

interface NamedGraph {
  readonly name: string;
  readonly graph: Graph;
}

function readStored(path: string): NamedGraph {
  try {
    return { name: path, graph: parseGraph(readFileSync(path), path) };
  } catch (thrown) {
    if (thrown instanceof HumanError) throw thrown;
    throw new HumanError(`There is no readable graph ${path}: check the path.`, { cause: thrown });
  }
}

/** The training maths is loaded only here: a large library. */
async function traced(source: string, image: readonly [number, number, number]): Promise<NamedGraph[]> {
  const configuration = await resolveRequest({ source });
  await import('../../engine/gradients');
  const { tracedGraph } = await import('../../engine/trace/cache');
  const { createModel } = await import('../../trainer/model/model');
  const { trainingModule } = await import('../../trainer/module');
  const [height, width, channels] = image;
  const model = createModel(configuration, { height, width, channels }, CLASSES);
  const { module } = trainingModule(configuration, model, image);
  return Object.entries(module.programs).map(([name, program]) => ({
    name: `program ${name}`,
    graph: tracedGraph(program, module.state),
  }));
}

function wholeNumber(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new HumanError(`--top must be a whole number; it is ${text}.`);
  return Number(text);
}

function imageShape(text: string): readonly [number, number, number] {
  const match = /^([1-9]\d{0,3})x([1-9]\d{0,3})x([1-9]\d{0,2})$/.exec(text);
  if (match === null) {
    throw new HumanError(
      `--image must be height x width x channels, such as ${DEFAULT_IMAGE}; it is ${text}.`,
    );
  }
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

function reduction(text: string): (whole: Graph) => Graph {
  if (text === 'float32') return (whole) => whole;
  if (text === 'bfloat16' || text === 'float16') return (whole) => reducePrecision(whole, text);
  throw new HumanError(`--precision must be float32, bfloat16 or float16; it is ${text}.`);
}
