/**
 * Remembers what a probe found: the same step of the same engines on the same machine is timed once. One small file
 * in the user's cache folder; what is damaged or of another version is forgotten.
 */
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { TensorSpecs } from '../engine';
import { attempt, cachePath, readCached, writeCached } from '../machineCache';
import type { EngineOptions } from '../options';
import { CANDIDATES, type CandidateName, type Findings } from './candidates';
import type { ProbeResult } from './probe';

/** A probe's result, and when it was found, in milliseconds since 1970. */
export interface Remembered extends ProbeResult {
  readonly at: number;
}

/** Goes up when what is remembered is written differently, or an engine has become faster. */
const FORMAT_VERSION = 2;
const MOST_ENTRIES = 100;
/** Drivers are updated, and a machine may have been busy: after a week an engine is tried again. */
const LIFETIME_MS = 7 * 24 * 3600 * 1000;

/** The shapes of a step. */
export interface StepShape {
  readonly inputs: TensorSpecs;
  readonly state: TensorSpecs;
}

/** A hash of everything that an answer depends on; without a shape, of the machine and the engines alone. */
export function memoryKey(options: EngineOptions, findings: Findings, shape: StepShape | null): string {
  const machine = [process.platform, process.arch, cpus().at(0)?.model, availableParallelism()];
  const content = JSON.stringify([FORMAT_VERSION, machine, options, findings, shape]);
  return createHash('sha256').update(content).digest('hex');
}

/** What is remembered under a key, undefined where that is nothing or too old. */
export function recall(key: string, path = memoryPath(), now = Date.now()): Remembered | undefined {
  const found = readAll(path).get(key);
  return found !== undefined && now - found.at < LIFETIME_MS ? found : undefined;
}

/** Remembers a result; the oldest of many is forgotten. */
export function remember(key: string, result: ProbeResult, path = memoryPath()): void {
  const all = readAll(path).set(key, { ...result, at: Date.now() });
  const newest = [...all].sort(([, a], [, b]) => b.at - a.at).slice(0, MOST_ENTRIES);
  const content = { formatVersion: FORMAT_VERSION, answers: Object.fromEntries(newest) };
  writeCached(path, `${JSON.stringify(content, undefined, 2)}\n`);
}

/** Everything that is remembered, newest first. */
export function recallAll(path = memoryPath()): readonly Remembered[] {
  return [...readAll(path).values()].sort((a, b) => b.at - a.at);
}

/** Forgets everything, so that the next run on each model times the engines again. */
export function forgetAll(path = memoryPath()): void {
  attempt(() => rmSync(path, { force: true }));
}

/** Where the answers are kept. */
export function memoryPath(): string {
  return cachePath('engine-choice.json');
}

function readAll(path: string): Map<string, Remembered> {
  const json = attempt(() => JSON.parse(String(readCached(path))) as unknown);
  const { formatVersion, answers } = (json ?? {}) as { formatVersion?: unknown; answers?: unknown };
  if (formatVersion !== FORMAT_VERSION || typeof answers !== 'object' || answers === null) return new Map();
  const entries = Object.entries(answers as Readonly<Record<string, unknown>>);
  return new Map(entries.filter((entry): entry is [string, Remembered] => isRemembered(entry[1])));
}

function isRemembered(value: unknown): value is Remembered {
  const { at, fastest, stepMs, missing } = (value ?? {}) as Partial<Record<keyof Remembered, unknown>>;
  return (
    typeof at === 'number' &&
    (fastest === undefined || CANDIDATES.includes(fastest as CandidateName)) &&
    isTable(stepMs, 'number') &&
    isTable(missing, 'string')
  );
}

function isTable(value: unknown, kind: 'number' | 'string'): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((held) => typeof held === kind);
}
