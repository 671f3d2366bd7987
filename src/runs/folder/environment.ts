/**
 * environment.json: what a figure may depend on, from an allow-list. The whole environment is never
 * recorded, because it holds people's keys and tokens.
 */
import { availableParallelism, cpus, hostname, release, totalmem } from 'node:os';
import { FORMAT_VERSION } from '../../domain/run/layout';

const ALLOWED_VARIABLES = [/^CUDA_VISIBLE_DEVICES$/, /^OMP_/, /^TF_/];

/** The content of environment.json. */
export interface EnvironmentFile {
  readonly formatVersion: number;
  readonly host: string;
  /** Versions by name: node, supcon-lab, onnxruntime, ... */
  readonly versions: Readonly<Record<string, string>>;
  readonly platform: string;
  readonly architecture: string;
  readonly systemRelease: string;
  readonly cpuModel: string;
  /** Cores that this process may use, and cores that the machine has. */
  readonly coresAvailable: number;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly variables: Readonly<Record<string, string>>;
}

/** Describes this machine. `versions` adds those of the parts in use. */
export function captureEnvironment(
  versions: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv = process.env,
): EnvironmentFile {
  const processors = cpus();
  return {
    formatVersion: FORMAT_VERSION,
    host: hostname(),
    versions: { node: process.versions.node, ...versions },
    platform: process.platform,
    architecture: process.arch,
    systemRelease: release(),
    cpuModel: processors[0]?.model.trim() ?? 'unknown',
    coresAvailable: availableParallelism(),
    cores: processors.length,
    memoryBytes: totalmem(),
    variables: allowedVariables(environment),
  };
}

function allowedVariables(environment: NodeJS.ProcessEnv): Record<string, string> {
  const allowed = Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && ALLOWED_VARIABLES.some((pattern) => pattern.test(name)) ? [[name, value]] : [],
  );
  return Object.fromEntries(allowed.sort()) as Record<string, string>;
}
