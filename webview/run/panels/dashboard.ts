/** The page as a whole: the same parts in the side bar and in the editor area, more of them where there is room. */
import { element } from '../../dom';
import { createAccuracyPanel } from './accuracy';
import type { PageCommand } from './actions';
import { createActions } from './actions';
import { createAlertsPanel } from './alerts';
import { createHeader } from './header';
import { createLossPanel } from './loss';
import { createOtherTags } from './otherTags';
import type { PageSize, Panel } from './panel';
import { createSections } from './sections';
import { createWelcome } from './welcome';

/** Creates the dashboard. */
export function createDashboard(size: PageSize, run: (command: PageCommand) => void): Panel {
  const panels = size === 'narrow' ? narrowPanels(run) : widePanels(run);
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

function narrowPanels(run: (command: PageCommand) => void): readonly Panel[] {
  return [
    createHeader(),
    createWelcome(Date.now()),
    createLossPanel(),
    createAccuracyPanel(),
    createAlertsPanel(),
    createActions('narrow', run),
  ];
}

function widePanels(run: (command: PageCommand) => void): readonly Panel[] {
  return [
    createHeader(),
    createActions('wide', run),
    createWelcome(Date.now()),
    createAlertsPanel(),
    createSections(),
    createOtherTags(),
  ];
}
