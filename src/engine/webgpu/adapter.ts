/**
 * Whether WebGPU would draw on a graphics card or on a program that imitates one. onnxruntime does not say which
 * adapter it took, but it takes a card before an imitation, so it is enough to know whether there is a card.
 */
import { accessSync, constants, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** `software`: a Vulkan driver that computes on the processor, such as lavapipe or SwiftShader, or nothing at all. */
export type AdapterKind = 'hardware' | 'software';

/** Names of device files that a Vulkan driver opens: by the kernel's own drivers, by NVIDIA's, and under WSL. */
const CARDS = [
  { folder: 'dri', name: /^renderD\d+$/ },
  { folder: '', name: /^nvidia\d+$/ },
  { folder: '', name: /^dxg$/ },
];

/** The variables by which a person picks Vulkan's drivers; the first that is set counts. */
const DRIVER_VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];
const SOFTWARE_DRIVERS = /swiftshader|lvp|lavapipe/i;

/** Where to look; this machine unless given. */
export interface Machine {
  readonly platform?: NodeJS.Platform;
  /** Folder of device files. */
  readonly devices?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/**
 * What WebGPU would run on. Linux has software drivers installed beside real ones, so the device files decide; macOS
 * and Windows ship a driver with the card.
 */
export function adapterKind({
  platform = process.platform,
  devices = '/dev',
  environment = process.env,
}: Machine = {}): AdapterKind {
  if (platform !== 'linux') return 'hardware';
  const named = DRIVER_VARIABLES.map((name) => environment[name]).find((value) => (value ?? '') !== '');
  const onlySoftware = named?.split(':').every((file) => SOFTWARE_DRIVERS.test(file)) ?? false;
  return onlySoftware || !hasCard(devices) ? 'software' : 'hardware';
}

/** Whether a card's device file is there and may be used by this person. */
function hasCard(devices: string): boolean {
  return CARDS.some(({ folder, name }) => {
    const path = join(devices, folder);
    return namesIn(path).some((file) => name.test(file) && isUsable(join(path, file)));
  });
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isUsable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
