/** The built dashboard in Chromium, under its real policy, against a host that answers from made-up runs. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Layout, PageMessage } from '../../src/protocol/pages/dashboard';
import { DEFAULT_LAYOUT } from '../../src/protocol/pages/dashboard';
import { TAG } from '../../src/domain/metrics/tags';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage, buildStubHost } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { TestPage, TestPageOptions } from './page';
import { openPage } from './page';
import type { StubHost } from './stub/host';
import type { Scenario } from './stub/series';
import { visibleTabStops } from './tabStops';
import { THEMES } from './themes';

const TAGS = [
  'loss/optimised',
  'loss/collapse_line',
  'loss/floor',
  'loss/headroom',
  'accuracy/knn_validation',
  'optimisation/learning_rate',
  'val/f1',
  'test/linear_probe',
];
const DESK = { size: 'wide', widthPx: 1200, heightPx: 900 } as const;
/** How long the page may take on a busy machine. */
const PATIENCE_MS = 15_000;

let browser: Browser;
let bundle: PageBundle;
let hostScript: string;
let pages: TestPage[] = [];

beforeAll(async () => {
  bundle = await buildPage('dashboard');
  hostScript = await buildStubHost();
  browser = await launchChromium();
});

afterAll(async () => browser.close());

afterEach(async () => {
  const closing = pages;
  pages = [];
  for (const page of closing) {
    await page.close();
    expect(page.problems).toEqual([]);
  }
});

interface StubWindow {
  readonly stubHost: StubHost;
}

async function opened(
  scenario: Partial<Scenario> = {},
  layout: Partial<Layout> = {},
  options: Partial<TestPageOptions> = {},
): Promise<TestPage> {
  const page = await openPage(browser, bundle, { ...DESK, hostScript, ...options });
  pages.push(page);
  await page.page.evaluate(
    ([wanted, arranged]) => (window as unknown as StubWindow).stubHost.open(wanted, arranged),
    [{ tags: TAGS, ...scenario }, layout] as const,
  );
  await page.page.locator('.card').first().waitFor({ timeout: PATIENCE_MS });
  return page;
}

function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: PATIENCE_MS });
}

const slider = ({ page }: TestPage, title: string | RegExp) =>
  page.getByRole('slider', { name: title }).first();
const valueText = (page: TestPage, title: string | RegExp) =>
  slider(page, title).getAttribute('aria-valuetext');

async function postedOf<Type extends PageMessage['type']>(page: TestPage, type: Type) {
  const posted = (await page.posted()) as PageMessage[];
  return posted.filter((message): message is Extract<PageMessage, { type: Type }> => message.type === type);
}

