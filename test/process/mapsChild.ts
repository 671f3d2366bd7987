/** A process of its own that makes small maps and prints the SHA-256 of their bytes, by name, as JSON. */
import { createHash } from 'node:crypto';
import { randomStream } from '../../src/domain/random/stream';
import { descentGraph } from '../../src/projection/neighbours/descent';
import { neighbourGraph } from '../../src/projection/neighbours/neighbourGraph';
import { Space } from '../../src/projection/neighbours/space';
import { principalComponents } from '../../src/projection/pca';
import { UNWATCHED } from '../../src/projection/types';
import { pcaStart } from '../../src/projection/umap/start';
import { umap } from '../../src/projection/umap/umap';

const ROWS = 1500;
const DIMENSIONS = 24;
const SEED = 11;

const random = randomStream(SEED);
const centres = Float32Array.from({ length: 10 * DIMENSIONS }, () => random.normal());
const vectors = {
  values: Float32Array.from(
    { length: ROWS * DIMENSIONS },
    (_, i) => (centres[i % centres.length] ?? 0) + 0.3 * random.normal(),
  ),
  count: ROWS,
  dimensions: DIMENSIONS,
};
const hash = (values: Float32Array | Int32Array | Float64Array): string =>
  createHash('sha256')
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest('hex');

const exact = neighbourGraph(vectors, { k: 15, metric: 'cosine', seed: SEED }, UNWATCHED);
const found = descentGraph(new Space(vectors, 'euclidean'), { k: 15, seed: SEED }, UNWATCHED);
const plane = pcaStart(vectors, { dimensions: 2, seed: SEED }, UNWATCHED);
const space = pcaStart(vectors, { dimensions: 3, seed: SEED }, UNWATCHED);
const anchors = { positions: plane, pull: new Float32Array(ROWS).fill(0.1) };
const short = { seed: SEED, epochs: 60 };
process.stdout.write(
  JSON.stringify({
    exact: hash(exact.distances),
    descent: hash(found.indices),
    components: hash(principalComponents(vectors, 5, UNWATCHED).axes),
    plane: hash(umap(exact, { ...short, start: plane }, UNWATCHED).values),
    space: hash(umap(found, { ...short, start: space }, UNWATCHED).values),
    anchored: hash(umap(exact, { ...short, start: plane, anchors }, UNWATCHED).values),
  }),
);
