/** The page of a run diff in a real browser: what differs, by keyboard, in every theme and width. */
import { gzipSync } from 'node:zlib';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/domain/diff/compareRuns';
import type { RunDiff } from '../../src/domain/diff/runDiff';
import { METRICS } from '../../src/domain/run/metrics';
import { inMadeUpLanguage } from '../inMadeUpLanguage';
import { codeOf, configurationOf, factsOf, predictionsOf, resultsOf } from '../unit/domain/diff/facts';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { TestPage, TestPageOptions } from './page';
import { openPage } from './page';
import { DARK, THEMES, type Theme } from './themes';

const PATCH = `diff --git a/augment.py b/augment.py
index 1234567..89abcde 100644
--- a/augment.py
+++ b/augment.py
@@ -7,3 +7,3 @@ def crop(image):
 def flip(image):
-    return image
+    return image[:, ::-1]
 
`;

const LONG_NAME = `fashion-mnist-${'supcon-'.repeat(11)}tau-0.2-s3`;

function columnOf(name: string, temperature: number, probes: readonly number[]) {
  const results = resultsOf({
    probe: probes[0],
    ece: temperature / 10,
    accuracy: [0.9 - temperature, 0.8, 0.7],
  });
  return factsOf(name, {
    configuration: configurationOf({ loss: { temperature } }),
    code: codeOf(temperature === 0.1 ? '' : PATCH),
    results,
    replicates: probes.map((probe, i) => ({
      key: `/runs/${name}${i || ''}`,
      seed: i,
      results: resultsOf({ probe }),
      tags: [],
    })),
    predictions: predictionsOf([0, 1, 2, 0], temperature === 0.1 ? [0, 1, 2, 1] : [1, 1, 0, 0]),
  });
}

const TWO_FACTS = [
  columnOf('baseline', 0.1, [0.91, 0.912, 0.914]),
  columnOf(LONG_NAME, 0.2, [0.9, 0.901, 0.902]),
];
const TWO = compareRuns(TWO_FACTS);
const SIX = compareRuns(
  [0.1, 0.2, 0.3, 0.4, 0.5, 0.6].map((tau) => columnOf(`tau-${tau}`, tau, [0.9 - tau / 10])),
);

let browser: Browser;
let bundle: PageBundle;
let open: TestPage | undefined;
beforeAll(async () => {
  [browser, bundle] = await Promise.all([launchChromium(), buildPage('diff')]);
});
afterEach(async () => {
  const problems = open?.problems ?? [];
  await open?.close();
  open = undefined;
  expect(problems).toEqual([]);
});
afterAll(() => browser.close());

async function show(
  diff: RunDiff,
  {
    widthPx = 1200,
    theme = DARK,
    ...rest
  }: { widthPx?: number; theme?: Theme } & Pick<TestPageOptions, 'language'> = {},
) {
  open = await openPage(browser, bundle, { size: 'wide', widthPx, theme, ...rest });
  await open.sendRaw({ type: 'diff', diff });
  await open.page.waitForSelector('.section');
  return open;
}

function rowNames(page: Page, section: string): Promise<string[]> {
  return page.getByRole('region', { name: section, exact: true }).getByRole('rowheader').allInnerTexts();
}

async function lastPosted(shown: TestPage): Promise<unknown> {
  return (await shown.posted()).at(-1);
}

