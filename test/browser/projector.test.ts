/** The built projector in Chromium, under its real policy, against a host with made-up maps. */
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ProjectorHostMessage, ProjectorPageMessage } from '../../src/protocol/pages/projector';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage, buildStubHost } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { TestPage, TestPageOptions } from './page';
import { openPage } from './page';
import type { ProjectorHost, ProjectorScenario } from './stub/projectorHost';
import { visibleTabStops } from './tabStops';
import type { Theme } from './themes';
import { THEMES } from './themes';

const DESK = { size: 'wide', widthPx: 1200, heightPx: 900 } as const;
/** How long the page may take on a busy machine. */
const PATIENCE_MS = 15_000;

let browser: Browser;
let bundle: PageBundle;
let hostScript: string;
let pages: TestPage[] = [];

beforeAll(async () => {
  bundle = await buildPage('projector');
  hostScript = await buildStubHost('projectorHost');
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

interface HostWindow {
  readonly projectorHost: ProjectorHost;
}

async function bare(options: Partial<TestPageOptions> = {}): Promise<TestPage> {
  const page = await openPage(browser, bundle, { ...DESK, hostScript, ...options });
  pages.push(page);
  return page;
}

async function opened(
  scenario: Partial<ProjectorScenario> = {},
  options: Partial<TestPageOptions> = {},
): Promise<TestPage> {
  const page = await bare(options);
  await page.page.evaluate(
    (wanted) => (window as unknown as HostWindow).projectorHost.open(wanted),
    scenario,
  );
  await page.page.locator('.map').waitFor({ timeout: PATIENCE_MS });
  if (scenario.answers !== false) await eventually(() => text(page, '.strip')).toContain('trustworthiness');
  return page;
}

function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: PATIENCE_MS });
}

const text = ({ page }: TestPage, selector: string) => page.locator(selector).first().innerText();
const say = ({ page }: TestPage, message: ProjectorHostMessage) =>
  page.evaluate((told) => (window as unknown as HostWindow).projectorHost.send(told), message);
const button = ({ page }: TestPage, name: string | RegExp) => page.getByRole('button', { name }).first();

async function postedOf<Type extends ProjectorPageMessage['type']>(page: TestPage, type: Type) {
  const posted = (await page.posted()) as ProjectorPageMessage[];
  return posted.filter(
    (message): message is Extract<ProjectorPageMessage, { type: Type }> => message.type === type,
  );
}

/** Points at samples in reading order until one is found, as with the key N. */
async function pointAtFirst({ page }: TestPage): Promise<void> {
  await page.locator('.map').focus();
  await page.keyboard.press('n');
  await page.locator('.card-of-sample').waitFor({ timeout: PATIENCE_MS });
}

/** Drags over the map between two corners, given as shares of its size. */
async function drag(page: Page, from: readonly [number, number], to: readonly [number, number]) {
  const box = await page.locator('.map').boundingBox();
  if (!box) throw new Error('there is no map');
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, from[1]]));
  await page.mouse.move(...at(to), { steps: 4 });
  await page.mouse.up();
}

describe('a map', () => {
  it('stands beside its method, its sample, and what it distorts', async () => {
    const page = await opened();
    const strip = await text(page, '.strip');
    for (const words of [
      '2,000 of 4,000 samples',
      'UMAP, k 15, cosine, seed 3',
      '0.830 here, 0.912 in 128-d',
    ])
      expect(strip).toContain(words);
    expect(strip).toMatch(/Drawn by the processor: /);
    expect(await text(page, '.legend')).toContain('ankle boot');
  });

  it('is asked for anew with another method, table or number of samples', async () => {
    const page = await opened();
    await page.page.getByLabel('method').selectOption('pca');
    await page.page.getByLabel('vectors').selectOption('projections');
    await page.page.locator('.bar').getByLabel('samples').selectOption('1000');
    const shows = await postedOf(page, 'show');
    expect(shows.map(({ request }) => request)).toEqual([1, 2, 3, 4]);
    expect(shows.at(-1)?.map).toMatchObject({ method: 'pca', table: 'projections', limit: 1000, seed: 3 });
    await eventually(() => text(page, '.strip')).toContain('PCA, seed 3');
  });

  it('has axes between classes, one for each dimension', async () => {
    const page = await opened();
    await page.page.getByLabel('method').selectOption('axes');
    await page.page.getByLabel('y to').selectOption('class bag');
    const axes = (await postedOf(page, 'show')).at(-1)?.map.axes;
    expect(axes).toEqual([
      { from: { class: 't-shirt' }, to: { class: 'trouser' } },
      { from: { class: 'trouser' }, to: { class: 'bag' } },
    ]);
  });
});

