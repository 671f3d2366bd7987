/**
 * The dashboard in Chromium. Without another host, one of made-up runs is inside the page: then what is measured is the
 * page's own part, from the reader's wheel or a run's new points to what is drawn. That host computes its answers in the
 * same thread, so its time is measured too and taken off.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { buildOptions, bundles } from '../../esbuild.config.mjs';
import { root } from '../../src/setup/install.mjs';
import { findChromium } from '../../src/setup/tools.mjs';

const ORIGIN = 'https://page.test';
const STYLES = ['media/page.css', 'media/dashboard.css'];

/**
 * @typedef {object} DashboardPage
 * @property {import('playwright-core').Page} page
 * @property {() => Promise<void>} close
 */

/**
 * Who stands for the editor.
 * @typedef {object} Host
 * @property {string} script runs before the page's own, and gives it `acquireVsCodeApi`
 * @property {(message: unknown) => void} [receive] what the script may call as `window.tellHost`
 */

/**
 * Opens the page. Throws with what to install where there is no browser.
 * @param {Host} [other] in place of the made-up runs
 * @returns {Promise<DashboardPage>}
 */
export async function openDashboard(other) {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium found: install the package "chromium" or set CHROMIUM_PATH.');
  const [shipped, host] = await Promise.all([pageBundle(), other?.script ?? hostScript()]);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  const styles = [...STYLES.map((file) => readFileSync(join(root, file), 'utf8')), shipped.styles].join('\n');
  const html = `<!DOCTYPE html><style>${styles}</style><body data-size="wide" class="vscode-dark"><main id="page"></main><script>${host}</script><script>${shipped.script}</script>`;
  if (other?.receive !== undefined) await page.exposeFunction('tellHost', other.receive);
  await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ body: html, contentType: 'text/html' }));
  await page.goto(`${ORIGIN}/index.html`);
  return { page, close: () => browser.close() };
}

/** The page as it ships; closing tags inside it would end the element. */
async function pageBundle() {
  const bundle = bundles.find(({ out }) => out === 'webview/dashboard.js');
  if (bundle === undefined) throw new Error('there is no bundle of the dashboard');
  const { outputFiles } = await esbuild.build({ ...buildOptions(bundle, 'production'), write: false });
  const textOf = (/** @type {string} */ ending) =>
    outputFiles?.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: textOf('.js').replaceAll('</script', '<\\/script'), styles: textOf('.css') };
}

async function hostScript() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['test/browser/stub/host.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome132',
  });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}
