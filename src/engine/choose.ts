/** Picks the engine of a run, and says why. */
import './gradients';
import type { EngineInfo } from '../domain/run/state';
import type { Engine } from './engine';

/** What a configuration may ask for. */
export type EngineName = 'auto' | Engine['name'];

/** Options of all engines. */
export interface EngineOptions {
  /** Threads of one operation; the number of processors unless given. The eager engine has one. */
  readonly threads?: number;
}

/** An engine ready to load modules, and what to show of it. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly info: EngineInfo;
}

/** Makes the engine of that name, or the best one for `auto`. Throws HumanError where it cannot be loaded. */
export async function createEngine(name: EngineName, options: EngineOptions = {}): Promise<ChosenEngine> {
  const engine = await load(name === 'auto' ? 'onnx' : name, options);
  return { engine, info: { name: engine.name, device: engine.device, reason: reasonFor(name) } };
}

/** Each engine is imported only when it is used: both bring large libraries. */
async function load(name: Engine['name'], options: EngineOptions): Promise<Engine> {
  if (name === 'eager') return (await import('./eager/eagerEngine')).createEagerEngine();
  return (await import('./onnx/onnxEngine')).createOnnxEngine(options);
}

function reasonFor(name: EngineName): string {
  if (name === 'auto') return 'onnxruntime is built in and is the fastest engine on a CPU.';
  return `The configuration asks for the engine '${name}'.`;
}