describe('a sample', () => {
  it('has a card with its neighbours in full dimension, is pinned by Enter, and opens its file', async () => {
    const page = await opened();
    await pointAtFirst(page);
    await eventually(() => text(page, '.card-of-sample')).toMatch(
      /validation\/\d+[\s\S]*confidence[\s\S]*0\.990/,
    );
    await page.page.keyboard.press('Enter');
    await button(page, 'Open file').click();
    const [open] = await postedOf(page, 'openSample');
    expect(open).toMatchObject({ pane: 'left' });
    await eventually(() => page.page.getByRole('list', { name: 'Neighbours' }).locator('li').count()).toBe(
      10,
    );
    await page.page.getByRole('combobox', { name: 'by', exact: true }).selectOption('euclidean');
    await eventually(async () => (await postedOf(page, 'neighbours')).at(-1)?.metric).toBe('euclidean');
    await page.page.locator('.map').focus();
    await page.page.keyboard.press('Escape');
    await eventually(() => page.page.locator('.card-of-sample').isVisible()).toBe(false);
  });

  it('shows votes of neighbours as such in legend, card and class table', async () => {
    const page = await opened({ rows: 300, isVoted: true });
    expect(await page.page.locator('.side .voted-words').first().isVisible()).toBe(false);
    await page.page.getByLabel('colour by').selectOption({ label: 'correct (by neighbours)' });
    await eventually(() => text(page, '.side .voted-words')).toMatch(
      /^No predictions are recorded: these are/,
    );
    await page.page.locator('summary', { hasText: 'Classes' }).click();
    await eventually(() => text(page, '.table-holder + .voted-words')).toMatch(/not predictions\.$/);
    await pointAtFirst(page);
    await eventually(() => text(page, '.card-of-sample')).toContain('confidence (by neighbours)');
    const recorded = await opened({ rows: 300 });
    await recorded.page.getByLabel('colour by').selectOption({ label: 'correct' });
    await pointAtFirst(recorded);
    await eventually(() => text(recorded, '.card-of-sample')).toMatch(/confidence\s+0\./);
    expect(await recorded.page.locator('.side .voted-words').first().isVisible()).toBe(false);
  });

  it('is found by id, by label, and by a pattern that may not hang', async () => {
    const page = await opened();
    const field = page.page.getByRole('searchbox', { name: 'Search samples' });
    await field.fill('validation/77 ');
    await eventually(() => text(page, '[role=search]')).toContain('11 samples found.');
    await button(page, 'Regular expression').click();
    await field.fill('(');
    await eventually(() => page.page.getByRole('search').getByRole('alert').innerText()).toContain(
      'cannot be read',
    );
    await field.fill('(a+)+$|^validation/7\\d$');
    await eventually(() => text(page, '[role=search]')).toContain('10 samples found.');
    await button(page, 'Select found').click();
    await eventually(async () => (await postedOf(page, 'select')).at(-1)?.ids).toHaveLength(10);
  });
});

