/** After how many steps a run was best: what its checkpoint of the best validation accuracy says of itself. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../../domain/configuration/json';
import { BEST_CHECKPOINT, RUN_FILE } from '../../domain/run/layout';
import { decodeSafetensorsMetadata } from '../safetensors';

/** More than the header of any model of ours, and little beside its weights. */
const MOST_HEADER_BYTES = 4 * 1024 * 1024;

/** The step; undefined for a run without such a checkpoint, or with one that cannot be read. */
export async function bestStep(runFolder: string): Promise<number | undefined> {
  try {
    const head = await firstBytes(join(runFolder, RUN_FILE.checkpoints, BEST_CHECKPOINT));
    return stepOf(JSON.parse(decodeSafetensorsMetadata(head)['loop']));
  } catch {
    return undefined;
  }
}

/** The epoch of this step, or the one nearest to it, the later one of two; undefined where there is none. */
export function epochNearest(
  epochs: readonly { readonly epoch: number; readonly step: number }[],
  step: number,
): number | undefined {
  const apart = (one: { readonly step: number }) => Math.abs(one.step - step);
  return epochs.toSorted((a, b) => apart(a) - apart(b) || b.epoch - a.epoch)[0]?.epoch;
}

function stepOf(loop: unknown): number | undefined {
  const step = isObject(loop) ? loop['step'] : undefined;
  return typeof step === 'number' && Number.isInteger(step) && step >= 0 ? step : undefined;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_HEADER_BYTES), 0, MOST_HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
