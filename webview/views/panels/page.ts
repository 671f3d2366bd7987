/** The preview page: head, controls, what the encoder says, the pictures, and what is to be known beside them. */
import * as l10n from '@vscode/l10n';
import { element, icon, setIcon, setText, showIf } from '../../dom';
import { createButton } from '../../toolkit';
import { comparisonText } from '../state/words';
import { createAdvice } from './advice';
import { createControls } from './controls';
import { createGrid } from './grid';
import type { ViewsActions, ViewsPanel } from './panel';
import { createStatus } from './status';

/** Creates the page. */
export function createViewsPage(actions: ViewsActions): ViewsPanel {
  const head = createHead(actions);
  const status = createStatus(actions, Date.now());
  const controls = createControls(actions);
  const comparison = createComparison();
  const grid = createGrid();
  const advice = createAdvice();
  const main = element('div', { class: 'view-main' }, [grid.element]);
  const body = element('div', { class: 'view-body' }, [main, advice.element]);
  const parts = [head, status, controls, comparison, grid, advice];
  const above = [head, status, controls, comparison].map((part) => part.element);
  return {
    element: element('div', { class: 'views-page' }, [...above, body]),
    update: (model, now) => {
      for (const part of parts) part.update(model, now);
    },
  };
}

function createHead({ run }: ViewsActions): ViewsPanel {
  const title = element('h1', { class: 'ellipsis' });
  const data = element('p', { class: 'quiet' });
  const start = createButton(l10n.t('Start SupCon Run'), 'play', 'primary');
  start.addEventListener('click', () => run('start'));
  const open = createButton(l10n.t('Open configuration'), 'go-to-file', 'secondary');
  open.addEventListener('click', () => run('openFile'));
  const names = element('div', { class: 'view-names' }, [title, data]);
  const root = element('header', { class: 'view-head' }, [
    names,
    element('div', { class: 'actions' }, [start, open]),
  ]);
  return {
    element: root,
    update: ({ phase, opened }) => {
      showIf(root, phase === 'opened' && opened !== null);
      if (opened === null) return;
      setText(title, opened.name);
      title.title = opened.name;
      const views = opened.views === 1 ? l10n.t('1 view') : l10n.t('{0} views', opened.views);
      setText(data, l10n.t('{0}, {1} of each', opened.data, views));
    },
  };
}

function createComparison(): ViewsPanel {
  const glyph = icon('info');
  const text = element('span');
  const root = element('p', { class: 'comparison', attributes: { role: 'status' } }, [glyph, text]);
  return {
    element: root,
    update: ({ phase, drawn }) => {
      const comparison = drawn?.comparison ?? null;
      const isProblem = comparison !== null && 'problem' in comparison;
      showIf(root, phase === 'opened' && comparison !== null);
      setIcon(glyph, isProblem ? 'warning' : 'info');
      glyph.dataset['tone'] = isProblem ? 'warning' : 'information';
      setText(text, comparisonText(comparison));
    },
  };
}