describe('a selection', () => {
  it('is drawn as box and lasso, added to, taken from, inverted, kept, and cleared', async () => {
    const page = await opened();
    const count = async () =>
      Number((await text(page, '.side')).match(/([\d,]+) samples? selected/)?.[1]?.replace(',', '') ?? 0);
    await button(page, 'Box (B)').click();
    await drag(page.page, [0.01, 0.3], [0.5, 0.99]);
    await eventually(count).toBeGreaterThan(100);
    const first = await count();
    await page.page.keyboard.down('Alt');
    await drag(page.page, [0.01, 0.6], [0.5, 0.99]);
    await page.page.keyboard.up('Alt');
    await eventually(count).toBeLessThan(first);
    const second = await count();
    await button(page, 'Lasso (L)').click();
    await page.page.keyboard.down('Shift');
    await drag(page.page, [0.05, 0.05], [0.99, 0.99]);
    await page.page.keyboard.up('Shift');
    await eventually(count).toBeGreaterThan(second);
    const third = await count();
    await button(page, 'Invert').click();
    await eventually(count).toBe(2000 - third);
    await page.page.getByLabel('Name of the selection').fill('the rest');
    await page.page.keyboard.press('Enter');
    const saved = (await postedOf(page, 'saveSelections')).at(-1)?.selections;
    expect(saved?.map(({ name, ids }) => [name, ids.length])).toEqual([
      ['odd ones', 5],
      ['the rest', 2000 - third],
    ]);
    await button(page, 'Clear').click();
    await eventually(count).toBe(0);
    await page.page.locator('.saved-name').first().click();
    await eventually(count).toBe(5);
  });

  it('that was made elsewhere is shown and not told back', async () => {
    const page = await opened();
    await say(page, { type: 'selected', ids: ['validation/1', 'validation/5', 'elsewhere'] });
    await eventually(() => text(page, '.side')).toContain('2 samples selected.');
    expect(await postedOf(page, 'select')).toEqual([]);
  });

  it('leaves as CSV, JSON, pictures and projector files', async () => {
    const page = await opened({ rows: 200 });
    await say(page, { type: 'selected', ids: ['validation/1', 'validation/5'] });
    await page.page.locator('summary', { hasText: 'Export' }).click();
    for (const name of ['CSV', 'JSON', 'SVG', 'PNG', 'Projector files'])
      await page.page.getByRole('button', { name, exact: true }).click();
    await eventually(async () => (await postedOf(page, 'save')).length).toBe(4);
    const saved = await postedOf(page, 'save');
    expect(saved.map(({ name }) => name.split('.').at(-1)).sort()).toEqual(['csv', 'json', 'png', 'svg']);
    const csv = saved.find(({ name }) => name.endsWith('.csv'))?.body;
    expect(typeof csv === 'string' ? csv.trim().split('\n').length : 0).toBe(3);
    const svg = saved.find(({ name }) => name.endsWith('.svg'))?.body;
    expect(typeof svg === 'string' ? svg.split('<circle').length : 0).toBe(201);
    expect(await postedOf(page, 'saveProjector')).toMatchObject([
      { pane: 'left', epoch: 6, table: 'features' },
    ]);
  });

  it('leaves with the neighbours of every sample, which the host is asked for a few at a time', async () => {
    const page = await opened({ rows: 700 });
    await page.page.locator('summary', { hasText: 'Export' }).click();
    await page.page.getByLabel('With the neighbours of each sample').check();
    await page.page.getByRole('button', { name: 'CSV', exact: true }).click();
    await eventually(async () => (await postedOf(page, 'save')).length).toBe(1);
    const body = (await postedOf(page, 'save'))[0]?.body;
    const lines = typeof body === 'string' ? body.trim().split('\n') : [];
    expect(lines).toHaveLength(701);
    expect(lines.slice(1).filter((line) => !/(validation\/\d+ ?){10}$/.test(line))).toEqual([]);
    const asked = (await postedOf(page, 'neighbours')).map(({ row }) => row);
    expect(new Set(asked).size).toBe(700);
  });

  it('is not written where neighbours cannot be found', async () => {
    const page = await opened({ rows: 700, answersNeighbours: false });
    await page.page.locator('summary', { hasText: 'Export' }).click();
    await page.page.getByLabel('With the neighbours of each sample').check();
    await page.page.getByRole('button', { name: 'JSON', exact: true }).click();
    await eventually(() => text(page, '.side')).toContain('Finding neighbours: 0 of 700 samples');
    await say(page, { type: 'refused', request: 1, message: 'The run was deleted. Open another one.' });
    await eventually(() => text(page, '.side')).toContain('Nothing was written');
    await page.page.getByRole('button', { name: 'JSON', exact: true }).click();
    await eventually(() => text(page, '.side')).toContain('Finding neighbours: 0 of 700 samples');
    await page.page.locator('.side').getByRole('button', { name: 'Cancel' }).click();
    await eventually(() => text(page, '.side')).not.toContain('Finding neighbours');
    expect(await postedOf(page, 'save')).toEqual([]);
    expect(await postedOf(page, 'neighbours')).toHaveLength(32);
  });
});

