/**
 * Compares what TensorBoard's reader printed (see tensorboard_reads.py) with what our reader finds in the
 * same run folder: same tags, same steps, same values to the bit of a float32. Needs `npm run build` for nothing:
 * the reader is bundled on the fly.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const ENTRY = `
export { createEventParser } from './src/formats/events/reader';
export { createSeriesStore } from './src/formats/events/series';
`;

async function loadReader() {
  const resolveDir = dirname(dirname(fileURLToPath(import.meta.url)));
  const { outputFiles } = await esbuild.build({
    stdin: { contents: ENTRY, resolveDir, loader: 'ts' },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}

function readOurs({ createEventParser, createSeriesStore }, folder) {
  const store = createSeriesStore();
  const names = readdirSync(folder).filter((name) => name.includes('tfevents'));
  for (const name of names.sort()) createEventParser().push(readFileSync(join(folder, name)), store);
  return store.series;
}

/** Sentences about what differs in one tag. */
function differences(tag, theirs, series) {
  if (series === undefined) return [`${tag}: only TensorBoard has it`];
  const { steps, values } = series.columns();
  if (theirs.length !== series.length)
    return [`${tag}: ${theirs.length} points against our ${series.length}`];
  const isSame = (value, i) => Object.is(Math.fround(value), Math.fround(values[i]));
  return theirs.flatMap(([step, value], i) =>
    step === steps[i] && isSame(value, i)
      ? []
      : [`${tag} at ${step}: ${value} against our ${values[i]} at ${steps[i]}`],
  );
}

const [folder] = process.argv.slice(2);
// Python writes NaN and infinities bare, which JSON does not know.
const printed = readFileSync(0, 'utf8').replace(/\bNaN\b/g, 'null');
const theirs = JSON.parse(printed, (_, value) => (value === null ? Number.NaN : value));
const ours = readOurs(await loadReader(), folder);
const wrong = Object.entries(theirs).flatMap(([tag, points]) => differences(tag, points, ours.get(tag)));
const missing = [...ours.keys()].filter((tag) => !(tag in theirs)).map((tag) => `${tag}: only we have it`);
const points = Object.values(theirs).reduce((sum, list) => sum + list.length, 0);
for (const line of [...wrong, ...missing].slice(0, 20)) console.log(line);
console.log(
  `${Object.keys(theirs).length} tags, ${points} points, ${wrong.length + missing.length} differences`,
);
process.exitCode = wrong.length + missing.length > 0 ? 1 : 0;
