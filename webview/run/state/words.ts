/** The sentences of the page: progress, engine, staleness, the stop ladder, the end. Pure text from the run. */
import { countAlerts } from '../../../src/domain/display/alertWords';
import {
  formatAge,
  formatCount,
  formatDuration,
  formatNumber,
  formatPercent,
  formatRoughDuration,
} from '../../../src/domain/display/format';
import { isLive } from '../../../src/domain/display/runLook';
import { TAG } from '../../../src/domain/metrics/tags';
import type { AlertGroup } from '../../../src/domain/run/alertGroups';
import { countPending } from '../../../src/domain/run/alertGroups';
import type { RunKind, RunSummary, Stage, StopLadder } from '../../../src/domain/run/state';
import { lastValue } from '../../../src/domain/series/column';
import type { PageModel } from './model';

/** A live run whose keeper was silent for three heartbeats (10 s each) is shown as stale. */
export const STALE_AFTER_MS = 30_000;

/** What the run says about itself beside its state; `tone` decides icon and colour. */
export interface Notice {
  readonly tone: 'information' | 'warning' | 'error';
  readonly text: string;
}

/** What stands for all alerts: how many want attention, and the first of them; else that all were seen to. */
export function alertsSummary(groups: readonly AlertGroup[]): string {
  const [first] = groups;
  if (first === undefined) return '';
  const pending = countPending(groups);
  if (pending > 0) return `${countAlerts(pending)}: ${first.cause}`;
  return groups.every(({ isAcknowledged }) => isAcknowledged)
    ? `${countAlerts(groups.length)}, acknowledged`
    : `${countAlerts(groups.length)}: ${first.cause}`;
}

/** For example `epoch 12/100`, or for a completed run `4,000 steps`. */
export function progressInWords({ progress, endState }: Pick<RunSummary, 'progress' | 'endState'>): string {
  if (!progress) return '';
  if (endState === 'completed') return `${formatCount(progress.steps)} steps`;
  const { stage, epoch, epochs, step, steps } = progress;
  if (stage === 'command') return `step ${formatCount(step)}/${formatCount(steps)}`;
  return STAGE_HAS_EPOCHS[stage] ? `${STAGE_WORDS[stage]} ${epoch}/${epochs}` : STAGE_WORDS[stage];
}

/** For example `41 m left`, for an ended run how long it took, and for a command of unknown length how long it runs. */
export function timeInWords(run: RunSummary, now: number): string {
  if (!isLive(run)) {
    return run.endedAt === null ? '' : `took ${formatDuration((run.endedAt - run.createdAt) / 1000)}`;
  }
  const left = run.progress?.secondsLeft ?? null;
  if (left !== null) return `${formatRoughDuration(left)} left`;
  const isCounted = run.kind === 'command' && run.state === 'running';
  return isCounted ? `for ${formatDuration((now - run.createdAt) / 1000)}` : '';
}

/** For example `onnx, cpu 2 threads · 1,910 views/s · waits 0.4 %`. */
export function engineInWords(model: PageModel): string {
  const { run } = model;
  const speed = run?.progress?.viewsPerSecond ?? lastValue(model.series.get(TAG.viewsPerSecond));
  const waits = lastValue(model.series.get(TAG.dataWaitShare));
  const parts = [
    run?.engine ? `${run.engine.name} ${run.engine.device}` : '',
    run?.engine?.precision === 'float32' ? '' : (run?.engine?.precision ?? ''),
    speed === undefined ? '' : `${formatNumber(speed)} views/s`,
    waits === undefined ? '' : `waits ${formatPercent(waits)}`,
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What the user must know now beside the state, or null. */
export function noticeOf(run: RunSummary, now: number): Notice | null {
  if (run.state === 'ended') return endNotice(run);
  const age = run.heartbeat === null ? 0 : now - run.heartbeat;
  if (isLive(run) && age > STALE_AFTER_MS) {
    return { tone: 'warning', text: `last update ${formatAge(now - age, now)}` };
  }
  if (run.stop) return { tone: 'information', text: ladderInWords(run.stop, run.kind, now) };
  if (run.state === 'queued') return { tone: 'information', text: queueInWords(run) };
  if (run.state === 'starting') return { tone: 'information', text: 'loading engine and data' };
  return null;
}

const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  preparing: 'preparing',
  contrastive: 'epoch',
  'cross-entropy': 'epoch',
  linear: 'linear probe, epoch',
  evaluation: 'evaluating',
  command: 'step',
};

const STAGE_HAS_EPOCHS: Readonly<Record<Stage, boolean>> = {
  preparing: false,
  contrastive: true,
  'cross-entropy': true,
  linear: true,
  evaluation: false,
  command: false,
};

function endNotice(run: RunSummary): Notice | null {
  const sentence = run.reason ?? endSentence(run);
  if (sentence === undefined) return null;
  const isBad = run.endState === 'failed' || run.endState === 'killed' || run.endState === 'crashed';
  return { tone: isBad ? 'error' : 'information', text: sentence };
}

function endSentence(run: RunSummary): string | undefined {
  if (run.endState === 'killed') {
    return `The trainer was killed from outside (${run.signal ?? 'unknown signal'}), often for want of memory.`;
  }
  return END_SENTENCES[run.endState ?? 'unknown'];
}

const END_SENTENCES: Readonly<Record<string, string>> = {
  failed: 'The trainer gave no reason; its log may.',
  crashed: 'Trainer and keeper vanished together, for example at a restart of the machine.',
  unknown: 'This run belongs to another machine.',
};

function ladderInWords(stop: StopLadder, kind: RunKind, now: number): string {
  const left = formatDuration(stop.deadline === null ? 0 : Math.max(0, (stop.deadline - now) / 1000));
  const isCommand = kind === 'command';
  switch (stop.level) {
    case 'asked':
      return isCommand
        ? `interrupted as by Ctrl+C; sends SIGTERM in ${left}`
        : `finishing the step and writing a checkpoint; interrupts in ${left}`;
    case 'interrupted':
      return isCommand ? `SIGTERM sent; kills in ${left}` : `interrupted; kills in ${left}`;
    case 'killed':
      return 'killed; waiting for the process to end';
  }
}

function queueInWords(run: RunSummary): string {
  const before = run.queuedBehind ?? 0;
  if (before === 0) return 'starts as soon as the machine is free';
  return `waits for ${before} ${before === 1 ? 'run' : 'runs'} before it on this machine`;
}
