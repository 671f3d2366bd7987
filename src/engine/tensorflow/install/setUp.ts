/**
 * Sets up TensorFlow: fetches the pinned wheels, unpacks what is needed beside the old library, builds or copies
 * the add-on, tests it in a child process, and moves it into place in one rename. Whatever fails leaves the old
 * library as it was, and the finished downloads for the next attempt. The caller holds the lock.
 */
import { existsSync, statSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ADDON_FILE, LIBRARIES, LIBRARY_FOLDER, NVIDIA_FOLDER, TENSORFLOW_VERSION } from '../arrangement';
import type { MachineFolders } from '../machineFolders';
import type { AddonSource } from './addon';
import { INCLUDE_FOLDER, placeAddon } from './addon';
import { downloadAll } from './download';
import { writeInstallation } from './installation';
import type { SelfTest } from './selfTest';
import { requirePassed } from './selfTest';
import type { Unpacked } from './unpack';
import { unpackWheel } from './unpack';
import type { Variant, Wheel } from './wheels';

/** What set-up is doing; bytes count while files arrive. */
export interface SetUpProgress {
  readonly step: 'download' | 'unpack' | 'build' | 'test';
  readonly file?: string;
  readonly receivedBytes?: number;
  readonly totalBytes?: number;
}

export interface SetUpOptions {
  readonly variant: Variant;
  readonly wheels: readonly Wheel[];
  readonly folders: MachineFolders;
  /** A Python 3 with pip. */
  readonly python: string;
  readonly addon: AddonSource;
  readonly selfTest: SelfTest;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: SetUpProgress) => void;
}

/** Sets up a variant, replacing what was set up before. Throws HumanError with what to do, or an AbortError. */
export async function setUpTensorflow(options: SetUpOptions): Promise<void> {
  const { folders } = options;
  await tidy(folders);
  await mkdir(folders.root, { recursive: true, mode: 0o700 });
  try {
    await download(options);
    await assemble(options);
    await moveIntoPlace(folders);
  } finally {
    await rm(folders.staging, { recursive: true, force: true });
  }
  await rm(folders.partial, { recursive: true, force: true });
}

/** What an attempt that was killed has left. */
async function tidy({ staging, previous, installed }: MachineFolders): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  if (existsSync(previous) && !existsSync(installed)) await rename(previous, installed);
  await rm(previous, { recursive: true, force: true });
}

async function download({ python, wheels, folders, signal, onProgress }: SetUpOptions): Promise<void> {
  const totalBytes = wheels.reduce((sum, { bytes }) => sum + bytes, 0);
  await downloadAll({
    python,
    wheels,
    folder: folders.partial,
    signal,
    onProgress: (receivedBytes, file) => onProgress({ step: 'download', file, receivedBytes, totalBytes }),
  });
}

async function assemble(options: SetUpOptions): Promise<void> {
  const { variant, folders, addon, selfTest, signal, onProgress } = options;
  const unpacked = await unpackAll(options);
  onProgress({ step: 'build' });
  await placeAddon(addon, folders.staging, signal);
  onProgress({ step: 'test' });
  const addonFile = join(folders.staging, ADDON_FILE);
  requirePassed(await selfTest(addonFile, signal), variant);
  const kept = unpacked.filter(({ path }) => !path.startsWith(INCLUDE_FOLDER));
  const files = [...kept, { path: ADDON_FILE, bytes: statSync(addonFile).size }];
  writeInstallation(folders.staging, { variant, version: TENSORFLOW_VERSION, files });
}

async function unpackAll(options: SetUpOptions): Promise<Unpacked[]> {
  const { wheels, folders, addon, signal, onProgress } = options;
  const unpacked: Unpacked[] = [];
  await mkdir(folders.staging, { mode: 0o700 });
  for (const { file } of wheels) {
    onProgress({ step: 'unpack', file });
    const place = (name: string) => placeOf(name, addon.kind === 'sources');
    unpacked.push(
      ...(await unpackWheel(join(folders.partial, file), { folder: folders.staging, signal, place })),
    );
  }
  return unpacked;
}

/** Where a file of a wheel belongs; headers only if something will be compiled. */
function placeOf(name: string, needsHeaders: boolean): string | undefined {
  const library = LIBRARIES.find((each) => name === `tensorflow/${each}`);
  if (library !== undefined) return join(LIBRARY_FOLDER, library);
  const [top, second = '', ...rest] = name.split('/');
  if (top === 'tensorflow' && second === 'include')
    return needsHeaders ? join(INCLUDE_FOLDER, ...rest) : undefined;
  const isForRunning = !rest.includes('include') && !name.endsWith('.a') && !name.endsWith('.py');
  return top === 'nvidia' && isForRunning ? join(NVIDIA_FOLDER, second, ...rest) : undefined;
}

async function moveIntoPlace({ installed, previous, staging }: MachineFolders): Promise<void> {
  if (existsSync(installed)) await rename(installed, previous);
  await rename(staging, installed);
  await rm(previous, { recursive: true, force: true });
}
