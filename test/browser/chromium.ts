/** Starts Chromium the way that works in a container without a display. */
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium } from '../../src/setup/tools.mjs';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts the browser, with further flags if there are any; the error names what to install. */
export async function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    throw new Error('No Chromium found: install the package "chromium" or set CHROMIUM_PATH.');
  }
  return chromium.launch({ executablePath, args: [...FLAGS, ...flags] });
}
