/**
 * The programs of a module as one SavedModel inside TensorFlow's native library. State is kept in resource variables,
 * which never leave the library while it trains.
 */
import { HumanError, wrapError } from '../../domain/errors';
import type { Engine, EngineModule, EngineSession, NamedValues, Program } from '../engine';
import type { Graph } from '../graph/graph';
import { foldBatchNorm } from '../graph/passes/foldBatchNorm';
import { reducePrecision } from '../graph/passes/precision';
import { useWinograd } from '../graph/passes/winograd';
import { processor, type EngineOptions } from '../options';
import { watchMemory } from '../outOfMemory';
import { tracedGraph } from '../trace/cache';
import { checkComplete } from '../values';
import { loadTensorflow, type LoadedTensorflow, type TensorflowBinding } from './binding';
import { cardName } from './graphicsCard';
import { findTensorflow } from './library';
import { loadModel, TensorflowSession, type ProgramPorts } from './savedModel/session';
import { writeSavedModel } from './savedModel/writer';

/** Loads TensorFlow and makes the engine. Throws HumanError where it, or the device asked for, is not there. */
export async function createTensorflowEngine(options: EngineOptions): Promise<Engine> {
  const library = findTensorflow();
  if ('missing' in library) throw new HumanError(library.missing);
  const tensorflow = loadTensorflow(library.addon, options);
  checkDevice(tensorflow, options);
  const precision = options.precision === 'mixed' ? 'bfloat16' : 'float32';
  const setup = { binding: tensorflow.binding, precision } as const;
  return Promise.resolve({
    name: 'tensorflow',
    device: describeDevice(tensorflow),
    precision,
    load: (module, initial) => watchMemory('the model', () => load(setup, module, initial)),
  });
}

function checkDevice({ binding }: LoadedTensorflow, { device }: EngineOptions): void {
  if (device?.kind !== 'gpu' || binding.isUsingGpuDevice()) return;
  throw new HumanError(
    `TensorFlow ${binding.TF_Version} sees no graphics card number ${device.index}: check the card's driver and that ` +
      `"supcon setup tensorflow" installed the build for CUDA, or set "device" to "cpu".`,
  );
}

/** The label goes when `npm run check:cuda` has passed on a card. */
function describeDevice({ binding, threads, card }: LoadedTensorflow): string {
  if (!binding.isUsingGpuDevice()) return processor(threads);
  return `cuda, ${cardName(card)} (untested)`;
}

interface Setup {
  readonly binding: TensorflowBinding;
  readonly precision: 'float32' | 'bfloat16';
}

async function load<Name extends string>(
  { binding, precision }: Setup,
  module: EngineModule<Name>,
  initial: NamedValues,
): Promise<EngineSession<Name>> {
  checkComplete('state tensor', module.state, initial);
  const graphs: Record<string, Graph> = {};
  const programs = new Map<string, ProgramPorts>();
  for (const [name, program] of Object.entries<Program>(module.programs)) {
    const graph = foldBatchNorm(tracedGraph(program, module.state));
    graphs[name] = arranged(graph, { binding, precision });
    programs.set(name, { inputs: program.inputs, outputs: graph.outputs.map((port) => port.name) });
  }
  const model = open(
    binding,
    writeSavedModel(module.state, graphs, binding.isUsingGpuDevice() ? 'gpu' : 'cpu'),
  );
  const session = new TensorflowSession<Name>({ binding, model, state: module.state, programs });
  await session.writeState(initial);
  return session;
}

/** Tiles save multiplications, of which a graphics card has plenty, and half types are too coarse for them. */
function arranged(graph: Graph, { binding, precision }: Setup): Graph {
  if (precision === 'bfloat16') return reducePrecision(graph, precision);
  return binding.isUsingGpuDevice() ? graph : useWinograd(graph);
}

function open(binding: TensorflowBinding, bytes: Uint8Array): number {
  try {
    return loadModel(binding, bytes);
  } catch (error) {
    throw wrapError(`TensorFlow ${binding.TF_Version} refused the model`, error);
  }
}
