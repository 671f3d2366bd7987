/**
 * Programs on WebGPU run in a process of their own, because a fault of a driver ends the process. The driver is the one
 * that Chromium brings for machines without a graphics card, SwiftShader, so that every machine computes the same.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { findSoftwareVulkan } from '../../src/setup/tools.mjs';

const DRIVER = 'vk_swiftshader_icd.json';
const MAX_OUTPUT_BYTES = 2 ** 26;

/** V8 and the C library keep freed memory in pools that grow for a long time; small ones show what is not freed. */
const SMALL_POOLS = {
  flags: ['--expose-gc', '--max-semi-space-size=1'],
  variables: { MALLOC_ARENA_MAX: '1' },
};

/** The bundled child program. */
export interface WebgpuProgram {
  /** Runs a task and gives what it printed. Rejects where the process ends with a code or a signal. */
  run(task: string, ...parameters: string[]): Promise<unknown>;
  /** The same on a machine without any Vulkan driver. */
  runWithoutDriver(task: string): Promise<unknown>;
  remove(): void;
}

/** Bundles the child program. Throws where there is no Chromium. */
export async function buildWebgpuProgram(): Promise<WebgpuProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'supcon-webgpu-'));
  const program = join(folder, 'child.mjs');
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
  await build({
    entryPoints: [join(import.meta.dirname, 'webgpuChild.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['onnxruntime-node', '@tensorflow/tfjs-node-gpu'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: 'silent',
  });
  return {
    run: (...parameters) => runChild(program, parameters, softwareDriver()),
    runWithoutDriver: (task) => runChild(program, [task], { VK_ICD_FILENAMES: join(folder, 'none.json') }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function runChild(
  program: string,
  parameters: readonly string[],
  driver: NodeJS.ProcessEnv,
): Promise<unknown> {
  const env = { ...process.env, ...SMALL_POOLS.variables, ...driver };
  const args = [...SMALL_POOLS.flags, program, ...parameters];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env, maxBuffer: MAX_OUTPUT_BYTES });
  return JSON.parse(stdout);
}

/** Variables for the dynamic linker and for Vulkan: Chromium has Vulkan's loader beside the driver. */
function softwareDriver(): NodeJS.ProcessEnv {
  const folder = findSoftwareVulkan();
  if (folder === undefined) throw new Error('No software Vulkan found: install the package "chromium".');
  return { VK_ICD_FILENAMES: join(folder, DRIVER), LD_LIBRARY_PATH: folder };
}
