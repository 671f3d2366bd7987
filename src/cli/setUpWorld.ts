/** What `supcon setup` finds outside itself: this machine, or the one that a test has made. */
import { createInterface } from 'node:readline/promises';
import type { AddonSource } from '../engine/tensorflow/install/addon';
import { findAddonSource } from '../engine/tensorflow/install/addon';
import type { Machine } from '../engine/tensorflow/install/machine';
import { thisMachine } from '../engine/tensorflow/install/machine';
import { findPip } from '../engine/tensorflow/install/pip';
import type { SelfTest } from '../engine/tensorflow/install/selfTest';
import { selfTestBy } from '../engine/tensorflow/install/selfTest';
import type { Variant, Wheel } from '../engine/tensorflow/install/wheels';
import { wheelsFor } from '../engine/tensorflow/install/wheels';
import type { MachineFolders } from '../engine/tensorflow/machineFolders';
import { machineFolders } from '../engine/tensorflow/machineFolders';
import type { Output } from './setUpView';

/** Everything that set-up depends on. */
export interface SetUpWorld {
  readonly folders: MachineFolders;
  readonly machine: () => Machine;
  readonly wheels: (variant: Variant) => readonly Wheel[];
  readonly python: () => Promise<string>;
  readonly addon: () => AddonSource;
  readonly selfTest: SelfTest;
  readonly output: Output;
  readonly errors: Output;
  /** Asks a person; undefined where there is none to ask. */
  readonly ask: ((question: string, signal: AbortSignal) => Promise<string>) | undefined;
  readonly signal: AbortSignal;
}

/** The hidden command that runs the self-test's inner half. */
export const CHECK_COMMAND = 'check-tensorflow';

/** This machine, as it is; `signal` cancels. */
export function thisWorld(signal: AbortSignal): SetUpWorld {
  return {
    folders: machineFolders(),
    machine: thisMachine,
    wheels: wheelsFor,
    python: findPip,
    addon: findAddonSource,
    selfTest: selfTestBy(process.execPath, [process.argv[1] ?? '', CHECK_COMMAND]),
    output: process.stdout,
    errors: process.stderr,
    ask: process.stdin.isTTY ? askOnTerminal : undefined,
    signal,
  };
}

async function askOnTerminal(question: string, signal: AbortSignal): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // The terminal takes Ctrl+C for itself while it asks.
  terminal.on('SIGINT', () => process.emit('SIGINT'));
  try {
    return await terminal.question(question, { signal });
  } finally {
    terminal.close();
  }
}
