/** The engines that a run may be given, and what is known of each without loading it. */
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Engine } from '../engine';
import { attempt } from '../machineCache';
import type { EngineOptions } from '../options';

/** `webgpu` is onnxruntime on a graphics card. The eager engine is an oracle for tests and no candidate. */
export const CANDIDATES = ['tensorflow', 'webgpu', 'onnx'] as const;
export type CandidateName = (typeof CANDIDATES)[number];

/** What can be said of a candidate from its files alone: its version, or why it is missing. */
export type Finding = { readonly version: string } | { readonly missing: string };

export type Findings = Readonly<Partial<Record<CandidateName, Finding>>>;

/** Whether a candidate's files are there. */
export function isFound(finding: Finding | undefined): finding is { readonly version: string } {
  return finding !== undefined && 'version' in finding;
}

/** The sentences of those candidates whose files are not there. */
export function missingOf(findings: Findings): Readonly<Partial<Record<CandidateName, string>>> {
  const entries = Object.entries(findings).flatMap(([name, finding]) =>
    isFound(finding) ? [] : [[name, finding.missing]],
  );
  return Object.fromEntries(entries) as Partial<Record<CandidateName, string>>;
}

/** The candidates for a device, in the order in which they are tried, each with what is known of it. */
export async function findCandidates(options: EngineOptions): Promise<Findings> {
  const found: [CandidateName, Finding][] = [];
  for (const name of CANDIDATES.filter((each) => suits(each, options)))
    found.push([name, await find(name, options)]);
  return Object.fromEntries(found);
}

/**
 * Loads a candidate. Native code runs from here on: it may end the process where processor or driver is not what it
 * was built for. Throws HumanError where the engine cannot be loaded or cannot do what the options ask.
 */
export async function createCandidate(name: CandidateName, options: EngineOptions): Promise<Engine> {
  switch (name) {
    case 'onnx':
      return (await import('../onnx/onnxEngine')).createOnnxEngine(options);
    case 'tensorflow':
      return (await import('../tensorflow/tensorflowEngine')).createTensorflowEngine(options);
    case 'webgpu':
      return (await import('../webgpu/webgpuEngine')).createWebgpuEngine(options);
  }
}

function suits(name: CandidateName, { device }: EngineOptions): boolean {
  if (device?.kind === 'gpu') return name !== 'onnx';
  return device?.kind !== 'cpu' || name !== 'webgpu';
}

async function find(name: CandidateName, options: EngineOptions): Promise<Finding> {
  if (name === 'tensorflow') return findTensorflowVersion();
  if (name === 'webgpu' && options.device?.kind !== 'gpu') {
    const { adapterKind } = await import('../webgpu/adapter');
    if (adapterKind() === 'software') return { missing: 'There is no graphics card that WebGPU can use.' };
  }
  return { version: onnxRuntimeVersion() };
}

async function findTensorflowVersion(): Promise<Finding> {
  const { findTensorflow } = await import('../tensorflow/library');
  const found = findTensorflow();
  if ('missing' in found) return found;
  // Whatever replaces the library changes the time of its add-on.
  const changed = attempt(() => statSync(found.addon).mtimeMs) ?? 0;
  return { version: `${found.addon} ${changed}` };
}

function onnxRuntimeVersion(): string {
  const manifest = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return manifest.version;
}