describe('epochs', () => {
  it('are stepped and played; the last one ends it', async () => {
    const page = await opened({ epochs: 3 });
    await button(page, 'Previous epoch').click();
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 2, last 3');
    expect((await postedOf(page, 'show')).at(-1)).toMatchObject({ epochs: { left: 2 }, isChain: false });
    await page.page.getByLabel('speed').selectOption('8');
    await button(page, 'Play').click();
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 3, last 3');
    await eventually(() => button(page, 'Play').isVisible()).toBe(true);
    expect((await postedOf(page, 'show')).at(-1)).toMatchObject({ isChain: true });
    expect(await page.page.locator('.tick.is-ready').count()).toBe(3);
  });

  it('that are there are played while others come, and how many there are is said', async () => {
    const page = await opened({ epochs: 4, rows: 300, answers: false });
    const deliver = (...epochs: number[]) =>
      page.page.evaluate((wanted) => {
        for (const epoch of wanted) (window as unknown as HostWindow).projectorHost.deliver(epoch);
      }, epochs);
    const progress = async (stage: { what: string; fraction: number } | null) =>
      say(page, {
        type: 'progress',
        request: (await postedOf(page, 'show')).at(-1)?.request ?? 0,
        stage,
      });
    await deliver(4);
    await page.page.getByLabel('speed').selectOption('8');
    await button(page, 'Play').click();
    await eventually(async () => (await postedOf(page, 'show')).at(-1)?.isChain).toBe(true);
    await eventually(() => text(page, '.maps-ready')).toBe('waits for the next map, 0 of 4 ready');
    await progress({ what: 'layout', fraction: 0.5 });
    await deliver(4, 2);
    await eventually(() => text(page, '.maps-ready')).toBe('2 of 4 maps ready');
    for (const epoch of [2, 4, 2])
      await eventually(() => text(page, '.epoch-words')).toBe(`epoch ${epoch}, last 4`);
    await deliver(1, 3);
    await progress(null);
    await eventually(() => button(page, 'Play').isVisible()).toBe(true);
    expect(await text(page, '.epoch-words')).toBe('epoch 4, last 4');
    expect(await page.page.locator('.maps-ready').isVisible()).toBe(false);
  });

  it('leave arrows behind the selection, if they are wanted', async () => {
    const page = await opened({ epochs: 3, rows: 300 }, { isMotionReduced: true });
    await page.page.getByLabel('speed').selectOption('8');
    await button(page, 'Previous epoch').click();
    await button(page, 'Play').click();
    await eventually(() => button(page, 'Play').isVisible()).toBe(true);
    await button(page, 'Class names').click();
    await say(page, { type: 'selected', ids: ['validation/1', 'validation/5', 'validation/7'] });
    const inked = () =>
      page.page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('.map-overlay');
        const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return [...pixels].filter((value, at) => at % 4 === 3 && value > 0).length;
      });
    await eventually(inked).toBe(0);
    await button(page, 'Movement of the selection').click();
    await eventually(inked).toBeGreaterThan(60);
    await button(page, 'Movement of the selection').click();
    await eventually(inked).toBe(0);
  });

  it('jump with reduced motion', async () => {
    const page = await opened({ epochs: 3 }, { isMotionReduced: true });
    await button(page, 'Previous epoch').click();
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 2, last 3');
    await page.page.getByLabel('speed').selectOption('8');
    await button(page, 'Play').click();
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 3, last 3');
  });

  it('of a live run come while the shown one stays, until the newest is followed', async () => {
    const page = await opened({ epochs: 2, isLive: true });
    const grown = (last: number) => {
      const epochs = Array.from({ length: last }, (_, i) => i + 1);
      return say(page, {
        type: 'epochs',
        pane: 'left',
        tables: [{ name: 'features', dimensions: 128, epochs }],
        isLive: true,
      });
    };
    await grown(3);
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 2, last 3');
    await button(page, 'Follow newest').click();
    await grown(4);
    await eventually(() => text(page, '.epoch-words')).toBe('epoch 4, last 4');
  });
});

