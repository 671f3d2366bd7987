/** Moving from one map to another: a mix factor over time, or one jump for people who want less motion. */

const REDUCED = '(prefers-reduced-motion: reduce)';

/** True if nothing should move by itself. */
export function isMotionReduced(): boolean {
  return matchMedia(REDUCED).matches;
}

/**
 * Calls back with a mix from 0 to 1, eased, once a frame over so many milliseconds; with reduced motion once with 1.
 * The last call is always 1, unless the returned function stops it before.
 */
export function morph(durationMs: number, onMix: (mix: number) => void): () => void {
  if (isMotionReduced() || durationMs <= 0) {
    onMix(1);
    return () => undefined;
  }
  let began: number | undefined;
  let frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);

  function step(now: number): void {
    began ??= now;
    const share = Math.min(1, (now - began) / durationMs);
    // Stopping from inside `onMix` must find the next frame, so it is asked for first.
    if (share < 1) frame = requestAnimationFrame(step);
    onMix(eased(share));
  }
}

/** Starts and ends at rest. */
function eased(share: number): number {
  return share * share * (3 - 2 * share);
}
