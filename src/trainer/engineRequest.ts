/** Which engine a run asks for: what its configuration says, or on a resume what it has run on so far. */
import type { Configuration } from '../domain/configuration/schema';
import type { EngineInfo } from '../domain/run/state';
import type { EngineName } from '../engine/choose';
import type { EngineOptions } from '../engine/options';

export interface EngineRequest {
  readonly name: EngineName;
  readonly options: EngineOptions;
}

/**
 * The request of a configuration. `auto` chooses once: a resumed run stays with the engine of its checkpoint,
 * because another one rounds differently and the losses would part.
 */
export function engineRequest(configuration: Configuration, before: EngineInfo | undefined): EngineRequest {
  const { engine, threads, device, precision } = configuration;
  const options = { device, precision, ...(threads > 0 ? { threads } : {}) };
  if (engine !== 'auto' || !isEngineName(before?.name)) return { name: engine, options };
  const isOnCard = before.name === 'onnx' && before.device.startsWith('webgpu');
  return {
    name: before.name,
    options: isOnCard ? { ...options, device: { ...device, kind: 'gpu' } } : options,
  };
}

/** A run of a later version may have had an engine that this one does not know. */
function isEngineName(name: string | undefined): name is Exclude<EngineName, 'auto'> {
  return name === 'onnx' || name === 'tensorflow' || name === 'eager';
}
