/** Where the bundled programs lie beside this one, and which version they are. */
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import type { Programs } from '../runs/spawnKeeper';
import type { SweepPrograms } from '../runs/sweep/control';

/** Keeper and trainer of this installation. */
export function installedPrograms(queue: 'wait' | 'now' = 'wait'): Programs {
  return { keeperPath: bundle('keeper.js'), trainerPath: bundle('trainer.js'), version, queue };
}

/** Those, and the process that works through a sweep. */
export function sweepPrograms(): SweepPrograms {
  return { ...installedPrograms(), sweeperPath: bundle('sweeper.js') };
}

/** Version of SupCon Lab. */
export const PRODUCT_VERSION = version;

/** Versions that environment.json records beside our own. */
export function libraryVersions(): Record<string, string> {
  const manifest = 'onnxruntime-node/package.json';
  const found = createRequire(import.meta.url)(manifest) as { version: string };
  return { 'onnxruntime-node': found.version };
}

/** The path of a bundle of this installation. */
export function bundle(name: string): string {
  const path = join(import.meta.dirname, name);
  if (!existsSync(path)) throw new Error(`The program ${path} is missing; build with "npm run build".`);
  return path;
}
