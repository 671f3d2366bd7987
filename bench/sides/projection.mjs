/**
 * Our maps of the vectors in one file. Argument: JSON with file, count, dimensions, metric, and where to write map and
 * graph. Answers each line, a seed, with the milliseconds of a map and of its steps, and the most memory of the process.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { neighbourGraph } from '../../src/projection/neighbours/neighbourGraph';
import { UNWATCHED } from '../../src/projection/types';
import { pcaStart } from '../../src/projection/umap/start';
import { umap } from '../../src/projection/umap/umap';
import { serve } from './answers.mjs';

/** @type {{ file: string, count: number, dimensions: number, metric: 'cosine' | 'euclidean', map: string, graph: string }} */
const { file, count, dimensions, metric, map, graph } = JSON.parse(process.argv[2] ?? '');
const NEIGHBOURS = 15;

serve(() => {
  const bytes = readFileSync(file);
  const vectors = {
    values: new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4),
    count,
    dimensions,
  };
  const answer = (/** @type {string} */ line) => {
    const seed = Number(line);
    const began = performance.now();
    const start = pcaStart(vectors, { dimensions: 2, seed }, UNWATCHED);
    const pcaMs = performance.now() - began;
    const neighbours = neighbourGraph(vectors, { k: NEIGHBOURS, metric, seed }, UNWATCHED);
    const graphMs = performance.now() - began - pcaMs;
    const positions = umap(neighbours, { start, seed }, UNWATCHED);
    const ms = performance.now() - began;
    writeFileSync(map, positions.values);
    writeFileSync(graph, neighbours.indices);
    return Promise.resolve({ ms, pcaMs, graphMs, memoryMb: process.resourceUsage().maxRSS / 1024 });
  };
  return Promise.resolve({ hello: {}, answer });
});