describe('what is shown', () => {
  it('is only what differs, until all is asked for, which survives a reload', async () => {
    const shown = await show(TWO);
    expect(await rowNames(shown.page, 'Configuration')).toEqual(['loss.temperature']);
    expect(await rowNames(shown.page, 'Engine')).toEqual([]);
    await shown.page.getByRole('button', { name: 'Show all' }).press('Enter');
    expect((await rowNames(shown.page, 'Configuration')).length).toBeGreaterThan(100);
    expect(await rowNames(shown.page, 'Engine')).toEqual(['engine', 'device', 'precision']);
    expect((await shown.remembered()).at(-1)).toEqual({ keys: TWO.columns.map(({ key }) => key), all: true });
  });

  it('says better and worse in words beside colour, and what cannot be told', async () => {
    const { page } = await show(TWO);
    const metrics = page.getByRole('region', { name: 'Metrics', exact: true });
    await metrics.getByRole('img', { name: '−1.1, worse' }).waitFor();
    expect(await metrics.innerText()).toContain('3+3');
    const six = (await open?.close(), await show(SIX)).page.getByRole('region', {
      name: 'Metrics',
      exact: true,
    });
    expect(await six.innerText()).toContain('cannot tell: one seed');
  });

  it('has the code with its lines, and the samples with what changed', async () => {
    const { page } = await show(TWO);
    const code = page.getByRole('region', { name: 'Code', exact: true });
    expect(await code.innerText()).toMatch(/1 file, 1 hunk[^]*\+ {4}return image\[:, ::-1\]/);
    const samples = page.getByRole('region', { name: 'Samples', exact: true });
    expect(await samples.innerText()).toContain('3 changed: 2 worse, 1 better');
    expect(await samples.getByRole('listitem').count()).toBe(3);
  });

  it('has the pictures of the samples once they are read, asked for once, or the reason why not', async () => {
    const shown = await show(TWO);
    const samples = shown.page.getByRole('region', { name: 'Samples', exact: true });
    const ids = TWO.samples.diffs[0]?.shown.map(({ id }) => id) ?? [];
    const asked = async () =>
      (await shown.posted()).filter((message) => (message as Posted).type === 'pictures');
    expect(await asked()).toEqual([{ type: 'pictures', column: 1 }]);
    expect(await samples.locator('canvas').count()).toBe(0);
    await sendPictures(shown, { ids, problem: '' });
    await expect.poll(() => samples.locator('canvas').count()).toBe(ids.length);
    expect(await firstPixel(samples.locator('canvas').nth(1))).toEqual([1, 1, 1, 255]);
    // Drawn anew, they are still there.
    await shown.page.getByRole('button', { name: 'Show all' }).press('Enter');
    expect(await samples.locator('canvas').count()).toBe(ids.length);
    expect(await asked()).toHaveLength(1);
    await sendPictures(shown, { ids, problem: 'There are no pictures: the samples are features.' });
    await samples.getByText('the samples are features').waitFor();
  });

  it('is why there is nothing, and what to do', async () => {
    const shown = await show(TWO);
    await shown.sendRaw({ type: 'problem', sentence: 'There is no run x here: compare others.' });
    await shown.page.getByRole('status').filter({ hasText: 'compare others' }).waitFor();
    expect(await shown.page.locator('.section').first().isVisible()).toBe(false);
    await shown.sendRaw({ type: 'diff', diff: TWO });
    await shown.page.locator('.section').first().waitFor();
  });

  it('stays as it is when something sends what is no message', async () => {
    const shown = await show(TWO);
    const before = await shown.page.locator('.diff-frame').innerText();
    for (const hostile of [null, 7, { type: 'diff' }, { type: 'diff', diff: { ...TWO, columns: 'x' } }]) {
      await shown.sendRaw(hostile);
    }
    expect(await shown.page.locator('.diff-frame').innerText()).toBe(before);
  });
});

