/**
 * Wires the page of one run: messages from the host are folded into the model, the panels draw it at most
 * once a frame, and once a second for the texts that tell the time.
 */
import '../localise';
import 'uplot/dist/uPlot.min.css';
import { createDashboard } from './panels/dashboard';
import { fold, INITIAL_MODEL } from './state/model';
import type { HostMessage, PageMessage } from '../../src/protocol/pages/run';
import { parseHostMessage } from '../../src/protocol/pages/run';
import { oncePerFrame } from '../dom';
import { registerControls } from '../toolkit';
import { connectToHost } from '../vscodeApi';

const TICK_MS = 1000;

/** What survives a window reload: the folder of the run on the page. */
interface PageState {
  readonly folder: string;
}

function main(): void {
  registerControls();
  const host = connectToHost<HostMessage, PageMessage, PageState>(parseHostMessage);
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');
  const dashboard = createDashboard({
    run: (command) => host.post({ type: 'command', command }),
    acknowledge: (kind) => host.post({ type: 'acknowledge', kind }),
  });
  root.append(dashboard.element);

  let model = INITIAL_MODEL;
  let isSnapshotAsked = false;
  const draw = oncePerFrame(() => dashboard.update(model, Date.now()));
  host.onMessage((message) => {
    const folded = fold(model, message);
    if (folded.missed && !isSnapshotAsked) host.post({ type: 'missed' });
    isSnapshotAsked = folded.missed;
    if (folded.model.run && folded.model.run.folder !== model.run?.folder) {
      host.remember({ folder: folded.model.run.folder });
    }
    model = folded.model;
    draw();
  });
  setInterval(draw, TICK_MS);
  setTimeout(draw, TICK_MS / 2);
  draw();
  host.post({ type: 'boot' });
}

main();
