/**
 * The graph of a program, traced and optimised, or read back where that was done before. Tracing the training step
 * of ResNet-18 takes a fifth of a second and reading its graph a tenth of that: worth a file, not worth more.
 */
import { createHash } from 'node:crypto';
import { readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import type { Program, TensorSpecs } from '../engine';
import type { Graph } from '../graph/graph';
import { optimise } from '../graph/passes/optimise';
import { GRAPH_FORMAT_VERSION, parseGraph, serialiseGraph } from '../graph/serialise';
import { attempt, cachePath, readCached, writeCached } from '../machineCache';
import { traceProgram } from './trace';

/** Files kept; the one that was used longest ago goes first. */
const MOST_FILES = 100;
const EXTENSION = '.graph';

/**
 * The optimised graph of a program over the given state. With a key, it is kept in `folder` under a hash of key,
 * inputs and state; a file there that is damaged is written again. Throws as {@link traceProgram} does.
 */
export function tracedGraph(program: Program, state: TensorSpecs, folder = cachePath('graphs')): Graph {
  if (program.key === undefined) return optimise(traceProgram(program, state));
  const path = join(folder, `${hashOf(program, state)}${EXTENSION}`);
  return readGraph(path) ?? keep(optimise(traceProgram(program, state)), path, folder);
}

function hashOf({ key, inputs }: Program, state: TensorSpecs): string {
  const content = JSON.stringify([GRAPH_FORMAT_VERSION, key, inputs, state]);
  return createHash('sha256').update(content).digest('hex');
}

function readGraph(path: string): Graph | undefined {
  const bytes = readCached(path);
  const graph = bytes && attempt(() => parseGraph(bytes, path));
  // The time only says which file goes first: a folder that may not be written keeps its order.
  if (graph !== undefined) attempt(() => utimesSync(path, new Date(), new Date()));
  return graph;
}

function keep(graph: Graph, path: string, folder: string): Graph {
  if (writeCached(path, serialiseGraph(graph))) attempt(() => removeOldest(folder));
  return graph;
}

function removeOldest(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .map((name) => ({ path: join(folder, name), time: timeOf(join(folder, name)) }))
    .sort((a, b) => b.time - a.time);
  for (const { path } of files.slice(MOST_FILES)) rmSync(path, { force: true });
}

/** Another process may have removed the file just now. */
function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
