/** The points and alerts of a watched run: read from its files or taken from the wire, handed on in batches. */
import type { Alert } from '../../domain/run/alert';
import type { EventSink, ParameterValue } from '../../formats/events/sink';
import type { KeeperEvent } from '../../protocol/keeper';
import type { SeriesPoints } from '../../protocol/series';
import type { Disposable } from '../disposable';
import type { LossKnowledge } from '../logs/lossFacts';
import { readLossFacts } from '../logs/lossFacts';
import { createLossLines } from '../logs/lossLines';
import { createThrottle } from '../throttle';
import type { PointsDelta } from './deltas';
import { createDeltaStore } from './deltas';
import type { Problems } from './problems';
import { createRunReader } from './reader';

const BATCH_MS = 100;

export interface NumbersOptions {
  readonly folder: string;
  readonly handlers: {
    readonly onPoints?: (deltas: readonly PointsDelta[]) => void;
    readonly onAlert?: (alert: Alert) => void;
  };
  readonly problems: Problems;
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

/** The numbers of a run of which nothing has been read. */
export function createNumbers({ folder, handlers, problems }: NumbersOptions): Numbers {
  const store = createDeltaStore();
  const parameters: Record<string, ParameterValue> = {};
  const alerts: Alert[] = [];
  const handOn = () => {
    const deltas = store.takeDeltas();
    if (deltas.length > 0) handlers.onPoints?.(deltas);
  };
  const batch = createThrottle({ action: handOn, gapMs: BATCH_MS, onError: problems.ofError });
  const sink: EventSink = {
    scalar: (tag, step, wallTime, value) => store.scalar(tag, step, wallTime, value),
    sessionStart: (step, wallTime) => store.sessionStart(step, wallTime),
    parameters: (values) => Object.assign(parameters, values),
  };
  const onAlert = (alert: Alert) => {
    alerts.push(alert);
    handlers.onAlert?.(alert);
  };
  const startLines = () =>
    createLossLines({
      tags: () => [...store.series().keys()],
      seriesOf: (tag) => store.series().get(tag),
      scalar: sink.scalar.bind(sink),
    });
  let lossLines = startLines();
  let facts: LossKnowledge | undefined;
  const onRewritten = () => {
    store.clear();
    lossLines = startLines();
  };
  const reader = createRunReader({ folder, sink, onAlert, onProblem: problems.ofSentence, onRewritten });
  const read = async () => {
    await reader.catchUp();
    if (await reader.isOthers()) {
      // Parameters and output may come late; once the lines are known, nothing more is asked.
      if (!facts?.lines) facts = await readLossFacts(folder, parameters);
      lossLines.update(facts.lines, facts.lossTag);
    }
    batch.soon();
  };
  const files = createThrottle({ action: read, gapMs: BATCH_MS, onError: problems.ofError });
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
      void files.dispose();
    },
  };
}