describe('keyboard', () => {
  it('opens runs, keys and code, changes the baseline, copies', async () => {
    const shown = await show(TWO);
    const press = async (name: string) => {
      await shown.page.getByRole('button', { name, exact: true }).press('Enter');
      return lastPosted(shown);
    };
    expect(await press('Open baseline')).toEqual({ type: 'open', column: 0, what: 'dashboard' });
    expect(await press(`Show the log of ${LONG_NAME}`)).toEqual({ type: 'open', column: 1, what: 'log' });
    expect(await press('Open diff of augment.py')).toEqual({
      type: 'openCode',
      column: 1,
      path: 'augment.py',
    });
    expect(await press(`Make ${LONG_NAME} the baseline`)).toEqual({ type: 'makeBaseline', column: 1 });
    expect(await press('Compare embeddings')).toEqual({ type: 'compareEmbeddings' });
    await shown.page.getByRole('button', { name: 'Copy as Markdown' }).press('Enter');
    expect(await lastPosted(shown)).toEqual({ type: 'copyMarkdown', all: false });
  });

  it('walks the values of a table with the arrows, as one tab stop', async () => {
    const shown = await show(TWO);
    await shown.page.getByRole('button', { name: 'Show all' }).press('Enter');
    const table = shown.page.getByRole('table', { name: 'Configuration' });
    expect(await table.locator('button.link:not([tabindex="-1"])').count()).toBe(1);
    await table.locator('button.link').first().focus();
    await shown.page.keyboard.press('ArrowRight');
    await shown.page.keyboard.press('ArrowDown');
    await shown.page.keyboard.press('Enter');
    expect(await lastPosted(shown)).toMatchObject({ type: 'openKey', column: 1 });
    expect(await table.locator('button.link:not([tabindex="-1"])').count()).toBe(1);
  });

  it('unfolds equal rows where they are', async () => {
    const { page } = await show(TWO);
    const fold = page
      .getByRole('region', { name: 'Engine', exact: true })
      .getByRole('button', { name: '3 equal rows' });
    expect(await fold.getAttribute('aria-expanded')).toBe('false');
    await fold.press('Enter');
    expect(await fold.getAttribute('aria-expanded')).toBe('true');
    expect(await rowNames(page, 'Engine')).toHaveLength(3);
  });
});

/** Answers every question that the page has asked so far: the runs' lines are `step / 100` and half of it. */
async function answerCurves({ page }: TestPage, from: number): Promise<void> {
  await page.evaluate((first) => {
    const { posted } = window as unknown as { posted: Posted[] };
    const asked = posted.filter(({ type }) => type === 'watch');
    asked.forEach(({ id, query }, i) => {
      const lines = query.lines.map((line, column) => {
        const x = Float64Array.from({ length: 21 }, (_, at) => at * 10 * (column + 1));
        const last = x.map((step) => step / 100 / (column + 1));
        const none = { smoothed: new Float64Array(0), nonFinite: new Uint32Array(x.length) };
        const window = { perBucket: 1, x, min: last, max: last, last, ...none };
        const ends = {
          first: 0,
          last: last[20],
          lastStep: x[20],
          min: 0,
          minStep: 0,
          max: 2,
          maxStep: x[20],
        };
        return { ...line, from: 0, window, statistics: { points: 21, nonFinite: 0, ...ends } };
      });
      const answers = [{ id, answer: { lines, bands: [] } }];
      window.postMessage({ type: 'answers', sequence: first + i, answers }, '*');
    });
  }, from);
}

interface Posted {
  readonly type: string;
  readonly id: number;
  readonly query: { readonly lines: readonly { readonly run: string; readonly tag: string }[] };
}

const CURVES = {
  type: 'curves',
  sequence: 1,
  isGrowing: false,
  isRead: true,
  choice: {
    tags: ['accuracy/knn_validation', 'loss/headroom', 'optimisation/learning_rate'],
    loss: 'loss/headroom',
    accuracy: 'accuracy/knn_validation',
    note: 'These runs differ in temperature. Headroom is drawn instead.',
    without: [],
  },
};

function watched(posted: readonly unknown[]): string[] {
  return posted
    .filter((message): message is Posted => (message as Posted).type === 'watch')
    .flatMap(({ query }) => query.lines.map(({ run, tag }) => `${run} ${tag}`));
}

