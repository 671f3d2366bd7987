/**
 * Load of the machine: memory and CPU of this process, and the GPU where nvidia-smi answers. nvidia-smi is
 * asked in the background; a step never waits for it.
 */
import { execFile } from 'node:child_process';
import { TAG } from '../../domain/metrics/tags';
import type { Scalars } from './recorder';

/** Time between two questions to nvidia-smi. */
const GPU_PERIOD_MS = 5000;
const GPU_TIMEOUT_MS = 2000;
const BYTES_PER_MEBIBYTE = 1024 * 1024;

export interface SystemSampler {
  /** The latest figures; CPU is a mean since the last call, 100 per core. */
  sample(): Scalars;
  close(): void;
}

/** Starts sampling. */
export function startSystemSampler(): SystemSampler {
  let gpu: Scalars = {};
  let used = process.cpuUsage();
  let at = performance.now();
  const timer = setInterval(ask, GPU_PERIOD_MS).unref();
  ask();

  function ask(): void {
    execFile('nvidia-smi', GPU_QUERY, { timeout: GPU_TIMEOUT_MS }, (error, output) => {
      if (error === null) gpu = parseNvidiaSmi(output);
      else clearInterval(timer);
    });
  }

  return {
    sample() {
      const spent = process.cpuUsage(used);
      const elapsedMs = performance.now() - at;
      used = process.cpuUsage();
      at = performance.now();
      return {
        [TAG.processMemory]: process.memoryUsage.rss(),
        [TAG.cpuPercent]: (100 * (spent.user + spent.system)) / 1000 / elapsedMs,
        ...gpu,
      };
    },
    close: () => clearInterval(timer),
  };
}

const GPU_QUERY = ['--query-gpu=utilization.gpu,memory.used,power.draw', '--format=csv,noheader,nounits'];

/** Figures of the first GPU: utilisation in percent, memory in bytes, power in watts; unknown ones left out. */
export function parseNvidiaSmi(output: string): Scalars {
  const [utilisation, mebibytes, watts] = output.split('\n', 1)[0].split(',').map(Number.parseFloat);
  const figures: [keyof Scalars, number][] = [
    [TAG.gpuUtilisation, utilisation],
    [TAG.gpuMemory, mebibytes * BYTES_PER_MEBIBYTE],
    [TAG.gpuPower, watts],
  ];
  return Object.fromEntries(figures.filter(([, value]) => Number.isFinite(value)));
}
