/** What set-up would do: which files, how large, and what is there already. Nothing is changed by asking. */
import { existsSync, statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { formatBytes } from '../../../domain/display/format';
import { HumanError } from '../../../domain/errors';
import { TENSORFLOW_VERSION } from '../arrangement';
import type { MachineFolders } from '../machineFolders';
import { readInstallation } from './installation';
import type { Variant, Wheel } from './wheels';

/** One file of a plan. */
export interface PlannedFile {
  readonly name: string;
  readonly bytes: number;
  /** Whether it has arrived already; its hash is proved before it is used. */
  readonly present: boolean;
}

export interface Plan {
  readonly variant: Variant;
  /** Version of TensorFlow. */
  readonly version: string;
  /** Where it will be. */
  readonly folder: string;
  /** Whether exactly this is set up: there is nothing to do. */
  readonly installed: boolean;
  readonly files: readonly PlannedFile[];
  /** What is still to be fetched. */
  readonly downloadBytes: number;
  /** About what must be free on the disk, at the most. */
  readonly diskBytes: number;
}

/** How much larger wheels are unpacked: TensorFlow's with headers for the build (measured), NVIDIA's (about). */
const TENSORFLOW_RATIO = 4.2;
const NVIDIA_RATIO = 2;

/** Plans a variant. */
export function makePlan(variant: Variant, wheels: readonly Wheel[], folders: MachineFolders): Plan {
  const files = wheels.map(({ file, bytes }) => ({
    name: file,
    bytes,
    present: statSync(join(folders.partial, file), { throwIfNoEntry: false })?.size === bytes,
  }));
  const downloadBytes = total(files.filter(({ present }) => !present));
  const current = readInstallation(folders.installed);
  return {
    variant,
    version: TENSORFLOW_VERSION,
    folder: folders.installed,
    installed: current?.variant === variant && current.version === TENSORFLOW_VERSION,
    files,
    downloadBytes,
    diskBytes: downloadBytes + Math.ceil(wheels.reduce((sum, wheel) => sum + unpackedBytes(wheel), 0)),
  };
}

/** Throws HumanError if the disk is too full for a plan. */
export async function requireSpace({ folder, diskBytes }: Plan): Promise<void> {
  const { bavail, bsize } = await statfs(existing(folder));
  if (bavail * bsize >= diskBytes) return;
  throw new HumanError(
    `Setting up TensorFlow needs about ${formatBytes(diskBytes)} in ${folder} and ${formatBytes(bavail * bsize)} are free: free some space, and set up again.`,
  );
}

function unpackedBytes({ name, bytes }: Wheel): number {
  return bytes * (name.startsWith('tensorflow') ? TENSORFLOW_RATIO : NVIDIA_RATIO);
}

function total(files: readonly { readonly bytes: number }[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The folder, or the nearest one above it that is there. */
function existing(folder: string): string {
  return existsSync(folder) ? folder : existing(dirname(folder));
}
