/** A page in Chromium without a graphics card that holds the projector's renderer and made-up maps. */
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { chromium } from 'playwright-core';
import { root } from '../../src/setup/install.mjs';
import { findChromium } from '../../src/setup/tools.mjs';

const ORIGIN = 'https://page.test';
/** As an editor without a graphics card: no WebGL at all. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-software-rasterizer',
  '--disable-background-networking',
];

/**
 * Opens the page, or gives the reason why there is none.
 * @returns {Promise<{ page: import('playwright-core').Page, close: () => Promise<void> } | { missing: string }>}
 */
export async function openRendererPage() {
  const executablePath = findChromium();
  if (executablePath === undefined) return { missing: 'No Chromium was found: set CHROMIUM_PATH.' };
  const script = await rendererScript();
  const browser = await chromium.launch({ executablePath, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 2100, height: 1500 } });
  const html = `<!DOCTYPE html><body><main id="map" style="position:relative"></main><script>${script}</script>`;
  await page.route(`${ORIGIN}/**`, (route) => route.fulfill({ body: html, contentType: 'text/html' }));
  await page.goto(`${ORIGIN}/index.html`);
  return { page, close: () => browser.close() };
}

/** Minified as it ships; closing tags inside it would end the element. */
async function rendererScript() {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(root, 'test/browser/stub/renderer.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'chrome132',
  });
  return (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script');
}