describe('charts', () => {
  it('draw every visible run, and say the values at a step of each', async () => {
    const page = await opened({ runs: 3 });
    await eventually(() => valueText(page, /^Loss, by step/)).toMatch(
      /^step 399, …tau0\.1-s1 [\d.]+, …tau0\.2-s1 [\d.]+, …tau0\.3-s1 [\d.]+$/,
    );
    await slider(page, /^Loss, by step/).press('Home');
    await eventually(() => valueText(page, /^Loss, by step/)).toMatch(/^step 0, /);
    await slider(page, /^Loss, by step/).press('Shift+ArrowRight');
    await eventually(() => slider(page, /^Loss, by step/).getAttribute('aria-valuenow')).toBe('10');
    // The crosshair of the others follows.
    await eventually(() => valueText(page, /^Headroom, by step/)).toMatch(/^step 10, /);
    await page.page.getByRole('button', { name: /^Show fmnist-supcon-tau0\.2/ }).press('Enter');
    await eventually(() => valueText(page, /^Loss, by step/)).not.toContain('tau0.2');
  });

  it('zoom together by keys, ask for the part in view, and reset', async () => {
    const page = await opened({ points: 20_000 });
    await eventually(() => page.page.locator('.card-footnote').first().innerText()).toMatch(
      /^[\d,]+ of 20,000 points drawn/,
    );
    await slider(page, /^Loss, by step/).focus();
    for (const key of ['Home', '+', '+', '+']) await page.page.keyboard.press(key);
    await eventually(
      async () => (await postedOf(page, 'watch')).at(-1)?.query.range?.[1] ?? Infinity,
    ).toBeLessThan(8000);
    await eventually(() => page.page.locator('.card-footnote').first().innerText()).not.toMatch(/of 20,000/);
    await page.page.keyboard.press('Alt+ArrowRight');
    await eventually(
      async () => (await postedOf(page, 'watch')).at(-1)?.query.range?.[0] ?? 0,
    ).toBeGreaterThan(100);
    await page.page.getByRole('button', { name: 'Reset zoom' }).press('Enter');
    await eventually(async () => (await postedOf(page, 'watch')).at(-1)?.query.range).toBeNull();
  });

  it('zoom to what is dragged over, and back at a double click', async () => {
    const page = await opened({ points: 2000 });
    const box = await slider(page, /^Loss, by step/).boundingBox();
    if (!box) throw new Error('the chart has no box');
    await page.page.mouse.move(box.x + box.width * 0.4, box.y + 60);
    await page.page.mouse.down();
    await page.page.mouse.move(box.x + box.width * 0.6, box.y + 80, { steps: 4 });
    await page.page.mouse.up();
    await eventually(async () => {
      const [from, to] = (await postedOf(page, 'watch')).at(-1)?.query.range ?? [0, 0];
      return from > 300 && to < 1700;
    }).toBe(true);
    await page.page.mouse.dblclick(box.x + box.width / 2, box.y + 60);
    await eventually(async () => (await postedOf(page, 'watch')).at(-1)?.query.range).toBeNull();
  });

  it('show in a table what their lines show, and copy and export it', async () => {
    const page = await opened({ runs: 2, points: 500 });
    await page.page.getByRole('button', { name: 'Headroom as a table' }).press('Enter');
    const table = page.page.getByRole('region', { name: 'Headroom, table' });
    await eventually(() => table.locator('tbody tr').count()).toBe(2);
    expect(await table.locator('caption').innerText()).toBe('2 lines, 1,000 points');
    expect(await table.locator('tbody td').nth(6).innerText()).toBe('499');
    const choose = async (entry: string) => {
      await page.page.getByRole('button', { name: 'Headroom, more' }).press('Enter');
      await page.page.getByRole('menuitem', { name: entry }).press('Enter');
    };
    await choose('Copy table as Markdown');
    await eventually(async () => (await postedOf(page, 'copy')).at(-1)?.text).toMatch(/^\| run {2}/);
    await choose('Export as SVG');
    await choose('Export drawn values as CSV');
    await choose('Export as PNG');
    await eventually(async () => (await postedOf(page, 'save')).map(({ name }) => name)).toEqual([
      'headroom.svg',
      'headroom.csv',
      'headroom.png',
    ]);
    const [svg, csv] = (await postedOf(page, 'save')).map(({ body }) => String(body));
    const isSound = await page.page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, 'image/svg+xml');
      return parsed.querySelector('parsererror') === null && parsed.querySelectorAll('path').length >= 2;
    }, svg);
    expect(isSound).toBe(true);
    expect(csv.trimEnd().split('\n').length).toBeGreaterThan(500);
  });

  it('mark values that are not finite, and count them', async () => {
    const page = await opened({ nanFrom: 100 });
    await eventually(() => page.page.locator('.card-footnote').first().innerText()).toContain(
      '30 not finite',
    );
    await slider(page, /^Loss, by step/).focus();
    await page.page.keyboard.press('Home');
    for (let i = 0; i < 11; i++) await page.page.keyboard.press('Shift+ArrowRight');
    await eventually(() => valueText(page, /^Loss, by step/)).toContain('step 110, not finite');
  });

  it('keep the crosshair where the keys have led it, however often they are drawn meanwhile', async () => {
    const page = await opened();
    const places = () =>
      Promise.all([/^Loss, by step/, /^Headroom, by step/].map((title) => valueText(page, title)));
    await eventually(places).toEqual([
      expect.stringMatching(/^step 399/),
      expect.stringMatching(/^step 399/),
    ]);
    await slider(page, /^Loss, by step/).focus();
    await page.page.keyboard.press('Home');
    // The accuracy has a value at every twentieth step alone, so its own crosshair stands elsewhere.
    for (let i = 0; i < 11; i++) {
      await page.page.keyboard.press('Shift+ArrowRight');
      await page.page.evaluate(() => (window as unknown as StubWindow).stubHost.grow(1));
    }
    await page.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
    expect(await places()).toEqual([expect.stringMatching(/^step 110/), expect.stringMatching(/^step 110/)]);
  });

  it('do not draw raw losses of different temperature over each other, but headroom at one click', async () => {
    const page = await opened({ runs: 2, mixedTemperatures: true });
    const card = page.page.getByRole('figure', { name: 'Loss', exact: true });
    await eventually(() => card.innerText()).toContain('These runs differ in temperature');
    expect(await slider(page, /^Loss, by step/).isVisible()).toBe(false);
    await card.getByRole('button', { name: 'Show headroom instead' }).press('Enter');
    await eventually(async () =>
      (await postedOf(page, 'watch')).at(-1)?.query.lines.map(({ tag }) => tag),
    ).toEqual(['loss/headroom', 'loss/headroom']);
    await eventually(() => card.innerText()).not.toContain('differ');
  });

  it('follow a run that goes on without losing the zoom', async () => {
    const page = await opened({ points: 300 });
    await slider(page, /^Loss, by step/).focus();
    for (const key of ['Home', '+']) await page.page.keyboard.press(key);
    const zoomedTo = async () => (await postedOf(page, 'watch')).at(-1)?.query.range?.[1];
    await eventually(zoomedTo).toBeLessThan(300);
    const before = await zoomedTo();
    await page.page.evaluate(() => (window as unknown as StubWindow).stubHost.grow(100));
    expect(await zoomedTo()).toBe(before);
    await page.page.keyboard.press('0');
    await eventually(() => slider(page, /^Loss, by step/).getAttribute('aria-valuemax')).toBe('399');
  });
});