describe('a tab', () => {
  it('that is opened again shows the map, the epoch and the selection that it was left at', async () => {
    const page = await opened({ epochs: 4 });
    await page.page.getByLabel('method').selectOption('pca');
    await button(page, 'Previous epoch').click();
    await say(page, { type: 'selected', ids: ['validation/1', 'validation/5'] });
    await eventually(async () => (await page.remembered()).at(-1)).toMatchObject({
      places: ['/runs/fmnist-supcon-s3'],
      epoch: 3,
      map: { method: 'pca' },
      selected: ['validation/1', 'validation/5'],
    });
    await page.page.evaluate(() => (window as unknown as HostWindow).projectorHost.open({ epochs: 4 }));
    await eventually(async () => (await postedOf(page, 'show')).at(-1)).toMatchObject({
      request: 4,
      epochs: { left: 3 },
      map: { method: 'pca' },
    });
    await eventually(() => text(page, '.side')).toContain('2 samples selected.');
  });
});

describe('two maps', () => {
  it('say what changed, select by partner, and ask for other sources', async () => {
    const page = await opened({ isPair: true });
    await eventually(() => text(page, '.side')).toContain('shared samples');
    expect(await text(page, '.side')).toContain('1,800');
    await say(page, { type: 'selected', ids: ['validation/200', 'validation/1'] });
    await eventually(() => text(page, '.side')).toContain('2 samples selected.');
    await button(page, 'Swap the two maps').click();
    await button(page, 'Show the left map alone').click();
    expect((await postedOf(page, 'command')).map(({ command }) => command)).toEqual(['swap', 'removeRight']);
    await pointAtFirst(page);
    await page.page.keyboard.press('Enter');
    await eventually(async () => (await postedOf(page, 'neighbours')).length).toBeGreaterThan(0);
  });

  it('that are weakly aligned say so and draw no movement', async () => {
    const page = await opened({ isPair: true, isWeak: true });
    await eventually(() =>
      page.page.locator('[data-pane=right] .badge', { hasText: 'weakly aligned' }).isVisible(),
    ).toBe(true);
    expect(await button(page, 'Movement of the selection').isVisible()).toBe(false);
    expect(await text(page, '.side')).toContain('Movement is not drawn.');
  });
});

