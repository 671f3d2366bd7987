/**
 * Entry of a data worker thread: fills slots of shared memory with views, one request after another. It
 * loads everything at its start and then needs no file any more.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { createSlotFiller } from './fillSlot';
import type { FillRequest, WorkerReply, WorkerSetup } from './workerMessages';

if (parentPort === null) {
  throw new Error('The data worker runs only as a worker thread');
}
const port = parentPort;
const fill = createSlotFiller(workerData as WorkerSetup);

port.on('message', (request: FillRequest) => {
  fill(request);
  reply({ type: 'filled', slot: request.slot });
});
reply({ type: 'ready' });

function reply(message: WorkerReply): void {
  port.postMessage(message);
}
