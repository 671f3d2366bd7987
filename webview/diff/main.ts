/**
 * Wires the page of a run diff. What arrives replaces what is shown; which runs are compared, and whether all rows
 * are shown, survives a reload of the window.
 */
import '../localise';
import 'uplot/dist/uPlot.min.css';
import type { HostMessage, PageMessage } from '../../src/protocol/pages/diff';
import { parseHostMessage } from '../../src/protocol/pages/diff';
import { registerControls } from '../toolkit';
import { connectToHost } from '../vscodeApi';
import { createDiffPage } from './page';

/** What survives a window reload. */
interface PageState {
  /** Run folders or files, the baseline first. */
  readonly keys: readonly string[];
  readonly all: boolean;
}

/** How long the page waits before it says what it waits for. */
const WAIT_MS = 300;

function main(): void {
  registerControls();
  const host = connectToHost<HostMessage, PageMessage, PageState>(parseHostMessage);
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');
  let keys: readonly string[] = [];
  const page = createDiffPage({
    all: rememberedAll(host.recall()),
    post: (message) => host.post(message),
    onShown: (all) => host.remember({ keys, all }),
  });
  root.append(page.element);
  const waiting = setTimeout(() => page.wait(), WAIT_MS);
  host.onMessage((message) => {
    clearTimeout(waiting);
    if (message.type === 'diff') {
      keys = message.diff.columns.map(({ key }) => key);
      host.remember({ keys, all: page.all });
    }
    page.show(message);
  });
  host.post({ type: 'boot' });
}

function rememberedAll(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'all' in state && state.all === true;
}

main();