describe('curves', () => {
  it('lie over each other with their difference, by keyboard as well, with a tag of choice', async () => {
    const shown = await show(TWO);
    const { page } = shown;
    await shown.sendRaw(CURVES);
    const curves = page.getByRole('region', { name: 'Curves', exact: true });
    await curves.getByText('Headroom is drawn instead').waitFor();
    await expect
      .poll(async () => watched(await shown.posted()))
      .toEqual(
        ['loss/headroom', 'accuracy/knn_validation'].flatMap((tag) =>
          TWO.columns.map(({ key }) => `${key} ${tag}`),
        ),
      );
    await answerCurves(shown, 2);
    const difference = curves.getByRole('slider', { name: 'Headroom, difference, by step' });
    // Steps 0, 20, ... 200 are of both; there b is half of a.
    await curves.getByText('b less a at 11 shared steps').first().waitFor();
    await expect.poll(() => difference.getAttribute('aria-valuetext')).toContain('-1.00');
    await difference.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => difference.getAttribute('aria-valuetext')).toContain('step 0');
    expect(await inkOf(difference)).toBeGreaterThan(100);
    await curves.getByRole('button', { name: 'Headroom as a table' }).press('Enter');
    await curves.getByRole('rowheader', { name: 'b less a' }).waitFor();
    await curves.getByLabel('Another shared tag').selectOption('optimisation/learning_rate');
    await curves.getByRole('slider', { name: 'Learning rate, by step' }).waitFor();
    await expect.poll(async () => watched(await shown.posted()).at(-1)).toContain('learning_rate');
  });

  it('say what is missing, and are told anew after a message was lost', async () => {
    const shown = await show(SIX);
    const without = SIX.columns.slice(1, 3).map(({ key }) => key);
    const choice = { ...CURVES.choice, note: '', without };
    await shown.sendRaw({ ...CURVES, choice });
    await shown.page.getByText('No curves are recorded for b, c.').waitFor();
    await expect.poll(async () => watched(await shown.posted()).length).toBe(12);
    await answerCurves(shown, 5);
    await expect.poll(async () => await lastPosted(shown)).toEqual({ type: 'missed' });
    expect(await shown.page.getByRole('slider', { name: /difference/ }).count()).toBe(0);
  });
});

interface ToldPictures {
  readonly ids: readonly string[];
  readonly problem: string;
}

/** Pictures of 4 x 4 pixels, the i-th of them of grey level i. */
async function sendPictures({ page }: TestPage, told: ToldPictures): Promise<void> {
  await page.evaluate(({ ids, problem }) => {
    const bytes = 4 * 4 * 3;
    const pixels = new Uint8Array(problem === '' ? ids.length * bytes : 0);
    for (let i = 0; i < pixels.length; i++) pixels[i] = Math.floor(i / bytes);
    window.postMessage({ type: 'pictures', column: 1, ids, height: 4, width: 4, pixels, problem }, '*');
  }, told);
}

function firstPixel(canvas: Locator): Promise<number[]> {
  return canvas.evaluate((target: HTMLCanvasElement) => [
    ...(target.getContext('2d')?.getImageData(0, 0, 1, 1).data ?? []),
  ]);
}

/** Pixels of the chart's canvas that are drawn at all. */
function inkOf(chart: Locator): Promise<number> {
  return chart.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count++;
    return count;
  });
}

