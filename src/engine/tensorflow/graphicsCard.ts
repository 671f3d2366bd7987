/** Which graphics card TensorFlow may see, and what it is called. */
import { execFileSync } from 'node:child_process';
import type { DeviceOption } from '../options';

const NAME_TIMEOUT_MS = 5000;

/** The card's number or identifier for CUDA_VISIBLE_DEVICES, counted among those that `given` leaves visible. */
export function visibleCard({ index }: DeviceOption, given: string | undefined): string {
  if (given === undefined) return String(index);
  return given.split(',').map((card) => card.trim())[index] ?? '-1';
}

/** The name of a card, from the driver's own tool. */
export function cardName(card: string): string {
  const question = ['--query-gpu=name', '--format=csv,noheader', '-i', card];
  try {
    return execFileSync('nvidia-smi', question, {
      encoding: 'utf8',
      timeout: NAME_TIMEOUT_MS,
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return `graphics card ${card}`;
  }
}
