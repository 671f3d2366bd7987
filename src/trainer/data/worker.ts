/**
 * Entry of a data worker thread: fills slots of shared memory with views, one request after another. It
 * loads everything at its start and then needs no file any more.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { HumanError } from '../../domain/errors';
import { importFunction } from '../own/load';
import type { OwnViews } from '../own/views';
import { ownViews } from '../own/views';
import { createSlotFiller } from './fillSlot';
import type { FillRequest, WorkerReply, WorkerSetup } from './workerMessages';

if (parentPort === null) {
  throw new Error('The data worker runs only as a worker thread');
}
void serve(parentPort, workerData as WorkerSetup);

/** Whatever is thrown ends the worker, and the pool says why; a sentence for people must cross as a message. */
async function serve(port: MessagePort, setup: WorkerSetup): Promise<void> {
  const reply = (message: WorkerReply): void => port.postMessage(message);
  const refuse = (thrown: unknown): void => {
    if (!(thrown instanceof HumanError)) throw thrown;
    reply({ type: 'refused', sentence: thrown.message });
  };
  const views = await loadViews(setup).catch(refuse);
  const fill = createSlotFiller(setup, views ?? undefined);
  port.on('message', (request: FillRequest) => {
    try {
      fill(request);
      reply({ type: 'filled', slot: request.slot });
    } catch (thrown) {
      refuse(thrown);
    }
  });
  reply({ type: 'ready' });
}

async function loadViews(setup: WorkerSetup): Promise<OwnViews | undefined> {
  if (!('ownViews' in setup)) return undefined;
  const { path, source } = setup.ownViews;
  const create = await importFunction(path, 'augmentation.policy', source);
  return ownViews({ create, source }, setup.size);
}
