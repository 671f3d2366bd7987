/** Entry of dist/keeper.js: one detached process per run. Its standard error is the run's trainer.log. */
import { EXIT_CODE, HumanError, causeChain } from '../../domain/errors';
import { keepRun } from './keeper';
import { openLog } from './log';
import { parseKeeperOptions } from './options';

async function main(): Promise<void> {
  const options = parseKeeperOptions(process.argv.slice(2));
  const log = openLog(options.folder);
  // A keeper that dies makes its run look crashed, so what it did not foresee is logged and survived.
  process.on('uncaughtException', (error) => log.line(causeChain(error)));
  process.on('SIGHUP', () => undefined);
  await keepRun(options, log);
}

main().then(
  () => process.exit(EXIT_CODE.completed),
  (error: unknown) => {
    process.stderr.write(`${error instanceof HumanError ? error.message : causeChain(error)}\n`);
    process.exit(EXIT_CODE.failed);
  },
);