describe('without a map', () => {
  it('it says what it waits for, what went wrong, and the way out', async () => {
    const page = await bare();
    await say(page, { type: 'opening', what: 'Reading embeddings of fmnist' });
    await eventually(() => text(page, '.map-status')).toContain('Reading embeddings of fmnist');
    await say(page, { type: 'failed', message: 'The run has no embeddings. Train it with snapshots.' });
    await eventually(() => text(page, '.map-status')).toContain('The run has no embeddings.');
    await button(page, 'Open other embeddings').click();
    await say(page, { type: 'untrusted' });
    await button(page, 'Manage workspace trust').click();
    expect((await postedOf(page, 'command')).map(({ command }) => command)).toEqual([
      'openOther',
      'manageTrust',
    ]);
  });

  it('it shows how far it is, and can be cancelled; what is refused stays a sentence', async () => {
    const page = await opened({ answers: false });
    await say(page, { type: 'progress', request: 1, stage: { what: 'Neighbours', fraction: 0.42 } });
    await eventually(() => text(page, '.map-status')).toContain('Neighbours, 42.0 %');
    await button(page, 'Cancel').click();
    expect(await postedOf(page, 'cancel')).toEqual([{ type: 'cancel', request: 1 }]);
    await say(page, { type: 'refused', request: 1, message: 'One class has no axes. Choose PCA.' });
    await eventually(() => text(page, '.map-status')).toContain('One class has no axes.');
  });

  it.each([
    [{ rows: 0 }, 'There is no sample to show'],
    [{ rows: 2, classes: 2 }, 'Fewer than three samples'],
    [{ epochs: 0, isLive: true, answers: false }, 'No epoch has been written yet.'],
  ])('of few samples it says so: %j', async (scenario, words) => {
    const page = await bare();
    await page.page.evaluate(
      (wanted) => (window as unknown as HostWindow).projectorHost.open(wanted),
      scenario,
    );
    await eventually(() => text(page, '.map-status')).toContain(words);
  });

  it('ignores hostile messages', async () => {
    const page = await opened({ rows: 300 });
    const before = await text(page, '.strip');
    for (const message of [
      null,
      { type: 'map', request: 1, pane: 'left', epoch: 6, positions: [1, 2], dimensions: 2 },
      { type: 'columns', request: 1, pane: 'middle', epoch: 6, columns: [] },
      { type: 'pictures', pane: 'left', page: 0, pixels: 'x' },
      { type: 'selected', ids: [1] },
    ])
      await page.sendRaw(message);
    await say(page, {
      type: 'columns',
      request: 1,
      pane: 'left',
      epoch: 6,
      columns: [
        { kind: 'text', name: '<img src=x>', values: Array.from({ length: 300 }, () => '<img src=x>') },
      ],
    });
    await page.page.getByLabel('colour by').selectOption('<img src=x>');
    await eventually(() => text(page, '.legend')).toContain('<img src=x>');
    expect(await page.page.locator('img').count()).toBe(0);
    expect(await text(page, '.strip')).toBe(before);
  });
});

