/** The built preview page in Chromium, under its real policy. */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PreviewOpened } from '../../src/protocol/preview';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { TestPage } from './page';
import type { TestPageOptions } from './page';
import { openPage } from './page';
import type { Theme } from './themes';
import { DARK, THEMES } from './themes';

const SIDE = 8;
const OPENED: PreviewOpened & { readonly type: 'opened' } = {
  type: 'opened',
  name: 'fmnist-supcon',
  data: '54,000 training images, 8 x 8, colour, 10 classes',
  height: SIDE,
  width: SIDE,
  count: 54_000,
  views: 2,
  epochs: 100,
  notes: ['It departs from the preset quick, whose values are in brackets: stage1.epochs 5 (100).'],
  warnings: [
    { cause: 'The learning rate is high for the batch.', remedy: 'Set "stage1.learningRate" to 0.05.' },
  ],
  runs: [{ id: 'r1', name: 'first-run' }],
};

/** How long the page may take on a busy machine. */
const eventually = <T>(ask: () => T | Promise<T>) => expect.poll(ask, { timeout: 10_000 });

let browser: Browser;
let bundle: PageBundle;
let open: TestPage[] = [];
beforeAll(async () => {
  bundle = await buildPage('views');
  browser = await launchChromium();
});
afterAll(async () => browser.close());
afterEach(async () => {
  for (const page of open) {
    await page.close();
    expect(page.problems).toEqual([]);
  }
  open = [];
});

interface Setting {
  readonly widthPx?: number;
  readonly theme?: Theme;
  readonly message?: object;
  readonly language?: TestPageOptions['language'];
}

async function opened(setting: Setting = {}): Promise<TestPage> {
  const { widthPx = 1100, theme = DARK, message = OPENED, language } = setting;
  const page = await openPage(browser, bundle, {
    ...{ size: 'wide', widthPx, heightPx: 900, theme },
    ...(language !== undefined && { language }),
  });
  open.push(page);
  await page.sendRaw({ type: 'opening', file: '/w/fmnist.supcon.json' });
  await page.sendRaw(message);
  return page;
}

interface Drawing {
  readonly views?: number;
  readonly samples?: number;
  readonly level?: number;
  readonly comparison?: object | null;
}

/** A drawing whose pictures are all of one grey level, in answer to what was asked last. */
async function answer(page: TestPage, drawing: Drawing = {}): Promise<void> {
  const { views = 2, samples = 4, level = 200, comparison = null } = drawing;
  await page.page.evaluate(
    ({ count, rows, value, compared, bytes }) => {
      const { posted } = window as unknown as { posted: { type: string }[] };
      const request = posted.findLast(({ type }) => type === 'draw');
      const picture = () => new Uint8Array(bytes).fill(value);
      const cosine = (i: number, j: number) => (i === j ? 1 : 0.5 - (i + j) / 10);
      const all = Array.from({ length: rows }, (_, place) => ({
        id: `train/${place}`,
        className: place % 2 === 0 ? 'ankle boot' : 'sandal',
        image: picture(),
        views: Array.from({ length: count }, picture),
        cosines:
          compared === null || 'problem' in compared
            ? null
            : Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => cosine(i, j))),
      }));
      window.postMessage({ ...request, type: 'drawn', rows: all, comparison: compared }, '*');
    },
    { count: views, rows: samples, value: level, compared: comparison, bytes: SIDE * SIDE * 3 },
  );
  await page.page.locator('.sample').first().waitFor();
}

const MEANS = { step: 1200, means: { sameImage: 0.81, sameClass: 0.4, otherClass: -0.05 } };
const draws = async (page: TestPage) =>
  (await page.posted()).filter((message) => (message as { type: string }).type === 'draw');

