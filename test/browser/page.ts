/** A page in a real browser, under its real policy, with a stub in place of the editor. */
import type { Browser, Page } from 'playwright-core';
import { pageHtml, type PageLanguage } from '../../src/extension/page/html';
import { PAGES, scriptOf } from '../../src/extension/page/pages';
import type { PageBundle } from './buildPage';
import type { PlainMessage } from './messages';
import { DARK, type Theme } from './themes';

const ORIGIN = 'https://page.test';

interface StubWindow {
  posted: unknown[];
  remembered: unknown[];
}

/** What a test can do with the page. */
export interface TestPage {
  readonly page: Page;
  /** Violations of the policy and uncaught errors so far. */
  readonly problems: string[];
  send(message: PlainMessage): Promise<void>;
  /** Posts anything at all to the page. */
  sendRaw(message: unknown): Promise<void>;
  posted(): Promise<unknown[]>;
  remembered(): Promise<unknown[]>;
  setTheme(theme: Theme): Promise<void>;
  close(): Promise<void>;
}

export interface TestPageOptions {
  readonly size: 'narrow' | 'wide';
  readonly widthPx: number;
  readonly heightPx?: number;
  readonly theme?: Theme;
  /** A script that stands for the host, in place of a stub that answers nothing. */
  readonly hostScript?: string;
  readonly isMotionReduced?: boolean;
  /** Device pixels a CSS pixel, 2 on a fine screen or at 200 % zoom. */
  readonly scale?: number;
  /** What the editor speaks; English where left out. */
  readonly language?: PageLanguage;
}

/** Opens the page. */
export async function openPage(
  browser: Browser,
  bundle: PageBundle,
  options: TestPageOptions,
): Promise<TestPage> {
  const viewport = { width: options.widthPx, height: options.heightPx ?? 800 };
  const context = await browser.newContext({
    viewport,
    deviceScaleFactor: options.scale ?? 1,
    reducedMotion: options.isMotionReduced === true ? 'reduce' : 'no-preference',
  });
  const page = await context.newPage();
  const problems = collectProblems(page);
  await serve(page, bundle, options);
  if (options.hostScript === undefined) await page.addInitScript(stubEditor);
  else await page.addInitScript({ content: options.hostScript });
  await page.goto(`${ORIGIN}/index.html`);
  await page.evaluate(applyTheme, options.theme ?? DARK);
  await page.waitForFunction(() => (window as unknown as StubWindow).posted.length > 0);
  return {
    page,
    problems,
    send: (message) => page.evaluate(postTyped, message),
    sendRaw: (message) => page.evaluate((raw) => window.postMessage(raw, '*'), message),
    posted: () => page.evaluate(() => (window as unknown as StubWindow).posted),
    remembered: () => page.evaluate(() => (window as unknown as StubWindow).remembered),
    setTheme: (theme) => page.evaluate(applyTheme, theme),
    close: () => context.close(),
  };
}

function collectProblems(page: Page): string[] {
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  return problems;
}

async function serve(page: Page, bundle: PageBundle, { size, language }: TestPageOptions): Promise<void> {
  const html = pageHtml({
    cspSource: ORIGIN,
    nonce: 'c3VwY29uLXRlc3Q',
    title: PAGES[bundle.name].title,
    script: `${ORIGIN}/${scriptOf(bundle.name)}`,
    styles: PAGES[bundle.name].styles.map((path) => `${ORIGIN}/${path}`),
    size,
    ...(language && { language }),
  });
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1);
    const file = bundle.files.get(path);
    if (path === 'index.html') await route.fulfill({ body: html, contentType: 'text/html' });
    else if (file) await route.fulfill({ body: file.body, contentType: file.type });
    else await route.fulfill({ status: 404, body: '' });
  });
}

// The functions below run inside the page: they may use nothing from this module.

function stubEditor(): void {
  const stub = window as unknown as StubWindow & { acquireVsCodeApi(): unknown };
  stub.posted = [];
  stub.remembered = [];
  stub.acquireVsCodeApi = () => ({
    postMessage: (message: unknown) => stub.posted.push(message),
    setState: (state: unknown) => stub.remembered.push(state),
    getState: () => stub.remembered.at(-1),
  });
}

function postTyped(message: PlainMessage): void {
  const series = message.series.map((points) => ({
    ...points,
    steps: Float64Array.from(points.steps),
    wallTimes: Float64Array.from(points.wallTimes),
    values: Float64Array.from(points.values),
  }));
  window.postMessage({ ...message, series }, '*');
}

function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  root.removeAttribute('style');
  for (const [name, value] of Object.entries(theme.variables))
    root.style.setProperty(`--vscode-${name}`, value);
  root.style.background = `var(--vscode-${document.body.dataset['size'] === 'narrow' ? 'sideBar' : 'editor'}-background)`;
  document.body.className = theme.kind;
  document.body.dataset['vscodeThemeKind'] = theme.kind;
}
