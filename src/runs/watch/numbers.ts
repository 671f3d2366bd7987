/** The points and alerts of a watched run: read from its files or taken from the wire, handed on in batches. */
import type { Alert } from '../../domain/run/alert';
import type { EventSink, ParameterValue } from '../../formats/events/sink';
import type { KeeperEvent } from '../../protocol/keeper';
import type { SeriesPoints } from '../../protocol/series';
import type { Disposable } from '../disposable';
import { OthersLoss } from '../logs/othersLoss';
import { createThrottle } from '../throttle';
import type { PointsDelta } from './deltas';
import { createDeltaStore } from './deltas';
import { lookAgain } from './lookAgain';
import type { Problems } from './problems';
import { createRunReader } from './reader';

const BATCH_MS = 100;
const POLL_MS = 1000;

export interface NumbersOptions {
  readonly folder: string;
  readonly handlers: {
    readonly onPoints?: (deltas: readonly PointsDelta[]) => void;
    readonly onAlert?: (alert: Alert) => void;
  };
  readonly problems: Problems;
  /** Whether a keeper hands on what its trainer writes; of a command's logs it knows nothing. */
  readonly isWired: () => boolean;
}

export interface Numbers extends Disposable {
  /** Takes bytes from the wire. */
  offer(event: Extract<KeeperEvent, { type: 'appended' }>): void;
  /** Reads what the files have more, within a batch's time. */
  readSoon(): void;
  /** The same at once; resolves when it has been handed on. */
  readNow(): Promise<void>;
  readonly series: () => SeriesPoints[];
  readonly alerts: () => readonly Alert[];
}

/** The numbers of a run of which nothing has been read; they are followed until disposed. */
export function createNumbers({ folder, handlers, problems, isWired }: NumbersOptions): Numbers {
  const store = createDeltaStore();
  const parameters: Record<string, ParameterValue> = {};
  const alerts: Alert[] = [];
  let generation = 0;
  const handOn = () => {
    const deltas = store.takeDeltas();
    if (deltas.length > 0) handlers.onPoints?.(deltas);
  };
  const batch = createThrottle({ action: handOn, gapMs: BATCH_MS, onError: problems.ofError });
  let points = 0;
  const sink: EventSink = {
    scalar: (tag, step, wallTime, value) => {
      points++;
      store.scalar(tag, step, wallTime, value);
    },
    sessionStart: (step, wallTime) => store.sessionStart(step, wallTime),
    parameters: (values) => Object.assign(parameters, values),
  };
  const onAlert = (alert: Alert) => {
    alerts.push(alert);
    handlers.onAlert?.(alert);
  };
  const loss = new OthersLoss({
    ...{ folder, parameters: () => parameters, generation: () => generation },
    tags: () => [...store.series().keys()],
    seriesOf: (tag) => store.series().get(tag),
    scalar: sink.scalar.bind(sink),
  });
  const onRewritten = () => {
    store.clear();
    generation++;
  };
  const reader = createRunReader({ folder, sink, onAlert, onProblem: problems.ofSentence, onRewritten });
  let isTraining = false;
  const read = async (mayHaveNames: boolean) => {
    const before = points;
    await reader.catchUp(mayHaveNames);
    const kind = await reader.kind();
    isTraining = kind === 'training';
    if (kind !== 'training') await loss.update(kind);
    batch.soon();
    return { folders: reader.folders, isBusy: points !== before };
  };
  const files = lookAgain({
    look: (mayHaveNames) =>
      read(mayHaveNames).catch((error: unknown) => {
        problems.ofError(error);
        throw error;
      }),
    gapMs: BATCH_MS,
    pollMs: POLL_MS,
    heeds: () => !(isTraining && isWired()),
  });
  return {
    offer: ({ file, offset, base64 }) => {
      if (reader.offer(file, offset, Buffer.from(base64, 'base64')) === 'gap') files.soon();
      else batch.soon();
    },
    readSoon: () => files.soon(),
    readNow: async () => {
      await files.now();
      await batch.now();
    },
    series: () => store.snapshot(),
    alerts: () => alerts,
    dispose: () => {
      void batch.dispose();
      files.dispose();
    },
  };
}
