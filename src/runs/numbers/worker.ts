/** Entry of the numbers' worker thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { NumbersRequest, WorkerSetup } from './messages';
import { createNumbersService } from './service';

const port = parentPort;
if (port === null) throw new Error('The worker of the numbers runs only as a worker thread');
const service = createNumbersService(workerData as WorkerSetup, (reply, memory) =>
  port.postMessage(reply, memory),
);
port.on('message', (request: NumbersRequest) => service.take(request));
