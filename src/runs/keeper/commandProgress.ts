/**
 * How far a command is, read off its own logs as they grow: its last step, and its last accuracy as the headline. A
 * share of the whole is shown only where the configuration says how many steps there are.
 */
import type { Headline, Progress } from '../../domain/run/state';
import { isAccuracy, isHeldOut } from '../../domain/run/logTags';
import type { CommandRun } from '../command/commandRun';
import type { LogPlace } from '../logs/logPlace';
import { findLogPlace } from '../logs/logPlace';
import { RunLogs } from '../logs/runLogs';
import { namedSink, type TagOwners } from '../logs/tagNames';
import { lookAgain } from '../watch/lookAgain';
import type { Keeping } from './supervise';

const PERIOD_MS = 2000;

export interface ProgressReader {
  /** Reads what there is at the end, and stops. */
  finish(): Promise<void>;
}

/** What a command has logged so far. */
interface Seen {
  step: number;
  headline: Headline | null;
  /** An accuracy on held-out samples takes the place of one on the training samples, and never the other way. */
  isHeldOut: boolean;
}

/** Notes the progress of a command in the state until it is finished. */
export function followProgress(
  { options, record, log }: Keeping,
  { configuration }: CommandRun,
): ProgressReader {
  const seen: Seen = { step: -1, headline: null, isHeldOut: false };
  const sink = {
    scalar: (tag: string, step: number, _: number, value: number) => note(seen, tag, { step, value }),
    sessionStart: () => undefined,
  };
  let place: Promise<LogPlace> | undefined;
  const owners: TagOwners = new Map();
  const logs = new RunLogs({
    place: () => (place ??= findLogPlace(options.folder)),
    sinkOf: (each) => namedSink(each, owners, sink),
    onParameters: () => undefined,
    onRestart: () => owners.clear(),
  });
  const startedAt = Date.now();
  const look = async (mayHaveNames: boolean) => {
    const before = logs.bytesRead;
    if (mayHaveNames) await logs.find();
    await logs.catchUp();
    for (const sentence of logs.problems) log.once(sentence, sentence);
    if (seen.step >= 0) {
      const progress = progressOf(seen.step, configuration.command.steps, Date.now() - startedAt);
      record.note({ progress, headline: seen.headline });
    }
    return { folders: logs.folders, isBusy: logs.bytesRead !== before };
  };
  const looking = lookAgain({ look, gapMs: PERIOD_MS, pollMs: PERIOD_MS });
  return {
    finish: async () => {
      await looking.now();
      looking.dispose();
    },
  };
}

function note(
  seen: Seen,
  tag: string,
  { step, value }: { readonly step: number; readonly value: number },
): void {
  seen.step = Math.max(seen.step, step);
  const heldOut = isHeldOut(tag);
  if (!isAccuracy(tag) || !(value >= 0) || (seen.isHeldOut && !heldOut)) return;
  seen.isHeldOut = heldOut;
  // Some count per cent, and a headline is a share.
  seen.headline = { label: tag, value: value > 1 ? value / 100 : value };
}

/** Null where nobody knows how many steps there are. */
function progressOf(step: number, steps: number | null, elapsedMs: number): Progress | null {
  if (steps === null) return null;
  const done = Math.min(step + 1, steps);
  const fraction = done / steps;
  const secondsLeft = (elapsedMs / 1000) * ((1 - fraction) / fraction);
  return {
    stage: 'command',
    epoch: 0,
    epochs: 0,
    step: done,
    steps,
    fraction,
    secondsLeft,
    viewsPerSecond: null,
  };
}
