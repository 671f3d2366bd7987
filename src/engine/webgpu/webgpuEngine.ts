/**
 * onnxruntime on a graphics card of any vendor, through WebGPU. The model differs from the CPU's in a few operators;
 * the state never leaves the device. A fault of the driver ends the process: run this engine in one of its own.
 */
import { HumanError } from '../../domain/errors';
import type { Engine } from '../engine';
import { loadOnnxRuntime, type OnnxRuntime } from '../onnx/runtime';
import type { EngineOptions } from '../options';
import { watchMemory } from '../outOfMemory';
import { adapterKind } from './adapter';
import { checkDevice, hasFloat16 } from './probe';
import { checkProvider } from './provider';
import { loadWebgpuSession } from './webgpuSession';

/**
 * Loads onnxruntime and opens the device. A software driver counts as a graphics card only for the device kind `gpu`.
 * Throws HumanError where there is no device, or none that can do what is asked.
 */
export async function createWebgpuEngine(options: EngineOptions): Promise<Engine> {
  checkOptions(options);
  const runtime = await loadOnnxRuntime();
  checkProvider(runtime);
  await checkDevice(runtime);
  const precision = await precisionFor(options, runtime);
  return {
    name: 'onnx',
    device: adapterKind() === 'software' ? 'webgpu, software driver' : 'webgpu, graphics card',
    precision,
    load: (module, initial) =>
      watchMemory('the model', () => loadWebgpuSession({ runtime, precision }, module, initial)),
  };
}

function checkOptions({ device }: EngineOptions): void {
  const { kind = 'auto', index = 0 } = device ?? {};
  if (kind === 'cpu')
    throw new HumanError('WebGPU runs on a graphics card: set "kind" of "device" to "gpu" or "auto".');
  if (index !== 0)
    throw new HumanError('WebGPU takes the fastest graphics card itself: set "index" of "device" to 0.');
  if (kind === 'auto' && adapterKind() === 'software')
    throw new HumanError('No graphics card that WebGPU can use was found: set "kind" of "device" to "cpu".');
}

async function precisionFor(
  { precision }: EngineOptions,
  runtime: OnnxRuntime,
): Promise<'float32' | 'float16'> {
  if (precision !== 'mixed') return 'float32';
  if (await hasFloat16(runtime)) return 'float16';
  throw new HumanError(
    'This graphics card has no float16 in WebGPU: set "precision" to "float32", or use another engine.',
  );
}
