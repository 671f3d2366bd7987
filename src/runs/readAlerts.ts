/** The alerts of a run, read from its folder once. */
import { join } from 'node:path';
import * as v from 'valibot';
import type { Alert } from '../domain/run/alert';
import { RUN_FILE } from '../domain/run/layout';
import { alertSchema } from '../protocol/run';
import { readTextIfThere } from './folder/runFiles';
import { parseJsonLine } from './lines';

/** In the order in which they came; a line that is no alert, such as one being written, is left out. */
export async function readAlerts(runFolder: string): Promise<readonly Alert[]> {
  const text = (await readTextIfThere(join(runFolder, RUN_FILE.alerts))) ?? '';
  return text.split('\n').flatMap((line) => {
    const result = v.safeParse(alertSchema, parseJsonLine(line));
    return result.success ? [result.output] : [];
  });
}
