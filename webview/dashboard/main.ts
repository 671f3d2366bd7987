/**
 * Wires the dashboard: messages from the host are folded into the model or handed to the chart that asked, panels
 * listen to the store. A missed number asks for a snapshot, after which every chart asks anew.
 */
import '../localise';
import 'uplot/dist/uPlot.min.css';
import type { HostMessage, PageMessage } from '../../src/protocol/pages/dashboard';
import { parseHostMessage } from '../../src/protocol/pages/dashboard';
import { element } from '../dom';
import { registerControls } from '../toolkit';
import { connectToHost } from '../vscodeApi';
import { createAcrossRuns } from './panels/acrossRuns';
import { createAlerts } from './panels/alerts';
import { createBar } from './panels/bar';
import { createFinalFigures } from './panels/finalFigures';
import { createOneRun } from './panels/oneRun';
import { createRail } from './panels/rail';
import { createRunViews } from './panels/runViews';
import type { RunViewsSection } from './panels/runViews';
import { createSections } from './panels/sections';
import { createStatus } from './panels/status';
import { fold } from './state/model';
import { Queries } from '../charts/queries';
import { Store } from './state/store';

/** What survives a window reload: which tab this was. The host knows which runs were in it. */
interface PageState {
  readonly folder: string;
}

function main(): void {
  registerControls();
  const host = connectToHost<HostMessage, PageMessage, PageState>(parseHostMessage);
  const root = document.getElementById('page');
  if (!root) throw new Error('the page has no #page element');
  const store = new Store((message) => host.post(message));
  const queries = new Queries((message) => host.post(message));
  const views = createRunViews(store);
  root.append(createPage(store, queries, views));

  let isSnapshotAsked = false;
  let remembered: string | undefined;
  host.onMessage((message) => {
    const { model, isMissed, layout } = fold(store.model, message);
    if (isMissed && !isSnapshotAsked) host.post({ type: 'missed' });
    isSnapshotAsked = isMissed;
    if (isMissed) return;
    store.setModel(model);
    if (layout) store.restoreLayout(layout);
    if (layout) queries.restart();
    if (layout) views.restart();
    if (message.type === 'answers') queries.take(message.answers);
    if (message.type === 'views') views.receive(message.run, message.message);
    const first = model.runs[0]?.folder;
    if (first !== undefined && first !== remembered) host.remember({ folder: first });
    remembered = first;
  });
  host.post({ type: 'boot' });
}

function createPage(store: Store, queries: Queries, views: RunViewsSection): HTMLElement {
  const body = createSections(store, queries, [
    createFinalFigures(store),
    createAcrossRuns(store),
    createOneRun(store),
    views,
  ]);
  const main = element('div', { class: 'dashboard-main' }, [
    createBar(store),
    createStatus(store, Date.now()),
    createAlerts(store),
    body,
  ]);
  return element('div', { class: 'dashboard' }, [createRail(store), main]);
}

main();
