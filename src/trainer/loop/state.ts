/**
 * What the loop of stage 1 carries from step to step beside the weights. It is saved with every checkpoint,
 * so that a resumed run goes on as if it had never stopped.
 */
import type { Waiting, WaitingThresholds } from '../../domain/advice/loaderBound';
import { NOT_WAITING, observeWaiting } from '../../domain/advice/loaderBound';
import type { CollapseSetting } from '../../domain/diagnostics/collapse';
import { observeCollapse } from '../../domain/diagnostics/collapse';
import type { MaskObservation, MaskStreaks } from '../../domain/diagnostics/masks';
import { NO_MASK_STREAKS, observeMasks } from '../../domain/diagnostics/masks';

export interface LoopState {
  /** Optimiser steps done. */
  readonly step: number;
  /** Steps done at the last evaluation that was finished. */
  readonly evaluated: number;
  readonly collapseStreak: number;
  readonly masks: MaskStreaks;
  /** Best validation accuracy so far, or -1. */
  readonly best: number;
  /** Exponential means, over about the last 50 steps, of the optimised loss and of its two lines. */
  readonly loss: number;
  readonly collapseLine: number;
  readonly floor: number;
  readonly waiting: Waiting;
  /** Views seen and milliseconds spent, waiting for data included. */
  readonly views: number;
  readonly elapsedMs: number;
}

export const INITIAL_LOOP: LoopState = {
  step: 0,
  evaluated: 0,
  collapseStreak: 0,
  masks: NO_MASK_STREAKS,
  best: -1,
  loss: 0,
  collapseLine: 0,
  floor: 0,
  waiting: NOT_WAITING,
  views: 0,
  elapsedMs: 0,
};

/** What one step showed; losses in the scale that is optimised. */
export interface StepObservation {
  readonly loss: number;
  readonly collapseLine: number;
  readonly floor: number;
  readonly headroom: number;
  /** Standard deviation of the projections; not a number in a cross-entropy run. */
  readonly deviation: number;
  /** Share of the step's time that went by in waiting for data, 0 to 1. */
  readonly waitShare: number;
  /** What the masks of a contrastive loss left out; undefined for a classifier. */
  readonly masks: MaskObservation | undefined;
  readonly views: number;
  readonly elapsedMs: number;
}

/** What alerts are told by. */
export interface AlertSetting extends CollapseSetting, WaitingThresholds {
  readonly emptyBatches: number;
}

/** The state after one more step. */
export function advance(loop: LoopState, seen: StepObservation, setting: AlertSetting): LoopState {
  const blend = (old: number, fresh: number) => old + (fresh - old) * Math.max(1 / (loop.step + 1), 1 / 50);
  const observation = { step: loop.step, headroom: seen.headroom, deviation: seen.deviation };
  return {
    ...loop,
    step: loop.step + 1,
    collapseStreak: observeCollapse(loop.collapseStreak, observation, setting),
    loss: blend(loop.loss, seen.loss),
    collapseLine: blend(loop.collapseLine, seen.collapseLine),
    floor: blend(loop.floor, seen.floor),
    masks: seen.masks === undefined ? loop.masks : observeMasks(loop.masks, seen.masks, setting.emptyBatches),
    waiting: observeWaiting(loop.waiting, seen.waitShare, setting),
    views: loop.views + seen.views,
    elapsedMs: loop.elapsedMs + seen.elapsedMs,
  };
}
