/**
 * onnxruntime's webgpu provider: where it is there, and how its sessions are made. The library takes the fastest
 * graphics card itself and tells nobody which; all sessions of a process share one device.
 */
import type { InferenceSession } from 'onnxruntime-node';
import { HumanError, toError } from '../../domain/errors';
import type { OnnxRuntime } from '../onnx/runtime';
import type { WebgpuModel } from './writeWebgpuModel';

const USE_CPU = 'set "kind" of "device" to "cpu"';

/** Where the outputs of a session stay. */
export type OutputLocations = Readonly<Record<string, 'cpu' | 'gpu-buffer'>>;

/**
 * A session on the device. Throws HumanError where there is no device.
 *
 * Images stay channels-first: channels-last, which is the default, takes twice the transpositions and gives wrong
 * gradients (onnxruntime 1.30). Shapes never change, so buffers are kept by exact size.
 */
export async function createDeviceSession(
  runtime: OnnxRuntime,
  { bytes, cpuNodes }: WebgpuModel,
  locations: OutputLocations,
): Promise<InferenceSession> {
  const provider = {
    name: 'webgpu',
    preferredLayout: 'NCHW',
    storageBufferCacheMode: 'simple',
    ...(cpuNodes.length === 0 ? {} : { forceCpuNodeNames: cpuNodes }),
  } as const;
  try {
    return await runtime.InferenceSession.create(bytes, {
      executionProviders: [provider],
      preferredOutputLocation: locations,
      graphOptimizationLevel: 'all',
      intraOpNumThreads: 1,
      logSeverityLevel: 4,
    });
  } catch (thrown) {
    throw explained(thrown);
  }
}

/** Throws HumanError where this build of onnxruntime has no such provider. */
export function checkProvider(runtime: OnnxRuntime): void {
  if (runtime.listSupportedBackends().some(({ name }) => name === 'webgpu')) return;
  throw new HumanError(
    `onnxruntime has no WebGPU on ${process.platform} ${process.arch}: ${USE_CPU}, or use another engine.`,
  );
}

function explained(thrown: unknown): unknown {
  const { message } = toError(thrown);
  if (!/webgpu adapter|webgpu device|requestadapter|requestdevice/i.test(message)) return thrown;
  const driver = process.platform === 'linux' ? ' with its Vulkan driver and the library libvulkan.so.1' : '';
  return new HumanError(
    `No graphics card that WebGPU can use was found: install the card's driver${driver}, or ${USE_CPU}.`,
    { cause: thrown },
  );
}
