/**
 * Wires the preview page: messages and wishes are folded into the model, the panels draw it at most once a frame, and
 * the next drawing is asked for when the last one has come.
 */
import '../localise';
import type { ViewsHostMessage, ViewsPageMessage } from '../../src/protocol/pages/views';
import { parseViewsHostMessage } from '../../src/protocol/pages/views';
import type { DrawRequest } from '../../src/protocol/preview';
import { oncePerFrame, onceSettled } from '../dom';
import { registerControls } from '../toolkit';
import { connectToHost } from '../vscodeApi';
import { createViewsPage } from './panels/page';
import type { ViewsModel } from './state/model';
import { INITIAL_VIEWS, askNext, foldViews, recalledWish, want } from './state/model';

const TICK_MS = 1000;

/** The editor saves slowly, so a slider that moves is not remembered at each of its steps; a reload may follow at once. */
const SETTLE_MS = 100;

/** What survives a window reload. */
interface PageState {
  readonly file: string;
  readonly wanted: DrawRequest;
}

function main(): void {
  registerControls();
  const host = connectToHost<ViewsHostMessage, ViewsPageMessage, PageState>(parseViewsHostMessage);
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');

  let model = want(INITIAL_VIEWS, recalledWish(host.recall()));
  let remembered = '';
  const remember = onceSettled(() => {
    const state = { file: model.file, wanted: model.wanted };
    if (model.file === '' || JSON.stringify(state) === remembered) return;
    remembered = JSON.stringify(state);
    host.remember(state);
  }, SETTLE_MS);
  const change = (next: ViewsModel) => {
    const { model: asking, request } = askNext(next);
    model = asking;
    if (request !== undefined) host.post({ type: 'draw', ...request });
    remember();
    draw();
  };
  const page = createViewsPage({
    want: (changes) => change(want(model, changes)),
    run: (command) => host.post({ type: 'command', command }),
  });
  const draw = oncePerFrame(() => page.update(model, Date.now()));
  root.append(page.element);
  host.onMessage((message) => change(foldViews(model, message)));
  setInterval(draw, TICK_MS);
  setTimeout(draw, TICK_MS / 2);
  draw();
  host.post({ type: 'boot' });
}

main();
