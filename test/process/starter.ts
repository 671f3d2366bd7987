/** A process that starts a run and then stays, so that a test can kill the starter: {options} in argv[2]. */
import { startRun } from '../../src/runs/start';
import type { StartOptions } from '../../src/runs/start';

const options = JSON.parse(process.argv[2] ?? '') as StartOptions;
const run = await startRun(options);
process.stdout.write(`${JSON.stringify(run)}\n`);
setInterval(() => undefined, 1000);
