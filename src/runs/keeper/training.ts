/** The time from the trainer's start to its end: what it says goes to the state and to the watchers. */
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { KeeperEvent } from '../../protocol/keeper';
import type { TrainerMessage } from '../../protocol/trainer';
import type { Announced } from './outcome';
import { outcomeOf } from './outcome';
import type { Ended, Keeping } from './supervise';
import { supervise } from './supervise';
import { startTrainer } from './trainerProcess';

/** Bytes of one `appended` event on the socket; base64 makes them a third longer. */
const CHUNK_BYTES = 192 * 1024;

/** Runs the trainer to its end. Never throws. */
export async function train(keeping: Keeping): Promise<Ended> {
  const { trainerPath, folder } = keeping.options;
  const announced: { -readonly [key in keyof Announced]: Announced[key] } = { end: null, failure: null };
  const onMessage = (message: TrainerMessage) => {
    hear(message, keeping);
    if (message.type === 'completed' || message.type === 'stopped') announced.end = message.type;
    if (message.type === 'stopped' && message.reason !== undefined) announced.stopped = message.reason;
    if (message.type === 'failed') announced.failure = message.reason;
  };
  const start = () => startTrainer({ trainerPath, folder, log: keeping.log, onMessage });
  const { end, circumstances } = await supervise(keeping, start);
  return { ...outcomeOf(end, announced, circumstances), code: end.code, signal: end.signal };
}

/** Passes a trainer's message on to the state and the watchers. */
function hear(message: TrainerMessage, { record, broadcast, log }: Keeping): void {
  switch (message.type) {
    case 'ready':
      if (message.formatVersion !== FORMAT_VERSION)
        log.line(`The trainer speaks format ${message.formatVersion}.`);
      void record.change({
        engine: message.engine,
        ...(record.current().stop === null && { state: 'running' }),
      });
      return;
    case 'progress':
      record.note({
        progress: message.progress,
        ...(message.headline !== null && { headline: message.headline }),
      });
      return;
    case 'appended':
      for (const event of inChunks(message)) broadcast(event);
      return;
    case 'completed':
    case 'stopped':
    case 'failed':
      return;
  }
}

/** The `appended` events of the wire for one message of the trainer. */
export function inChunks({
  file,
  offset,
  bytes,
}: {
  readonly file: string;
  readonly offset: number;
  readonly bytes: Uint8Array;
}): KeeperEvent[] {
  const events: KeeperEvent[] = [];
  for (let from = 0; from < bytes.byteLength; from += CHUNK_BYTES) {
    const part = Buffer.from(
      bytes.buffer,
      bytes.byteOffset + from,
      Math.min(CHUNK_BYTES, bytes.byteLength - from),
    );
    events.push({ type: 'appended', file, offset: offset + from, base64: part.toString('base64') });
  }
  return events;
}
