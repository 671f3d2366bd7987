/** Whether TensorFlow's builds can run on this machine, before anything is fetched. */
import { existsSync, readFileSync } from 'node:fs';
import { HumanError } from '../../../domain/errors';
import type { Variant } from './wheels';
import { wheelsFor } from './wheels';

/** What of a machine decides. */
export interface Machine {
  /** As in `linux-x64`. */
  readonly platform: string;
  /** Version of the GNU C library; undefined where there is none, as on Alpine. */
  readonly glibc: string | undefined;
  /** Whether the processor has AVX, which TensorFlow's builds for x64 use without asking. */
  readonly hasAvx: boolean;
  readonly hasNvidiaDriver: boolean;
}

const OLDEST_GLIBC_MINOR = 27;
const NVIDIA_DRIVERS = ['/proc/driver/nvidia/version', '/dev/nvidiactl', '/usr/lib/wsl/lib/libcuda.so.1'];

/** What to say where TensorFlow's code would end the process. */
export const NO_AVX =
  'TensorFlow is built for processors with AVX and this one has none: train with the engine "onnx", which runs here.';

/** Looks at this machine. */
export function thisMachine(): Machine {
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return {
    platform: `${process.platform}-${process.arch}`,
    glibc: header?.glibcVersionRuntime,
    hasAvx: hasAvx(),
    hasNvidiaDriver: NVIDIA_DRIVERS.some((file) => existsSync(file)),
  };
}

/** Throws HumanError with what is wrong and what to do. */
export function requireMachine(variant: Variant, machine: Machine): void {
  if (wheelsFor('cpu', machine.platform).length === 0)
    throw new HumanError(
      `SupCon Lab cannot set up TensorFlow on ${machine.platform} yet: train with the engine "onnx", which is built in.`,
    );
  if (wheelsFor(variant, machine.platform).length === 0)
    throw new HumanError(
      `There is no TensorFlow for graphics cards on ${machine.platform}: set it up without --gpu.`,
    );
  if (!isRecent(machine.glibc))
    throw new HumanError(
      `TensorFlow needs the GNU C library 2.${OLDEST_GLIBC_MINOR} or newer and this system has ${machine.glibc ?? 'another C library'}: train with the engine "onnx", or on a newer system.`,
    );
  if (!machine.hasAvx) throw new HumanError(NO_AVX);
  if (variant === 'gpu' && !machine.hasNvidiaDriver)
    throw new HumanError(
      'There is no NVIDIA driver on this machine: install it first, or set up TensorFlow without --gpu.',
    );
}

function isRecent(glibc: string | undefined): boolean {
  const [major = 0, minor = 0] = (glibc ?? '').split('.').map(Number);
  return major > 2 || (major === 2 && minor >= OLDEST_GLIBC_MINOR);
}

/** Whether the processor has AVX, as far as the system tells. */
export function hasAvx(): boolean {
  if (process.platform !== 'linux' || process.arch !== 'x64') return true;
  try {
    return /^flags\s*:.*\bavx\b/m.test(readFileSync('/proc/cpuinfo', 'utf8'));
  } catch {
    return true;
  }
}