describe('what is drawn', () => {
  it('is asked for once the data is read, and shown pixel by pixel', async () => {
    const page = await opened();
    await eventually(() => draws(page)).toEqual([{ type: 'draw', first: 0, samples: 12, epoch: 0, run: '' }]);
    await answer(page);
    const canvas = page.page.getByRole('img', { name: 'view 2 of train/1' });
    const pixel = await canvas.evaluate((target) =>
      target instanceof HTMLCanvasElement
        ? [...(target.getContext('2d')?.getImageData(7, 7, 1, 1).data ?? [])]
        : [],
    );
    expect(pixel).toEqual([200, 200, 200, 255]);
    expect(await page.page.locator('.pager .number').innerText()).toBe('1–4 of 54,000');
    expect(await draws(page)).toHaveLength(1);
  });

  it('follows the slider by keyboard; of many steps on the way only the last is asked for', async () => {
    const page = await opened();
    await answer(page);
    const slider = page.page.getByRole('slider', { name: 'Epoch' });
    for (let i = 0; i < 5; i++) await slider.press('ArrowRight');
    await eventually(() => draws(page)).toHaveLength(2);
    await eventually(() => slider.getAttribute('aria-valuetext')).toBe('epoch 6 of 100');
    await answer(page, { level: 90 });
    await eventually(() => draws(page)).toHaveLength(3);
    expect((await draws(page)).at(-1)).toMatchObject({ epoch: 5 });
    expect(await page.page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Epoch');
  });

  it('is turned by pages and counts of samples', async () => {
    const page = await opened();
    await answer(page, { samples: 12 });
    expect(await page.page.getByRole('button', { name: 'Previous samples' }).isDisabled()).toBe(true);
    await page.page.getByRole('button', { name: 'Next samples' }).press('Enter');
    await eventually(async () => (await draws(page)).at(-1)).toMatchObject({ first: 12 });
    await answer(page, { samples: 12 });
    await page.page.getByRole('combobox', { name: 'Samples at once' }).selectOption('24');
    await eventually(async () => (await draws(page)).at(-1)).toMatchObject({ first: 0, samples: 24 });
  });
});

describe('similarity', () => {
  it('of two views is a number with a bar, and averages stand above', async () => {
    const page = await opened();
    await answer(page);
    expect(await page.page.locator('.cosine').first().isVisible()).toBe(false);
    await page.page.getByRole('combobox', { name: 'Compare by the encoder of' }).selectOption('r1');
    await eventually(async () => (await draws(page)).at(-1)).toMatchObject({ run: 'r1' });
    await answer(page, { comparison: MEANS });
    await eventually(() => page.page.locator('.comparison').innerText()).toContain('0.81 within an image');
    expect(await page.page.locator('.cosine').first().innerText()).toContain('0.40');
  });

  it('of more views is a matrix of each pair', async () => {
    const page = await opened({ message: { ...OPENED, views: 4 } });
    await answer(page, { views: 4, comparison: MEANS });
    const cells = page.page.locator('.sample').first().locator('tbody td');
    expect(await cells.allInnerTexts()).toEqual(['0.40', '0.30', '0.20', '0.20', '0.10', '0.00']);
  });

  it('says why there is none, and shows the views all the same', async () => {
    const page = await opened();
    await answer(page, { comparison: { problem: 'It was trained on images of 12 x 12 x 1.' } });
    expect(await page.page.locator('.comparison').innerText()).toContain('12 x 12 x 1');
    expect(await page.page.locator('.sample').count()).toBe(4);
  });
});

describe('without anything to draw', () => {
  it('says what it waits for, and what went wrong with a way out', async () => {
    const page = await opened({ message: { type: 'opening', file: '/w/a.supcon.json' } });
    await eventually(() => page.page.locator('#page').innerText()).toContain(
      'Reading a.supcon.json and its data',
    );
    await page.sendRaw({ type: 'failed', message: 'There is no data in images.' });
    await eventually(() => page.page.locator('#page').innerText()).toContain('There is no data');
    await page.page.getByRole('button', { name: 'Read again' }).press('Enter');
    expect((await page.posted()).at(-1)).toEqual({ type: 'command', command: 'reload' });
  });

  it('offers trust where there is none', async () => {
    const page = await opened({ message: { type: 'untrusted' } });
    await page.page.getByRole('button', { name: 'Manage workspace trust' }).click();
    expect((await page.posted()).at(-1)).toEqual({ type: 'command', command: 'manageTrust' });
  });

  it('ignores hostile messages', async () => {
    const page = await opened();
    await answer(page);
    const row = { id: '<img src=x>', className: 'a', image: 'AAAA', views: [], cosines: null };
    for (const message of [
      null,
      { type: 'drawn' },
      { type: 'drawn', rows: [row] },
      { type: 'opened', name: 3 },
    ])
      await page.sendRaw(message);
    expect(await page.page.locator('.sample').count()).toBe(4);
    expect(await page.page.locator('img').count()).toBe(0);
  });
});

describe('form', () => {
  it.each(THEMES.map((theme): [string, Theme] => [theme.name, theme]))(
    '%s: nothing serious',
    async (_, theme) => {
      const page = await opened({ theme, message: { ...OPENED, views: 3 } });
      await answer(page, { views: 3, comparison: MEANS });
      expect(await seriousViolations(page.page)).toEqual([]);
    },
  );

  it.each([300, 500, 2400])('nothing is cut off at %i px', async (widthPx) => {
    const page = await opened({ widthPx, message: { ...OPENED, views: 8, name: 'long-name-'.repeat(9) } });
    await answer(page, { views: 8, comparison: MEANS });
    const overflow = await page.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  it('the script stays below 150 KB gzipped', () => {
    expect(gzipSync(bundle.files.get('webview/views.js')?.body ?? '').length).toBeLessThan(150_000);
  });
});

describe('language', () => {
  const language = madeUpLanguage();
  /** What the process says that reads the file, names, and places of samples. */
  const DATA = [
    OPENED.name,
    OPENED.data,
    ...OPENED.notes,
    ...OPENED.warnings.flatMap(({ cause, remedy }) => [cause, remedy]),
    'first-run',
    /train\/\d+/,
    /ankle boot|sandal/,
    'fmnist.supcon.json',
    'Loading',
    'There is no data in images.',
  ];

  it('is that of the editor over the pictures and beside them', async () => {
    for (const views of [1, 2, 4]) {
      const page = await opened({ message: { ...OPENED, views }, language });
      await answer(page, { views, comparison: MEANS });
      await page.page.locator('.comparison:not([hidden])').waitFor();
      expect(await plainSentences(page.page, DATA)).toEqual([]);
    }
    const alone = await opened({ message: { ...OPENED, runs: [], epochs: 1 }, language });
    await answer(alone, { comparison: { ...MEANS, means: NO_MEANS } });
    expect(await plainSentences(alone.page, DATA)).toEqual([]);
  });

  it('is that of the editor where there is nothing to draw', async () => {
    const waiting = { type: 'opening', file: '/w/fmnist.supcon.json' };
    for (const message of [waiting, { type: 'untrusted' }, { type: 'failed', message: DATA.at(-1) }]) {
      const page = await opened({ message, language });
      await eventually(() => page.page.locator('.view-status p').innerText()).not.toBe('');
      expect(await plainSentences(page.page, DATA)).toEqual([]);
    }
  });
});

const NO_MEANS = { sameImage: null, sameClass: null, otherClass: null };
