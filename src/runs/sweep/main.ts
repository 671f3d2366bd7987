/** Entry of dist/sweeper.js: one detached process per sweep. Its output is the sweep's log. */
import { parseArgs } from 'node:util';
import { resolve } from 'node:path';
import { EXIT_CODE, HumanError, causeChain } from '../../domain/errors';
import type { Programs } from '../spawnKeeper';
import { workThrough } from './worker';

/** The command line: the sweep's folder, and the programs that its runs are made of. */
function parse(commandLine: readonly string[]): { folder: string; programs: Programs } {
  const { values, positionals } = parseArgs({
    args: [...commandLine],
    allowPositionals: true,
    options: {
      keeper: { type: 'string' },
      trainer: { type: 'string' },
      version: { type: 'string', default: 'unknown' },
      'keeper-parameters': { type: 'string', default: '[]' },
    },
  });
  const [folder] = positionals;
  const { keeper, trainer, version } = values;
  if (folder === undefined || keeper === undefined || trainer === undefined)
    throw new Error('The sweeper needs a folder, --keeper and --trainer.');
  const keeperParameters = JSON.parse(values['keeper-parameters']) as string[];
  const programs = { keeperPath: resolve(keeper), trainerPath: resolve(trainer), version, keeperParameters };
  return { folder: resolve(folder), programs: { ...programs, queue: 'wait' } };
}

async function main(): Promise<void> {
  process.on('SIGHUP', () => undefined);
  const { folder, programs } = parse(process.argv.slice(2));
  await workThrough(folder, programs);
}

main().then(
  () => process.exit(EXIT_CODE.completed),
  (error: unknown) => {
    process.stderr.write(`${error instanceof HumanError ? error.message : causeChain(error)}\n`);
    process.exit(EXIT_CODE.failed);
  },
);
