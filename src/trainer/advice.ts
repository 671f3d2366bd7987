/** What to try after the machine ran out of memory. */
import { readFileSync } from 'node:fs';
import { freemem } from 'node:os';
import { join } from 'node:path';
import { parseConfiguration } from '../domain/configuration/parse';
import { RUN_FILE } from '../domain/run/layout';

/** One sentence with a batch size to try, from the configuration of the run in `folder`. */
export function outOfMemoryAdvice(folder: string): string {
  const path = join(folder, RUN_FILE.config);
  const { stage1 } = parseConfiguration(JSON.parse(readFileSync(path, 'utf8')), path);
  const smaller = Math.max(2, Math.floor(stage1.batchSize / 2));
  const freeMegabytes = Math.round(freemem() / 1e6);
  return `The machine ran out of memory (${freeMegabytes} MB free): start again with "stage1.batchSize" ${smaller} instead of ${stage1.batchSize}.`;
}
