/**
 * TensorFlow.js has one current backend per process; ours has several. Every use of one is a synchronous
 * section that puts back what was there, so no await can ever run between the two switches.
 */
import { getBackend, setBackend } from '@tensorflow/tfjs-core';

/** Runs a synchronous function under a registered backend, then restores the one before. */
export function withBackend<T>(name: string, work: () => T): T {
  // The type says string, but there is none before the first use.
  const previous = getBackend() as string | null | undefined;
  switchTo(name);
  try {
    return work();
  } finally {
    if (typeof previous === 'string') switchTo(previous);
  }
}

/** The switch itself happens before the first await inside `setBackend` when the factory is synchronous. */
function switchTo(name: string): void {
  if ((getBackend() as string | undefined) === name) return;
  void setBackend(name);
  if (getBackend() !== name) throw new Error(`TensorFlow.js backend '${name}' did not start at once`);
}
