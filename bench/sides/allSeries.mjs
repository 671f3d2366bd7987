/**
 * Every point that the product's readers find under a folder, as JSON: by event file's folder, or CSV file, then by tag.
 * Argument: the folder.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { foundLogKind } from '../../src/formats/logs/logKind';
import { createLogReader } from '../../src/formats/logs/logReader';
import { createSeriesStore } from '../../src/formats/events/series';

const root = process.argv[2] ?? '.';
/** @type {Map<string, string[]>} */
const groups = new Map();
for (const name of readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()) {
  const kind = foundLogKind(basename(name));
  if (kind === undefined) continue;
  const group = kind === 'events' ? dirname(name) : name;
  groups.set(group, [...(groups.get(group) ?? []), join(root, name)]);
}
/** @type {Record<string, Record<string, [number, number | string][]>>} */
const found = {};
for (const [group, files] of groups) {
  const store = createSeriesStore();
  for (const file of files) {
    const reader = createLogReader(foundLogKind(basename(file)) ?? 'events');
    reader.push(readFileSync(file), store);
    reader.finish(store);
    const complaint = reader.problem ?? (reader.skipped > 0 ? `${reader.skipped} left out` : '');
    if (complaint !== '') process.stderr.write(`${relative(root, file)}: ${complaint}\n`);
  }
  const tags = [...store.series].map(([tag, series]) => {
    const { steps, values } = series.columns();
    const points = Array.from(steps, (step, i) => [step, spelled(values[i] ?? Number.NaN)]);
    return [tag, points];
  });
  found[group] = Object.fromEntries(tags);
}
process.stdout.write(JSON.stringify(found));

/** JSON has no NaN. @param {number} value */
function spelled(value) {
  return Number.isFinite(value) ? value : String(value);
}