describe('the page', () => {
  it('builds no card for what is not in view, and finds one of ten thousand tags', async () => {
    const page = await opened({ extraTags: 10_000 });
    await eventually(() =>
      page.page.locator('.section-toggle').filter({ hasText: 'layer' }).innerText(),
    ).toContain('10,000');
    expect(await page.page.locator('.card').count()).toBeLessThan(30);
    await page.page.getByRole('searchbox', { name: /Search charts/ }).fill('layer/7777/');
    await eventually(() => page.page.locator('.card h3').allInnerTexts()).toEqual(['7777/norm']);
  });

  it('draws a chart beyond the edge when it is scrolled into view, and not while its run goes on unseen', async () => {
    const page = await opened({ points: 300, runs: 1, extraTags: 12 }, {}, { heightPx: 400 });
    const seen = page.page.locator('.card').first().getByRole('slider');
    const beyond = page.page.locator('.card').last().getByRole('slider');
    for (const chart of [seen, beyond])
      await eventually(() => chart.getAttribute('aria-valuemax')).toBe('299');
    expect((await beyond.boundingBox())?.y).toBeGreaterThan(400);
    await page.page.evaluate(() => (window as unknown as StubWindow).stubHost.grow(100));
    await eventually(() => seen.getAttribute('aria-valuemax')).toBe('399');
    expect(await beyond.getAttribute('aria-valuemax')).toBe('299');
    await beyond.evaluate((chart) => chart.scrollIntoView());
    await eventually(() => beyond.getAttribute('aria-valuemax')).toBe('399');
  });

  it('folds seeds to a band, and draws each on demand', async () => {
    const page = await opened({ runs: 6, seeds: 3 });
    await eventually(() => page.page.locator('.run-entry').count()).toBe(2);
    await eventually(async () =>
      (await postedOf(page, 'watch')).at(-1)?.query.groups.map(({ runs }) => runs.length),
    ).toEqual([3, 3]);
    await page.page
      .getByRole('button', { name: /seeds of .* one by one/ })
      .first()
      .press('Enter');
    await eventually(() => page.page.locator('.run-entry').count()).toBe(5);
    await eventually(
      async () => (await postedOf(page, 'watch')).at(-1)?.query.lines.length,
    ).toBeGreaterThanOrEqual(3);
    await page.page.getByRole('combobox', { name: 'band' }).selectOption('interval');
    await eventually(async () => (await postedOf(page, 'watch')).at(-1)?.query.band).toBe('interval');
  });

  it('keeps the menu of a run open while the run goes on, and gives the keyboard back to its button', async () => {
    const page = await opened();
    const button = page.page.getByRole('button', { name: /^fmnist.*, more$/ });
    await button.press('Enter');
    await page.page.getByRole('menuitem', { name: 'Show all runs' }).press('ArrowDown');
    const changed = { tags: TAGS, longName: true };
    await page.page.evaluate((told) => (window as unknown as StubWindow).stubHost.open(told), changed);
    await page.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
    expect(await page.page.locator('.run-entry .menu').isVisible()).toBe(true);
    await page.page.keyboard.press('Escape');
    await eventually(() => page.page.locator('.run-name').innerText()).toContain('goes-on-and-on');
    const focused = () => page.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(await focused()).toMatch(/goes-on-and-on.*, more$/);
  });

  it('tells the host how it is arranged, and comes back so', async () => {
    const page = await opened();
    await page.page.getByRole('combobox', { name: 'x axis' }).selectOption('relative');
    await page.page.getByRole('button', { name: 'log y' }).press('Enter');
    await page.page.getByRole('slider', { name: 'Smoothing' }).press('End');
    await page.page.locator('.section-toggle', { hasText: 'Accuracy' }).press('Enter');
    await page.page.getByRole('button', { name: 'Loss, more' }).press('Enter');
    await page.page.getByRole('menuitemcheckbox', { name: 'Pin to the top' }).press('Enter');
    const arranged = {
      axis: 'relative',
      logY: true,
      smoothing: 0.999,
      closedSections: ['Accuracy'],
      pinned: ['loss/optimised'],
    };
    await eventually(async () => (await postedOf(page, 'layout')).at(-1)?.layout).toMatchObject(arranged);
    const again = await opened({}, (await postedOf(page, 'layout')).at(-1)?.layout);
    await eventually(() => again.page.locator('.section-toggle').first().innerText()).toContain('Pinned');
    expect(await again.page.getByRole('combobox', { name: 'x axis' }).inputValue()).toBe('relative');
  });

  it('asks once for a snapshot when a number is missing, and then for its charts', async () => {
    const page = await opened();
    const asked = (await postedOf(page, 'watch')).length;
    await page.page.evaluate(() => (window as unknown as StubWindow).stubHost.skip(5));
    await eventually(async () => (await postedOf(page, 'missed')).length).toBe(1);
    await eventually(async () => (await postedOf(page, 'watch')).length).toBeGreaterThan(asked);
  });

  it('shows final figures, runs as wholes, and one run in depth', async () => {
    const page = await opened({ runs: 8 });
    const final = page.page.getByRole('region', { name: 'Final figures, test split' });
    await eventually(() => final.getByRole('row').count()).toBe(2);
    await eventually(() => page.page.getByText(/Spearman's rank correlation .* over 8 runs/).count()).toBe(1);
    await page.page.getByText('Bounds of the axes').click();
    await page.page
      .getByRole('slider', { name: /lower bound/ })
      .first()
      .press('End');
    await eventually(() => page.page.getByText(/of 8 runs are within all bounds/).innerText()).not.toMatch(
      /^8 of 8/,
    );
    await page.page.getByRole('button', { name: /of trouser answered coat/ }).press('Enter');
    await eventually(async () => (await postedOf(page, 'showSamples')).at(-1)).toMatchObject({
      run: '/runs/run-0',
      trueClass: 1,
      answer: 4,
    });
  });

  it('shows the samples behind a cell with their pictures, and hands them to the map', async () => {
    const page = await opened();
    const cell = page.page.getByRole('button', { name: /of trouser answered trouser/ });
    await cell.press('Enter');
    const items = page.page.locator('.cell-samples li');
    await eventually(() => items.count()).toBe(50);
    expect(await page.page.locator('.cell-samples').innerText()).toContain(
      'trouser answered trouser: 860 samples, the 50 most confident here',
    );
    await eventually(() => items.locator('canvas').count()).toBe(50);
    const darkPixels = await items.locator('canvas').evaluateAll((canvases) =>
      canvases.slice(0, 2).map((canvas) => {
        const context = (canvas as HTMLCanvasElement).getContext('2d');
        return context?.getImageData(0, 0, 28, 1).data.filter((value) => value === 40).length;
      }),
    );
    // Stripes of two and of nine pixels: every sample has its own picture.
    expect(darkPixels).toEqual([14 * 3 + 6 - 6, 18 * 3]);
    expect((await postedOf(page, 'pictures')).map(({ places }) => places.length)).toEqual([50]);
    // What arrives takes the focus from nobody.
    expect(await cell.evaluate((button) => button === document.activeElement)).toBe(true);
    await page.page.getByRole('button', { name: 'Select on the map' }).press('Enter');
    await eventually(() => postedOf(page, 'selectOnMap')).toEqual([
      { type: 'selectOnMap', run: '/runs/run-0', trueClass: 1, answer: 1 },
    ]);
  });

  it('says why there are no pictures of samples', async () => {
    const page = await opened({ picturesProblem: 'There are no pictures: the data set has changed.' });
    await page.page.getByRole('button', { name: /of bag answered bag/ }).press('Enter');
    await eventually(() => page.page.locator('.cell-samples').innerText()).toContain(
      'the data set has changed',
    );
    expect(await page.page.locator('.cell-samples canvas').count()).toBe(0);
    expect(await page.page.locator('.cell-samples li').count()).toBe(50);
  });

  it('shows augmented views once somebody opens them, over a slider of epochs, and ends them when it is closed', async () => {
    const page = await opened({ runs: 2 });
    const section = page.page.getByRole('region', { name: 'Augmented views' });
    await section.waitFor();
    expect(await postedOf(page, 'views')).toEqual([]);
    await section.locator('summary').press('Enter');
    await eventually(() => section.locator('.sample').count()).toBe(6);
    await section.getByRole('slider', { name: 'Epoch' }).press('End');
    const lastDraw = async () =>
      (await postedOf(page, 'views')).flatMap(({ run, message }) =>
        message.type === 'draw' ? [{ run, epoch: message.epoch, first: message.first }] : [],
      );
    await eventually(async () => (await lastDraw()).at(-1)).toEqual({
      run: '/runs/run-0',
      epoch: 9,
      first: 0,
    });
    const view = section.locator('.sample').first().locator('canvas').nth(1);
    const greyOf = () =>
      view.evaluate(
        (canvas) => (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, 1, 1).data[0],
      );
    await eventually(greyOf).toBe(180);
    await section.getByRole('combobox', { name: 'run' }).selectOption('/runs/run-1');
    await eventually(async () => (await lastDraw()).at(-1)).toEqual({
      run: '/runs/run-1',
      epoch: 0,
      first: 0,
    });
    await page.page.locator('.section-toggle', { hasText: 'Augmented views' }).press('Enter');
    await eventually(async () => (await postedOf(page, 'closeViews')).length).toBe(1);
  });

  it('says why there are no augmented views', async () => {
    const page = await opened({
      viewsProblem: 'There are no views: the data set has changed since the run.',
    });
    const section = page.page.getByRole('region', { name: 'Augmented views' });
    await section.locator('summary').press('Enter');
    await eventually(() => section.innerText()).toContain('the data set has changed since the run');
    expect(await section.locator('.sample').count()).toBe(0);
  });

  it('lists alerts of all runs, what wants attention first, and acknowledges by keyboard', async () => {
    const page = await opened({ runs: 3, alerts: 4 });
    const panel = page.page.locator('.dashboard-alerts');
    await eventually(() => panel.innerText()).toContain('6 alerts in 2 runs: Cause collapse of run 1');
    await panel.locator('summary').press('Enter');
    const items = panel.locator('li');
    await eventually(() => items.count()).toBe(12);
    const first = await items.first().innerText();
    expect(first).toContain('collapse · steps 100 to 150 · raised 13 times');
    expect(first).toContain('Raise "loader.workers"');
    expect(await panel.getByText('acknowledged', { exact: true }).count()).toBe(4);
    await panel.getByRole('button', { name: /^Acknowledge: .*Cause collapse of run 1/ }).press('Enter');
    await eventually(() => postedOf(page, 'acknowledge')).toEqual([
      { type: 'acknowledge', run: '/runs/run-1', kind: 'collapse' },
    ]);
    await eventually(() => panel.locator('summary').innerText()).toContain(
      '5 alerts in 2 runs: Cause collapse of run 2',
    );
    expect(await panel.getByText('acknowledged', { exact: true }).count()).toBe(5);
    const focused = () => page.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(await focused()).toMatch(/^Acknowledge: .*run 2/);
  });

  it('shows no alerts where there are none', async () => {
    const page = await opened({ runs: 2 });
    expect(await page.page.locator('.dashboard-alerts').isVisible()).toBe(false);
  });

  it('ignores hostile messages', async () => {
    const page = await opened();
    const hostile = [
      null,
      'x',
      { type: 'snapshot' },
      { type: 'answers', sequence: 1, answers: [{ id: 1, answer: { lines: [{}], bands: [] } }] },
      { type: 'news', sequence: 'a' },
    ];
    for (const message of hostile) await page.sendRaw(message);
    expect(await page.page.locator('.card').count()).toBeGreaterThan(0);
  });
});

describe("the editor's language", () => {
  /** Names of runs, tags, settings, classes, alerts and methods: data, which no language changes. */
  const DATA = [
    /^(fmnist-s|upcon-tau0\.\d|fmnist-supc|on-tau0\.\d-s\d)$/,
    /(fmnist-supcon-)?tau0[\d.]+(-s\d)?/,
    /[a-z]+\/[a-z0-9_]+(\/[a-z]+)?/,
    /(optimiser|…imiser|model|loss|stage1)\.[a-zA-Z]+|\bseed\b/,
    /Cause \S+ of run \d: 31 % of the time goes into waiting for batches\./,
    'Raise "loader.workers", or move the data to a faster disk.',
    /collapse|data-wait|gradient-norm|temperature/,
    /^(f1|val|progress)$|t-shirt|trouser|pullover|dress|coat|sandal|shirt|sneaker|bag|ankle boot|boot/,
    /kNN|NaN|[AP]M/,
  ];

  async function left(
    scenario: Partial<Scenario>,
    layout: Partial<Layout> = {},
    look: (page: TestPage) => Promise<void> = () => Promise.resolve(),
  ): Promise<string[]> {
    const page = await opened(scenario, layout, { language: madeUpLanguage() });
    await look(page);
    return plainSentences(page.page, DATA);
  }

  const press = async ({ page }: TestPage, selector: string, place = 0) =>
    page.locator(selector).nth(place).press('Enter');

  it('is spoken by charts, tables, menus and lists', async () => {
    const everyTag = [...Object.values(TAG), 'val/f1', 'unnamed'];
    const layout: Partial<Layout> = { enlarged: ['loss/optimised'], pinned: ['val/f1'], chartSize: 'small' };
    const sentences = await left(
      { tags: everyTag, alerts: 4, points: 2000, nanFrom: 100 },
      layout,
      async (page) => {
        await press(page, '.dashboard-alerts summary');
        await press(page, '.card .codicon-table');
        await press(page, '.confusion button', 1);
        await page.page.locator('.sections').evaluate((sections) => sections.scrollTo(0, 0));
        await page.page.locator('.chart-stage').first().press('Home');
        await press(page, '.card .codicon-ellipsis');
        await page.page.locator('.menu:not([hidden])').waitFor();
      },
    );
    expect(sentences).toEqual([]);
  });

  it('is spoken of several runs and their seeds', async () => {
    expect(
      await left({ runs: 6, seeds: 3, alerts: 4 }, { hidden: ['/runs/run-5'] }, async (page) => {
        await press(page, '.run-entry.is-group .codicon-chevron-right');
        await eventually(() => page.page.locator('.run-entry').count()).toBeGreaterThan(3);
        await page.page.locator('.chart-stage').first().press('Home');
        await press(page, '.run-entry .codicon-ellipsis');
        await page.page.locator('.menu:not([hidden])').waitFor();
      }),
    ).toEqual([]);
    const manyAxes = { axis: 'relative', logY: true, smoothing: 0.9 } as const;
    expect(await left({ runs: 8, mixedTemperatures: true }, manyAxes)).toEqual([]);
  });

  it('is spoken where there is nothing to show', async () => {
    const page = await opened({}, {}, { language: madeUpLanguage() });
    const nothing = { type: 'snapshot', layout: DEFAULT_LAYOUT, order: [], runs: [], progress: null };
    const reading = { runsRead: 3, runs: 10, bytesRead: 2e6, bytes: 1e9 };
    const scenes = [
      { ...nothing, trusted: true },
      { ...nothing, trusted: false },
      { ...nothing, trusted: true, progress: reading },
    ];
    for (const [i, scene] of scenes.entries()) {
      await page.sendRaw({ ...scene, sequence: 1000 + i });
      await eventually(() => page.page.locator('.page-status').innerText()).not.toBe('');
      expect(await plainSentences(page.page, DATA)).toEqual([]);
    }
  });
});

describe('access', () => {
  it.each(THEMES.map((theme) => [theme.name, theme] as const))('%s: nothing serious', async (_, theme) => {
    const page = await opened({ runs: 4, seeds: 2, alerts: 3 }, {}, { theme });
    await page.page.getByRole('button', { name: 'Headroom as a table' }).click();
    await page.page.locator('.dashboard-alerts summary').click();
    await page.page.getByRole('button', { name: /of trouser answered trouser/ }).press('Enter');
    await page.page.locator('.cell-samples canvas').first().waitFor({ timeout: PATIENCE_MS });
    expect(await seriousViolations(page.page)).toEqual([]);
  });

  it.each([500, 760, 3000])('fits into %d px', async (widthPx) => {
    const page = await opened({ runs: 3, longName: true }, {}, { widthPx });
    expect(await page.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(widthPx);
    const overflows = await page.page
      .locator('.sections')
      .evaluate((body) => body.scrollWidth - body.clientWidth);
    expect(overflows).toBeLessThanOrEqual(0);
  });

  it('reaches every control by Tab, with a visible focus', async () => {
    const page = await opened();
    const seen = await visibleTabStops(page.page, 60);
    for (const label of [
      'Search runs in view',
      'Smoothing',
      'Loss, by step',
      'Loss as a table',
      'Loss, more',
    ]) {
      expect(seen).toContain(label);
    }
  });
});
