/** The sentences of the page: progress, engine, staleness, the stop ladder, the end. Pure text from the run. */
import * as l10n from '@vscode/l10n';
import { acknowledgedAlerts, alertsAndFirst } from '../../../src/domain/display/alertWords';
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
import type { RunKind, RunSummary, StopLadder } from '../../../src/domain/run/state';
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
  if (pending > 0) return alertsAndFirst(pending, first.cause);
  return groups.every(({ isAcknowledged }) => isAcknowledged)
    ? acknowledgedAlerts(groups.length)
    : alertsAndFirst(groups.length, first.cause);
}

/** For example `epoch 12/100`, or for a completed run `4,000 steps`. */
export function progressInWords({ progress, endState }: Pick<RunSummary, 'progress' | 'endState'>): string {
  if (!progress) return '';
  if (endState === 'completed')
    return progress.steps === 1 ? l10n.t('1 step') : l10n.t('{0} steps', formatCount(progress.steps));
  const { stage, epoch, epochs, step, steps } = progress;
  switch (stage) {
    case 'preparing':
      return l10n.t('preparing');
    case 'contrastive':
    case 'cross-entropy':
      return l10n.t('epoch {0}/{1}', epoch, epochs);
    case 'linear':
      return l10n.t('linear probe, epoch {0}/{1}', epoch, epochs);
    case 'evaluation':
      return l10n.t('evaluating');
    case 'command':
      return l10n.t('step {0}/{1}', formatCount(step), formatCount(steps));
  }
}

/** For example `41 m left`, for an ended run how long it took, and for a command of unknown length how long it runs. */
export function timeInWords(run: RunSummary, now: number): string {
  if (!isLive(run)) {
    if (run.endedAt === null) return '';
    return l10n.t('took {0}', formatDuration((run.endedAt - run.createdAt) / 1000));
  }
  const left = run.progress?.secondsLeft ?? null;
  if (left !== null) return l10n.t('{0} left', formatRoughDuration(left));
  const isCounted = run.kind === 'command' && run.state === 'running';
  return isCounted ? l10n.t('for {0}', formatDuration((now - run.createdAt) / 1000)) : '';
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
    waits === undefined ? '' : l10n.t('waits {0}', formatPercent(waits)),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What the user must know now beside the state, or null. */
export function noticeOf(run: RunSummary, now: number): Notice | null {
  if (run.state === 'ended') return endNotice(run);
  const age = run.heartbeat === null ? 0 : now - run.heartbeat;
  if (isLive(run) && age > STALE_AFTER_MS) {
    return { tone: 'warning', text: l10n.t('last update {0}', formatAge(now - age, now)) };
  }
  if (run.stop) return { tone: 'information', text: ladderInWords(run.stop, run.kind, now) };
  if (run.state === 'queued') return { tone: 'information', text: queueInWords(run) };
  if (run.state === 'starting') return { tone: 'information', text: l10n.t('loading engine and data') };
  return null;
}

function endNotice(run: RunSummary): Notice | null {
  const sentence = run.reason ?? endSentence(run);
  if (sentence === undefined) return null;
  const isBad = run.endState === 'failed' || run.endState === 'killed' || run.endState === 'crashed';
  return { tone: isBad ? 'error' : 'information', text: sentence };
}

function endSentence(run: RunSummary): string | undefined {
  if (run.endState === 'killed') {
    return run.signal === null
      ? l10n.t('The trainer was killed from outside (unknown signal), often for want of memory.')
      : l10n.t('The trainer was killed from outside ({0}), often for want of memory.', run.signal);
  }
  return END_SENTENCES[run.endState ?? 'unknown'];
}

const END_SENTENCES: Readonly<Record<string, string>> = {
  failed: l10n.t('The trainer gave no reason; its log may.'),
  crashed: l10n.t('Trainer and keeper vanished together, for example at a restart of the machine.'),
  unknown: l10n.t('This run belongs to another machine.'),
};

function ladderInWords(stop: StopLadder, kind: RunKind, now: number): string {
  const left = formatDuration(stop.deadline === null ? 0 : Math.max(0, (stop.deadline - now) / 1000));
  const isCommand = kind === 'command';
  switch (stop.level) {
    case 'asked':
      return isCommand
        ? l10n.t('interrupted as by Ctrl+C; sends SIGTERM in {0}', left)
        : l10n.t('finishing the step and writing a checkpoint; interrupts in {0}', left);
    case 'interrupted':
      return isCommand
        ? l10n.t('SIGTERM sent; kills in {0}', left)
        : l10n.t('interrupted; kills in {0}', left);
    case 'killed':
      return l10n.t('killed; waiting for the process to end');
  }
}

function queueInWords(run: RunSummary): string {
  const before = run.queuedBehind ?? 0;
  if (before === 0) return l10n.t('starts as soon as the machine is free');
  return before === 1
    ? l10n.t('waits for 1 run before it on this machine')
    : l10n.t('waits for {0} runs before it on this machine', before);
}
