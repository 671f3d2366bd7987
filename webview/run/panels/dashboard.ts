/** The page as a whole, for the side bar. */
import { element } from '../../dom';
import { createAccuracyPanel } from './accuracy';
import type { PageCommand } from './actions';
import { createActions } from './actions';
import { createAlertsPanel } from './alerts';
import { createHeader } from './header';
import { createLossPanel } from './loss';
import type { Panel } from './panel';
import { createWelcome } from './welcome';

/** What the page asks of its host. */
export interface PageActions {
  readonly run: (command: PageCommand) => void;
  /** A kind of alert was seen to. */
  readonly acknowledge: (kind: string) => void;
}

/** Creates the page of one run. */
export function createDashboard({ run, acknowledge }: PageActions): Panel {
  const panels = [
    createHeader(),
    createWelcome(Date.now()),
    createLossPanel(),
    createAccuracyPanel(),
    createAlertsPanel(acknowledge),
    createActions(run),
  ];
  const root = element(
    'div',
    { class: 'dashboard' },
    panels.map((panel) => panel.element),
  );
  return {
    element: root,
    update: (model, now) => {
      for (const panel of panels) panel.update(model, now);
    },
  };
}
