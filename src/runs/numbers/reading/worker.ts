/** Entry of a reader's thread: it reads the logs of one run after the other. */
import { parentPort } from 'node:worker_threads';
import type { RunLog } from '../../logs/logPlace';
import { memoryOf, readLogs } from './readLogs';

const port = parentPort;
if (port === null) throw new Error('A reader of logs runs only as a worker thread');
port.on('message', (logs: readonly RunLog[]) => void answer(logs));

async function answer(logs: readonly RunLog[]): Promise<void> {
  const read = await readLogs(logs);
  port?.postMessage(read, read && memoryOf(read));
}