describe('words', () => {
  /** Names of runs, classes, samples, methods, formats and keys. */
  const data = [
    /(\/runs\/)?fmnist-(supcon|cross-entropy)-s3/,
    // A long name stands in two parts, of which the first gives way.
    /^fmni[a-z-]*$|^[a-z-]*-s3$/,
    /validation\/\d+/,
    ...['t-shirt', 'trouser', 'pullover', 'dress', 'coat', 'sandal', 'shirt', 'sneaker', 'bag', 'ankle boot'],
    ...['odd ones', 'note', 'scanned twice', ': 3 rows are not finite and were left out.'],
    ...['UMAP', 'LocalMAP', 'PCA', 'CKA', 'CSV', 'JSON', 'PNG', 'SVG', /swiftshader|llvmpipe/i],
  ];
  const foreign = () => bare({ language: madeUpLanguage() });
  const show = ({ page }: TestPage, scenario: Partial<ProjectorScenario>) =>
    page.evaluate((wanted) => (window as unknown as HostWindow).projectorHost.open(wanted), scenario);
  const plain = ({ page }: TestPage) => plainSentences(page, data);

  it("speaks the editor's language where there is no map", async () => {
    const page = await foreign();
    await say(page, { type: 'untrusted' });
    await eventually(() => page.page.locator('.map-status .codicon-shield').isVisible()).toBe(true);
    expect(await plain(page)).toEqual([]);
    for (const scenario of [{ rows: 0 }, { rows: 2 }, { epochs: 0, isLive: true, answers: false }]) {
      await show(page, { ...scenario, hasLabels: false });
      await eventually(() => text(page, '.map-status')).not.toBe('');
      expect(await plain(page)).toEqual([]);
    }
    await show(page, { answers: false });
    await eventually(async () => (await postedOf(page, 'show')).length).toBeGreaterThan(0);
    const request = (await postedOf(page, 'show')).at(-1)?.request ?? 0;
    await say(page, { type: 'progress', request, stage: { what: 'neighbours', fraction: 0.4, epoch: 2 } });
    await eventually(() => text(page, '.map-status')).toContain('40.0 %');
    expect(await plain(page)).toEqual([]);
  });

  it("speaks the editor's language around two maps", async () => {
    const page = await foreign();
    await show(page, { isPair: true, isWeak: true, isLive: true, isVoted: true, rows: 400 });
    await eventually(() => page.page.locator('.histogram-bar').count()).toBeGreaterThan(0);
    await page.page.evaluate(() => document.querySelectorAll('details').forEach((one) => (one.open = true)));
    await eventually(() => page.page.locator('.data-table tbody tr').count()).toBeGreaterThan(20);
    await pointAtFirst(page);
    expect(await plain(page)).toEqual([]);
    await page.page.keyboard.press('Enter');
    await page.page.keyboard.press('s');
    await page.page.locator('[role=search] input').fill('validation/7');
    await eventually(() => page.page.locator('[role=search] .sample-list li').count()).toBeGreaterThan(3);
    await eventually(() => page.page.locator('.card-neighbours li').count()).toBe(4);
    expect(await plain(page)).toEqual([]);
  });

  it("speaks the editor's language while it plays, and of columns, groups and axes", async () => {
    const page = await foreign();
    await show(page, { rows: 400, epochs: 3, isVoted: true });
    await eventually(() => page.page.locator('.strip .fact').count()).toBeGreaterThan(3);
    await page.page.locator('.playbar .codicon-play').click();
    for (const column of ['correct', 'cluster', 'confidence', 'neighbour change']) {
      await page.page.locator('.side select').first().selectOption(column);
      await eventually(() => page.page.locator('.legend li').count()).toBeGreaterThan(1);
      expect(await plain(page)).toEqual([]);
    }
    await page.page.locator('.bar select').nth(1).selectOption('axes');
    await eventually(() => page.page.locator('.axes-bar').isVisible()).toBe(true);
    await page.page.locator('[role=search] input').fill('nothing of this name');
    await eventually(() => text(page, '[role=search] p.quiet')).not.toBe('');
    expect(await plain(page)).toEqual([]);
  });
});

describe('form', () => {
  it.each(THEMES.map((theme): [string, Theme] => [theme.name, theme]))(
    '%s: nothing serious',
    async (_, theme) => {
      const page = await opened({ isPair: true, rows: 400 }, { theme });
      await page.page.locator('summary', { hasText: 'Classes' }).click();
      await say(page, { type: 'selected', ids: ['validation/100', 'validation/51'] });
      await pointAtFirst(page);
      await page.page.keyboard.press('Enter');
      expect(await seriousViolations(page.page)).toEqual([]);
    },
  );

  it.each([500, 760, 3000])('fits into %i px, with a name of 90 characters', async (widthPx) => {
    const name = 'fmnist-supcon-'.repeat(6) + 'seed-3';
    const page = await opened({ isPair: true, rows: 300, name }, { widthPx });
    const overflow = await page.page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  it('draws three dimensions, rows without a place, and 60,000 points', async () => {
    const solid = await opened({ dimensions: 3, nanEvery: 2 });
    expect(await text(solid, '.strip')).toContain('1,000 of 4,000 samples');
    await solid.page.locator('.map').press('Shift+ArrowLeft');
    const big = await opened({ rows: 60_000 });
    await button(big, 'Density').click();
    await pointAtFirst(big);
    expect(await text(big, '.strip')).toContain('60,000 of 120,000 samples');
  });

  it('reaches map, legend, search and lists by Tab, with a visible focus', async () => {
    const page = await opened({ rows: 300 });
    const seen = await visibleTabStops(page.page, 45);
    for (const name of [
      'Map of fmnist-supcon-s3, epoch 6',
      'Lasso (L)',
      'Epoch',
      'Play',
      'Search samples',
      'Invert',
    ])
      expect(seen).toContain(name);
  });

  it('the script stays below 150 KB gzipped', () => {
    expect(gzipSync(bundle.files.get('webview/projector.js')?.body ?? '').length).toBeLessThan(150_000);
  });
});
