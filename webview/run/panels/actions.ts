/** The buttons: each runs the palette command of the same name. Which ones are there follows from the state. */
import * as l10n from '@vscode/l10n';
import { canStop, isLive } from '../../../src/domain/display/runLook';
import type { RunSummary } from '../../../src/domain/run/state';
import type { PageMessage } from '../../../src/protocol/pages/run';
import { element, setAttribute, showIf } from '../../dom';
import type { PageModel } from '../state/model';
import type { ButtonLook } from '../../toolkit';
import { createButton } from '../../toolkit';
import type { Panel } from './panel';

/** What a page may ask of its host. */
export type PageCommand = Extract<PageMessage, { type: 'command' }>['command'];

interface Action {
  readonly command: PageCommand;
  readonly label: string;
  readonly icon: string;
  readonly look: ButtonLook;
  /** Whether the button is there. */
  isShown(model: PageModel): boolean;
  /** Whether it can be pressed; true if absent. */
  isEnabled?(run: RunSummary): boolean;
}

const ACTIONS: readonly Action[] = [
  {
    command: 'manageTrust',
    label: l10n.t('Manage workspace trust'),
    icon: 'shield',
    look: 'primary',
    isShown: ({ trusted }) => !trusted,
  },
  {
    command: 'start',
    label: l10n.t('Start SupCon Run'),
    icon: 'play',
    look: 'primary',
    isShown: ({ run, trusted }) => trusted && (run === null || !isLive(run)),
  },
  {
    command: 'stop',
    label: l10n.t('Stop run'),
    icon: 'debug-stop',
    look: 'secondary',
    isShown: ({ run }) => run !== null && isLive(run),
    isEnabled: canStop,
  },
  {
    command: 'resume',
    label: l10n.t('Resume run'),
    icon: 'debug-continue',
    look: 'secondary',
    isShown: ({ run }) => run?.resumable === true && !isLive(run),
  },
  {
    command: 'openDashboard',
    label: l10n.t('Open dashboard'),
    icon: 'dashboard',
    look: 'secondary',
    isShown: ({ run }) => run !== null,
  },
  {
    command: 'startAgain',
    label: l10n.t('Start again with changes'),
    icon: 'edit',
    look: 'secondary',
    isShown: ({ run }) => run !== null && !isLive(run),
  },
  {
    command: 'showLog',
    label: l10n.t('Show log'),
    icon: 'output',
    look: 'secondary',
    isShown: ({ run }) => run !== null && endedBadly(run),
  },
];

/** Creates the row of buttons. */
export function createActions(run: (command: PageCommand) => void): Panel {
  const buttons = ACTIONS.map((action) => {
    const button = createButton(action.label, action.icon, action.look);
    button.addEventListener('click', () => run(action.command));
    return { action, button };
  });
  const root = element('div', {
    class: 'actions',
    attributes: { role: 'group', 'aria-label': l10n.t('Actions') },
  });
  root.append(...buttons.map(({ button }) => button));
  return {
    element: root,
    update: (model) => {
      for (const { action, button } of buttons) {
        showIf(button, model.sequence !== null && action.isShown(model));
        const isEnabled = model.run === null || (action.isEnabled?.(model.run) ?? true);
        setAttribute(button, 'disabled', isEnabled ? null : '');
      }
    },
  };
}

function endedBadly({ endState }: RunSummary): boolean {
  return endState === 'failed' || endState === 'killed' || endState === 'crashed';
}
