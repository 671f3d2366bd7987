/** Picks the engine of a run, and says why. */
import './gradients';
import { HumanError, toError } from '../domain/errors';
import type { EngineInfo } from '../domain/run/state';
import { createCandidate, isFound, missingOf, type CandidateName } from './choice/candidates';
import { describeProbe } from './choice/reason';
import { CHOICE_TOOLS, probeOnce, whyMissing, type ChoiceTools } from './choice/tools';
import type { TrialModule } from './choice/trial';
import type { Engine } from './engine';
import type { EngineOptions } from './options';

/** What a configuration may ask for. */
export type EngineName = 'auto' | Engine['name'];

/** An engine ready to load modules, and what to show of it. */
export interface ChosenEngine {
  readonly engine: Engine;
  readonly info: EngineInfo;
}

/**
 * Makes the engine of that name, and for `auto` the one that is built in, without trying any.
 * Throws HumanError where it cannot be loaded.
 */
export async function createEngine(asked: EngineName, options: EngineOptions = {}): Promise<ChosenEngine> {
  if (asked === 'eager') {
    return describe((await import('./eager/eagerEngine')).createEagerEngine(), asksFor(asked));
  }
  const name = asked === 'auto' ? 'onnx' : candidateOf(asked, options);
  const reason = asked === 'auto' ? 'onnxruntime is built in.' : asksFor(asked);
  return describe(await createCandidate(name, options), reason);
}

/**
 * Makes the engine of a run. `auto` is the fastest in a timed step of the run's own model, which is timed once for
 * each machine and model shape. Where TensorFlow is asked for and cannot be used, the run goes on with onnxruntime.
 * @throws HumanError where nothing can do what the configuration asks
 */
export async function chooseEngine(
  asked: EngineName,
  options: EngineOptions,
  step: TrialModule,
  tools: ChoiceTools = CHOICE_TOOLS,
): Promise<ChosenEngine> {
  if (asked === 'eager') return createEngine(asked, options);
  if (asked === 'auto') return chooseFastest(options, step, tools);
  const name = candidateOf(asked, options);
  // onnxruntime on the processor is in the package and loads wherever the package does.
  const missing = name === 'onnx' ? undefined : await whyMissing(name, options, tools);
  if (missing === undefined) return describe(await tools.create(name, options), asksFor(asked));
  const isWithinOnnx = options.device?.kind !== 'gpu' && options.precision !== 'mixed';
  if (name !== 'tensorflow' || !isWithinOnnx) throw new HumanError(missing);
  const but = `${asksFor(asked).slice(0, -1)}, but the run goes on with 'onnx': ${missing}`;
  return describe(await tools.create('onnx', options), but);
}

async function chooseFastest(
  options: EngineOptions,
  step: TrialModule,
  tools: ChoiceTools,
): Promise<ChosenEngine> {
  const findings = await tools.find(options);
  const others = Object.entries(findings).filter(([name, finding]) => name !== 'onnx' && isFound(finding));
  const result = others.length > 0 ? await probeOnce(findings, options, step, tools) : undefined;
  const isBuiltInAllowed = findings.onnx !== undefined;
  const fastest = result?.fastest ?? (isBuiltInAllowed ? 'onnx' : undefined);
  if (fastest === undefined) {
    throw new HumanError(Object.values(result?.missing ?? missingOf(findings)).join(' '));
  }
  try {
    return describe(await tools.create(fastest, options), describeProbe(result));
  } catch (thrown) {
    // It could be loaded a moment ago, in its own process: what is built in is better than no run.
    if (fastest === 'onnx' || !isBuiltInAllowed) throw thrown;
    const reason = `${fastest} was chosen and failed: ${toError(thrown).message}`;
    return describe(await tools.create('onnx', options), reason);
  }
}

/** onnxruntime has two sides: the processor, and with `device` gpu the graphics card. */
function candidateOf(asked: 'onnx' | 'tensorflow', { device }: EngineOptions): CandidateName {
  return asked === 'onnx' && device?.kind === 'gpu' ? 'webgpu' : asked;
}

function describe(engine: Engine, reason: string): ChosenEngine {
  const { name, device, precision } = engine;
  return { engine, info: { name, device, precision, reason } };
}

function asksFor(asked: EngineName): string {
  return `The configuration asks for the engine '${asked}'.`;
}
