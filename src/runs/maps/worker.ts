/** Entry of the threads of the maps. */
import { parentPort, workerData } from 'node:worker_threads';
import type { MapsRequest, MapsSetup } from './messages';
import { createMapsService } from './service';

const port = parentPort;
if (port === null) throw new Error('The worker of the maps runs only as a worker thread');
const service = createMapsService(workerData as MapsSetup, (reply) => port.postMessage(reply));
port.on('message', (request: MapsRequest) => void service.take(request));
