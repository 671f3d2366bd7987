/**
 * The dashboard in Chromium, with a host of made-up runs inside the page: what is measured here is the page's own
 * part, from the reader's wheel or a run's new points to what is drawn. The host computes its answers in the same
 * thread, so its time is measured too and taken off.
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
 * Opens the page. Throws with what to install where there is no browser.
 * @returns {Promise<DashboardPage>}
 */
export async function openDashboard() {
  const executablePath = findChromium();
  if (executablePath === undefined)
    throw new Error('No Chromium found: install the package "chromium" or set CHROMIUM_PATH.');
  const [script, host] = await Promise.all([pageScript(), hostScript()]);
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox'],
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  const styles = STYLES.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  const html = `<!DOCTYPE html><style>${styles}</style><body data-size="wide" class="vscode-dark"><main id="page"></main><script>${host}</script><script>${script}</script>`;
  await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ body: html, contentType: 'text/html' }));
  await page.goto(`${ORIGIN}/index.html`);
  return { page, close: () => browser.close() };
}

/** The page as it ships; closing tags inside it would end the element. */
async function pageScript() {
  const bundle = bundles.find(({ out }) => out === 'webview/dashboard.js');
  if (bundle === undefined) throw new Error('there is no bundle of the dashboard');
  const { outputFiles } = await esbuild.build({ ...buildOptions(bundle, 'production'), write: false });
  const script = outputFiles?.find(({ path }) => path.endsWith('.js'));
  return (script?.text ?? '').replaceAll('</script', '<\\/script');
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