describe('form', () => {
  it.each([500, 640, 1200, 3000])(
    'keeps names and baseline in view at %d px, and never scrolls the page itself',
    async (widthPx) => {
      const { page } = await show(SIX, { widthPx });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
      await page.locator('.diff-frame').evaluate((frame) => (frame.scrollLeft = 10_000));
      const name = await page.getByRole('rowheader', { name: 'loss.temperature' }).boundingBox();
      expect(name?.x ?? -1).toBeGreaterThanOrEqual(0);
      const last = await page.getByRole('button', { name: 'Open tau-0.6', exact: true }).boundingBox();
      expect((last?.x ?? Infinity) + (last?.width ?? 0)).toBeLessThanOrEqual(widthPx);
    },
  );

  it('lays the columns of every section under their heads', async () => {
    const { page } = await show(TWO);
    const lefts = await page.evaluate(() =>
      ['.column-head:nth-child(3)', 'td:nth-child(3)'].flatMap((selector) =>
        [...document.querySelectorAll(selector)].map((cell) => Math.round(cell.getBoundingClientRect().left)),
      ),
    );
    expect(new Set(lefts).size).toBe(1);
  });

  it.each(THEMES.map((theme) => [theme.name, theme] as const))('%s: nothing serious', async (_, theme) => {
    const shown = await show(TWO, { theme });
    const { page } = shown;
    await shown.sendRaw(CURVES);
    await expect.poll(async () => watched(await shown.posted()).length).toBe(4);
    await answerCurves(shown, 2);
    await page.getByRole('button', { name: 'Headroom as a table' }).press('Enter');
    await page.getByRole('button', { name: 'Show all' }).press('Enter');
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('the script stays below 150 KB gzipped', () => {
    expect(gzipSync(bundle.files.get('webview/diff.js')?.body ?? '').length).toBeLessThan(150_000);
  });
});

describe('language', () => {
  const language = madeUpLanguage();

  it('is that of the editor in all that the host and the page say, folded rows and charts among it', async () => {
    const diff = await inMadeUpLanguage(async () => {
      const fresh = await import('../../src/domain/diff/compareRuns');
      return fresh.compareRuns(TWO_FACTS);
    });
    const shown = await show(diff, { language });
    const { page } = shown;
    expect(await plainSentences(page, DATA)).toEqual([]);
    await shown.sendRaw({ ...CURVES, choice: { ...CURVES.choice, note: '' } });
    await expect.poll(async () => watched(await shown.posted()).length).toBe(4);
    await answerCurves(shown, 2);
    await page.locator('.curve-note:not([hidden])').first().waitFor();
    for (const fold of await page.locator('button.fold').all()) await fold.click();
    expect(await plainSentences(page, DATA)).toEqual([]);
  });

  it('is that of the editor while the page waits, and where runs have no curves or nothing in common', async () => {
    const waiting = await openPage(browser, bundle, { size: 'wide', widthPx: 1200, language });
    open = waiting;
    await waiting.page.locator('.waiting:not([hidden])').waitFor();
    expect(await plainSentences(waiting.page, DATA)).toEqual([]);
    await waiting.close();
    const six = await inMadeUpLanguage(async () => {
      const fresh = await import('../../src/domain/diff/compareRuns');
      return fresh.compareRuns([0.1, 0.2, 0.3].map((tau) => columnOf(`tau-${tau}`, tau, [0.9])));
    });
    const shown = await show(six, { language });
    const nothing = { ...CURVES.choice, tags: [], loss: null, accuracy: null, note: '' };
    await shown.sendRaw({
      ...CURVES,
      choice: { ...nothing, without: six.columns.slice(1, 2).map(({ key }) => key) },
    });
    await shown.page.locator('.curves p').nth(1).waitFor();
    expect(await plainSentences(shown.page, DATA)).toEqual([]);
  });
});

/** What files hold: keys of configurations with their sentences and units, and values. */
const IN_FILES = [TWO.configuration, TWO.environment, TWO.engine, TWO.data]
  .flatMap(({ rows }) => rows)
  .flatMap(({ description, cells }) => [
    description,
    ...cells.flatMap(({ text, note, title }) => [text, note, title]),
  ])
  .filter((text) => /[a-z]{2}/i.test(text));
const KEYS = [...TWO.configuration.rows, ...TWO.environment.rows]
  .filter(({ key, label }) => key === label)
  .flatMap(({ key }) => [key, ...key.split(/(?<=\.)/)])
  .filter((key) => /[a-z]{2}/i.test(key));

/** As a whole: a short value must not hide a part of a word. */
function whole(text: string): RegExp {
  const literal = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`(?<![A-Za-z])${literal}(?![A-Za-z])`);
}

/** That, names, code, classes and tags; and words that src/domain/display and the controls choose. */
const DATA: readonly (string | RegExp)[] = [
  /fashion-mnist-[-.\w]*|n-tau-0\.2-s3|tau-0\.\d/,
  /\bbaseline\b|\/runs\//,
  /augment\.py|[-+ ]*(def flip|return image).*/,
  /\btest\/\d|\b(shirt|coat|dress)\b/,
  /\b(accuracy\/knn_validation|loss\/headroom|optimisation\/learning_rate|UTC)\b/,
  /\b(completed|Loading)\b/,
  ...[...new Set([...IN_FILES, ...KEYS])].sort((a, b) => b.length - a.length).map(whole),
  ...METRICS.map(({ label }) => label),
];
