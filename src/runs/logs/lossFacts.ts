/**
 * What is known of the loss of a run that others log: its configuration and arguments, the parameters in its logs, and
 * the first lines of its output.
 */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { CollapseFacts } from '../../domain/diagnostics/collapse/foreignLines';
import { collapseFacts } from '../../domain/diagnostics/collapse/foreignLines';
import { RUN_FILE } from '../../domain/run/layout';
import type { Parameters } from '../../formats/events/sink';
import { HPARAMS_FILE, parseHparamsYaml } from '../../formats/logs/hparamsYaml';
import { readCommandRun } from '../command/commandRun';
import { namesIn } from '../folder/namesIn';
import { readTextIfThere } from '../folder/runFiles';

/** Enough for a script's banner and its first epoch. */
const CONSOLE_BYTES = 64 * 1024;

export interface LossKnowledge extends CollapseFacts {
  /** The tag that the configuration names, or empty. */
  readonly lossTag: string;
  /** What was logged, with what lies beside the logs. */
  readonly parameters: Parameters;
}

/** What is known of a loss of which only its parameters tell. */
export function lossFactsOf(parameters: Parameters): LossKnowledge {
  const facts = collapseFacts({ config: null, arguments: [], parameters, consoleLines: [] });
  return { ...facts, lossTag: '', parameters };
}

/**
 * Reads what a run folder says of its loss.
 * @param logged parameters that were found in event files
 */
export async function readLossFacts(folder: string, logged: Parameters): Promise<LossKnowledge> {
  const names = await namesIn(folder);
  const command = names.has(RUN_FILE.config) ? await readCommandRun(folder) : undefined;
  const yaml = names.has(HPARAMS_FILE)
    ? await readTextIfThere(join(folder, HPARAMS_FILE)).catch(() => undefined)
    : undefined;
  // Only what we start writes its output beside its run.
  const consoleLines = command === undefined ? [] : await firstLines(join(folder, RUN_FILE.log));
  const parameters = { ...(yaml === undefined ? {} : parseHparamsYaml(yaml)), ...logged };
  const config = command?.configuration ?? null;
  const facts = collapseFacts({ config, arguments: command?.arguments ?? [], parameters, consoleLines });
  return { ...facts, lossTag: config?.command.lossTag ?? '', parameters };
}

async function firstLines(path: string): Promise<string[]> {
  const file = await open(path, 'r').catch(() => undefined);
  if (file === undefined) return [];
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CONSOLE_BYTES), 0, CONSOLE_BYTES, 0);
    return buffer.subarray(0, bytesRead).toString('utf8').split(/\r?\n/);
  } finally {
    await file.close();
  }
}
