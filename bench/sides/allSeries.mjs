/**
 * Every point that the product's readers find under a folder, as JSON: by event file's folder, or CSV file, then by tag.
 * Argument: the folder.
 */
import { readdirSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { foundLogKind } from '../../src/formats/logs/logKind';
import { createLogReader } from '../../src/formats/logs/logReader';
import { createSeriesStore } from '../../src/formats/events/series';
import { createTail } from '../../src/runs/logs/tail';

const root = process.argv[2] ?? '.';
/** @type {Map<string, string[]>} */
const groups = new Map();
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
  const kind = foundLogKind(basename(name));
  if (kind === undefined) continue;
  const group = kind === 'events' ? dirname(name) : name;
  groups.set(group, [...(groups.get(group) ?? []), join(root, name)]);
}
void print();

async function print() {
  /** @type {Record<string, Record<string, unknown>>} */
  const found = {};
  for (const [group, files] of groups) found[group] = await seriesOf(files);
  process.stdout.write(JSON.stringify(found));
}

/** @param {readonly string[]} files of one group, in order */
async function seriesOf(files) {
  const store = createSeriesStore();
  for (const file of files) {
    const reader = createLogReader(foundLogKind(basename(file)) ?? 'events');
    // In the pieces in which a run is read, not as one: what goes wrong between two of them must show.
    await createTail(file, (bytes) => reader.push(bytes, store)).catchUp();
    reader.finish(store);
    const complaint = reader.problem ?? (reader.skipped > 0 ? `${reader.skipped} left out` : '');
    if (complaint !== '') process.stderr.write(`${relative(root, file)}: ${complaint}\n`);
  }
  const tags = [...store.series].map(([tag, series]) => {
    const { steps, values } = series.columns();
    return [tag, Array.from(steps, (step, i) => [step, spelled(values[i] ?? Number.NaN)])];
  });
  return Object.fromEntries(tags);
}

/** JSON has no NaN. @param {number} value */
function spelled(value) {
  return Number.isFinite(value) ? value : String(value);
}
