/** The pages, by the name of their folder below webview/: what a tab or view with each of them loads. */
import * as l10n from '@vscode/l10n';
export interface PageLook {
  /** For assistive technology: what this page is. */
  readonly title: string;
  /** Files below dist/, in order. */
  readonly styles: readonly string[];
}

const CODICONS = 'webview/codicon.css';
const COMMON = 'media/page.css';
/** What charts of the curves of many runs look like. */
const CHARTS = 'media/charts.css';
/** Fields, buttons, menus and the bar above. */
const CONTROLS = 'media/controls.css';
/** Samples and their augmented views. */
const VIEWS = 'media/views.css';

export const PAGES = {
  dashboard: {
    title: l10n.t('SupCon dashboard'),
    styles: [CODICONS, 'webview/dashboard.css', COMMON, CHARTS, CONTROLS, VIEWS, 'media/dashboard.css'],
  },
  projector: {
    title: l10n.t('Map of embeddings'),
    styles: [CODICONS, COMMON, CONTROLS, 'media/projector.css'],
  },
  run: {
    title: l10n.t('SupCon run'),
    styles: [CODICONS, 'webview/run.css', COMMON, 'media/run.css'],
  },
  diff: {
    title: l10n.t('Comparison of runs'),
    styles: [CODICONS, 'webview/diff.css', COMMON, CHARTS, 'media/diff.css'],
  },
  table: {
    title: l10n.t('SupCon runs table'),
    styles: [CODICONS, COMMON, 'media/table.css'],
  },
  views: { title: l10n.t('Views of a configuration'), styles: [CODICONS, COMMON, VIEWS] },
} as const satisfies Readonly<Record<string, PageLook>>;

export type PageName = keyof typeof PAGES;

/** The script of a page, below dist/. */
export function scriptOf(page: PageName): string {
  return `webview/${page}.js`;
}
