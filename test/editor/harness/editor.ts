/**
 * The editor as a person sees it: a page in Chromium, driven by accessible names. A webview is a frame in a frame;
 * frames are looked up anew for every action, because a reload replaces them.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { launchChromium } from '../../browser/chromium';
import type { EditorServer } from './server';

/** Milliseconds for the first paint of the workbench, 10-15 s on a quiet machine. */
const FIRST_PAINT_MS = 120_000;
/** Milliseconds for anything that a click sets off inside the editor. */
const REACTION_MS = 30_000;
/** Milliseconds in which an open palette lists what it has. */
const PALETTE_MS = 2_000;

/** One editor window. */
export interface Editor {
  readonly page: Page;
  /** F1, the command's title, Enter. */
  runCommand(title: string): Promise<void>;
  /** Chooses the entry of the open quick pick whose label contains the text. */
  pick(label: string | RegExp): Promise<void>;
  /** Opens a container of the activity bar by its title. */
  openContainer(title: string): Promise<void>;
  /** The webview whose body has `data-size`, narrow in the side bar and wide in a panel; waits until it is there. */
  dashboard(size: 'narrow' | 'wide'): Promise<Frame>;
  /** A row of any tree by its accessible name. */
  treeRow(text: string | RegExp): Locator;
  /** A notification whose text matches. */
  notification(text: string | RegExp): Locator;
  /** "Developer: Reload Window"; waits for the workbench. A reload by the browser loses which tabs are open. */
  reload(): Promise<void>;
  /** Takes a picture into $SUPCON_SCREENSHOTS, when that is set. */
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the workspace of a server in a browser window of its own and waits for the workbench. */
export async function openEditor(server: EditorServer, size = { width: 1280, height: 800 }): Promise<Editor> {
  const browser = await launchChromium();
  const page = await browser.newPage({ viewport: size });
  page.setDefaultTimeout(REACTION_MS);
  await page.goto(server.url);
  await waitForWorkbench(page);
  return {
    page,
    runCommand: (title) => runCommand(page, title),
    pick: (label) => pick(page, label),
    openContainer: (title) => openContainer(page, title),
    dashboard: (which) => findDashboard(page, which),
    treeRow: (text) => page.getByRole('treeitem', { name: text }),
    notification: (text) =>
      page.locator('.notifications-toasts .notification-list-item').filter({ hasText: text }),
    reload: () => reload(page),
    screenshot: (name) => screenshot(page, name),
    close: () => closeBrowser(page, browser),
  };
}

async function waitForWorkbench(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .activitybar').waitFor({ timeout: FIRST_PAINT_MS });
  await page.locator('.statusbar-item').first().waitFor({ timeout: FIRST_PAINT_MS });
}

/** The palette lists what was registered when it opened, so it is opened anew until the command is there. */
async function runCommand(page: Page, title: string): Promise<void> {
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  const deadline = Date.now() + REACTION_MS;
  while (Date.now() < deadline) {
    await page.keyboard.press('F1');
    if (await lists(page, title, row)) return row.click();
    await page.keyboard.press('Escape');
  }
  throw new Error(`the palette has no command "${title}"`);
}

/** Whether the palette opens and finds the command; a key that came at a bad moment opens none. */
async function lists(page: Page, title: string, row: Locator): Promise<boolean> {
  try {
    await page.locator('.quick-input-widget input').fill(`>${title}`, { timeout: PALETTE_MS });
    await row.waitFor({ timeout: PALETTE_MS });
    return true;
  } catch {
    return false;
  }
}

async function reload(page: Page): Promise<void> {
  const reloaded = page.waitForEvent('load');
  await runCommand(page, 'Developer: Reload Window');
  await reloaded;
  await waitForWorkbench(page);
}

async function pick(page: Page, label: string | RegExp): Promise<void> {
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: label }).first().click();
}

/** A click closes a container that something else opened just before it, so it is clicked until it is open. */
async function openContainer(page: Page, title: string): Promise<void> {
  const tab = page.locator('.activitybar').getByRole('tab', { name: title });
  await tab.waitFor();
  while ((await tab.getAttribute('aria-selected')) !== 'true') {
    await tab.click();
    await page
      .locator('.activitybar')
      .getByRole('tab', { name: title, selected: true })
      .waitFor({ timeout: PALETTE_MS })
      .catch(() => undefined);
  }
}

async function findDashboard(page: Page, size: 'narrow' | 'wide'): Promise<Frame> {
  const deadline = Date.now() + REACTION_MS;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      if ((await sizeOf(frame)) === size) return frame;
    }
    await sleep(100);
  }
  throw new Error(`no ${size} dashboard came up within ${REACTION_MS / 1000} s`);
}

/** A frame may go away while it is asked: then it is none of ours. */
async function sizeOf(frame: Frame): Promise<string | undefined> {
  return frame.evaluate(() => document.body.dataset['size']).catch(() => undefined);
}

async function screenshot(page: Page, name: string): Promise<void> {
  const folder = process.env['SUPCON_SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** The page first: a browser that dies with its page open leaves an extension host behind. */
async function closeBrowser(page: Page, browser: Browser): Promise<void> {
  await page.close();
  await browser.close();
}
