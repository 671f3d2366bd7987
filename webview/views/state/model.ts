/**
 * What the preview page knows, folded from messages, and what it wants to see. One drawing is asked for at a time: while
 * it is on its way the wish may change as often as a slider moves, and only the last wish is asked for next.
 */
import type { DrawRequest, PreviewOpened } from '../../../src/protocol/preview';
import { MOST_SAMPLES } from '../../../src/protocol/preview';
import type { DrawnViews, ViewsHostMessage } from '../../../src/protocol/pages/views';

/** How many samples may be shown at once. */
export const SAMPLE_CHOICES = [6, 12, 24, MOST_SAMPLES] as const;

export interface ViewsModel {
  readonly phase: 'waiting' | 'opening' | 'opened' | 'failed' | 'untrusted';
  /** Path of the configuration; empty until it is known. */
  readonly file: string;
  /** Why there is nothing to show. */
  readonly message: string;
  /** Of the last time that the data was read; it stays while the file is read again. */
  readonly opened: PreviewOpened | null;
  readonly wanted: DrawRequest;
  /** What was asked for and not answered. */
  readonly asked: DrawRequest | null;
  /** What the drawing on the screen answers. */
  readonly answered: DrawRequest | null;
  readonly drawn: DrawnViews | null;
}

/** The model of a page that was opened for the first time. */
export const INITIAL_VIEWS: ViewsModel = {
  phase: 'waiting',
  file: '',
  message: '',
  opened: null,
  wanted: { first: 0, samples: 12, epoch: 0, run: '' },
  asked: null,
  answered: null,
  drawn: null,
};

/** The model after a message. */
export function foldViews(model: ViewsModel, message: ViewsHostMessage): ViewsModel {
  switch (message.type) {
    case 'opening':
      return { ...model, phase: 'opening', file: message.file, asked: null };
    case 'untrusted':
      return { ...model, phase: 'untrusted', asked: null };
    case 'failed':
      return { ...model, phase: 'failed', message: message.message, asked: null };
    case 'opened':
      // What is on the screen may be from another state of the file.
      return fit({ ...model, phase: 'opened', opened: message, asked: null, answered: null });
    case 'drawn':
      return { ...model, drawn: message, answered: model.asked, asked: null };
  }
}

/** The model with another wish, cut to what there is. */
export function want(model: ViewsModel, changes: Partial<DrawRequest>): ViewsModel {
  return fit({ ...model, wanted: { ...model.wanted, ...changes } });
}

/** What is to be asked for now, if anything. */
export function nextRequest({ phase, asked, answered, wanted }: ViewsModel): DrawRequest | undefined {
  if (phase !== 'opened' || asked !== null) return undefined;
  return answered !== null && isSame(answered, wanted) ? undefined : wanted;
}

/** The model with the next drawing on its way, and what is to be sent for it; undefined where nothing is. */
export function askNext(model: ViewsModel): {
  readonly model: ViewsModel;
  readonly request: DrawRequest | undefined;
} {
  const request = nextRequest(model);
  return { model: request === undefined ? model : { ...model, asked: request }, request };
}

/** A remembered wish; what is wrong with it is left out. */
export function recalledWish(state: unknown): Partial<DrawRequest> {
  if (typeof state !== 'object' || state === null || !('wanted' in state)) return {};
  const { first, samples, epoch, run } = state.wanted as Partial<Record<keyof DrawRequest, unknown>>;
  return {
    ...(isCount(first) && { first }),
    ...(isCount(samples) && samples > 0 && { samples }),
    ...(isCount(epoch) && { epoch }),
    ...(typeof run === 'string' && { run }),
  };
}

/** A file that was saved may have fewer samples or epochs, and a run may be gone. */
function fit(model: ViewsModel): ViewsModel {
  const { opened, wanted } = model;
  if (opened === null) return model;
  const samples = Math.min(wanted.samples, MOST_SAMPLES);
  return {
    ...model,
    wanted: {
      samples,
      first: Math.max(0, Math.min(wanted.first, lastPage(opened.count, samples))),
      epoch: Math.max(0, Math.min(wanted.epoch, opened.epochs - 1)),
      run: opened.runs.some(({ id }) => id === wanted.run) ? wanted.run : '',
    },
  };
}

function lastPage(count: number, samples: number): number {
  return Math.floor(Math.max(0, count - 1) / samples) * samples;
}

function isSame(a: DrawRequest, b: DrawRequest): boolean {
  return a.first === b.first && a.samples === b.samples && a.epoch === b.epoch && a.run === b.run;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}
