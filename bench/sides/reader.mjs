/** The product's reader of event files, for benchmarks that compare it with others. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { EVENT_FILE_MARK } from '../../src/domain/run/layout';
import { createEventParser } from '../../src/formats/events/reader';
import { createSeriesStore } from '../../src/formats/events/series';

/**
 * Every series of a run folder, by tag.
 * @param {string} folder
 */
export function readSeries(folder) {
  const store = createSeriesStore();
  const names = readdirSync(folder).filter((name) => name.includes(EVENT_FILE_MARK));
  for (const name of names.sort()) createEventParser().push(readFileSync(join(folder, name)), store);
  return store.series;
}
