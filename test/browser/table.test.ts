/** The runs table in Chromium, under its real policy: thousands of cells, the keyboard, live changes, four themes. */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { WireTableMessage } from '../../src/protocol/pages/table';
import { METRICS } from '../../src/domain/run/metrics';
import { DEFAULT_LAYOUT } from '../../src/domain/runsTable/layout';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { TestPage, TestPageOptions } from './page';
import { openPage } from './page';
import { tableSnapshot, wireRow } from './tableMessages';
import { THEMES } from './themes';

const OPTIONS: TestPageOptions = { size: 'wide', widthPx: 1000, heightPx: 600 };

/** How long the page may take on a busy machine. */
const PATIENCE_MS = 10_000;

function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: PATIENCE_MS });
}

let browser: Browser;
let bundle: PageBundle;
let open: TestPage[] = [];

beforeAll(async () => {
  bundle = await buildPage('table');
  browser = await launchChromium();
});

afterAll(async () => browser.close());

afterEach(async () => {
  const pages = open;
  open = [];
  for (const page of pages) {
    await page.close();
    expect(page.problems).toEqual([]);
  }
});

async function opened(message?: WireTableMessage, options: Partial<TestPageOptions> = {}): Promise<TestPage> {
  const page = await openPage(browser, bundle, { ...OPTIONS, ...options });
  open.push(page);
  if (message) {
    await sendQuickly(page, message);
    await page.page.locator('.line:not([hidden]), .notice:not([hidden])').first().waitFor();
  }
  return page;
}

/** As the editor does it: one text. A large value takes the browser's remote control half a minute. */
async function sendQuickly({ page }: TestPage, message: WireTableMessage): Promise<void> {
  await page.evaluate((text) => window.postMessage(JSON.parse(text), '*'), JSON.stringify(message));
}

/** Names in sight from top to bottom. */
async function names({ page }: TestPage): Promise<string[]> {
  const lines = await page.locator('.line:not([hidden])').evaluateAll((nodes) =>
    nodes.map((node) => ({
      row: Number(node.getAttribute('aria-rowindex')),
      name: node.querySelector('[aria-colindex="1"]')?.textContent ?? '',
    })),
  );
  return lines.sort((a, b) => a.row - b.row).map(({ name }) => name);
}

/** Row, column and text of the cell in focus. */
function focused({ page }: TestPage) {
  return page.evaluate(() => {
    const cell = document.activeElement;
    const line = cell?.closest('[aria-rowindex]');
    return [line?.getAttribute('aria-rowindex'), cell?.getAttribute('aria-colindex')].map(Number);
  });
}

function lastPosted(page: TestPage, type: string) {
  return page.posted().then((all) => all.filter((one) => (one as { type: string }).type === type).at(-1));
}

/** A layout that shows these settings beside name and state. */
function layoutOf(ids: readonly string[]) {
  const more = ids.map((id) => ({ id, width: 100, pinned: false }));
  return { ...DEFAULT_LAYOUT, columns: [...DEFAULT_LAYOUT.columns.slice(0, 2), ...more] };
}

const WIDE_IDS = Array.from({ length: 200 }, (_, i) => `setting:wide.setting${i}`);

describe('at size', () => {
  it('draws the window alone of 1,000 runs and 202 columns, and the right cells after scrolling both ways', async () => {
    const page = await opened(tableSnapshot(1000, { settings: 200, layout: layoutOf(WIDE_IDS) }));
    const grid = page.page.getByRole('grid');
    expect(await grid.getAttribute('aria-rowcount')).toBe('1001');
    expect(await grid.getAttribute('aria-colcount')).toBe('202');
    await grid.evaluate((node) => node.scrollTo(9000, 12_000));
    const cell = page.page.locator('.line[aria-rowindex="512"] [aria-colindex="101"]');
    await cell.waitFor();
    // Row 512 is run 510, column 101 is setting 98.
    expect(await cell.textContent()).toBe(String((510 * 31 + 98 * 17) % 997));
    expect(await page.page.locator('.cell').count()).toBeLessThan(1500);
    const [name, edge] = await Promise.all([
      page.page.locator('.line[aria-rowindex="512"] [aria-colindex="1"]').boundingBox(),
      grid.boundingBox(),
    ]);
    expect(name?.x).toBe(edge?.x);
  });

  it.each([0, 1, 12])('is right with %i runs', async (count) => {
    const page = await opened(tableSnapshot(count));
    if (count === 0) {
      await page.page.getByRole('button', { name: 'Start SupCon Run' }).click();
      expect(await lastPosted(page, 'start')).toBeDefined();
    } else {
      expect(await names(page)).toHaveLength(count);
    }
  });

  it.each([500, 1200, 3000])('fills %i px without a second scroll bar', async (widthPx) => {
    const { page } = await opened(tableSnapshot(12), { widthPx });
    const [scrolled, shown] = await page.evaluate(() => [
      [document.documentElement.scrollWidth, document.documentElement.scrollHeight],
      [window.innerWidth, window.innerHeight],
    ]);
    expect(scrolled).toEqual(shown);
  });

  it('cuts a name of 90 characters in the middle, with all of it in the tooltip', async () => {
    const message = tableSnapshot(1);
    if (message.type !== 'snapshot') throw new Error('no snapshot');
    message.rows[0].summary.name = `${'long-'.repeat(16)}lr0.05-s12`;
    const { page } = await opened(message);
    const cell = page.locator('.line .name');
    // A line that is drawn anew under a resting pointer hears of it with the pointer's next move.
    const titleUnderPointer = async () => {
      await page.mouse.move(0, 0);
      await cell.hover();
      return cell.getAttribute('title');
    };
    await eventually(titleUnderPointer).toBe(message.rows[0].summary.name);
    const [tail, box] = await Promise.all([cell.locator('.cut-tail').boundingBox(), cell.boundingBox()]);
    expect((tail?.x ?? 0) + (tail?.width ?? 0)).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0));
  });
});

describe('keyboard', () => {
  it('reaches every corner, and never loses the focus', async () => {
    const page = await opened(tableSnapshot(1000, { settings: 200, layout: layoutOf(WIDE_IDS) }));
    const { keyboard } = page.page;
    await page.page.locator('.line .cell[tabindex="0"]').focus();
    const presses: [string, [number, number]][] = [
      ['ArrowDown', [3, 1]],
      ['Control+End', [1001, 202]],
      ['Home', [1001, 1]],
      ['Control+Home', [2, 1]],
      ['ArrowUp', [1, 1]],
      ['ArrowUp', [1, 1]],
      ['End', [1, 202]],
      ['ArrowDown', [2, 202]],
      ['ArrowLeft', [2, 201]],
    ];
    for (const [key, place] of presses) {
      await keyboard.press(key);
      expect(await focused(page), key).toEqual(place);
      expect(
        await page.page.evaluate(() => document.activeElement?.getBoundingClientRect().width),
      ).toBeGreaterThan(0);
    }
    await keyboard.press('PageDown');
    const [afterPage] = await focused(page);
    expect(afterPage).toBeGreaterThan(15);
    await page.page.getByRole('grid').evaluate((node) => node.scrollTo(0, 20_000));
    await eventually(() => page.page.locator('.line[aria-rowindex="850"]').count()).toBe(1);
    expect(await focused(page)).toEqual([afterPage, 201]);
  });

  it('sorts, adds a key, moves, resizes and hides columns', async () => {
    const page = await opened(tableSnapshot(12));
    const { keyboard } = page.page;
    const head = (name: string) => page.page.getByRole('columnheader', { name });
    await head('loss.temperature').focus();
    await page.page.locator('.line .cell[tabindex="0"]').focus();
    await keyboard.press('ArrowUp');
    for (let i = 0; i < 6; i++) await keyboard.press('ArrowRight');
    await keyboard.press('Enter');
    await keyboard.press('Enter');
    await eventually(() => head('loss.temperature').getAttribute('aria-sort')).toBe('descending');
    await keyboard.press('Home');
    await keyboard.press('Shift+Enter');
    await eventually(async () => (await names(page)).slice(0, 4)).toEqual([
      'fmnist-supcon-t4-s1',
      'fmnist-supcon-t4-s2',
      'fmnist-supcon-t4-s3',
      'fmnist-supcon-t3-s1',
    ]);
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowRight');
    await keyboard.press('Alt+ArrowRight');
    await keyboard.press('Alt+Shift+ArrowRight');
    await eventually(async () => {
      const { layout } = (await lastPosted(page, 'layout')) as { layout: typeof DEFAULT_LAYOUT };
      return layout.columns.slice(2, 4);
    }).toEqual([
      { id: 'run:duration', width: 112, pinned: false },
      { id: 'run:created', width: 128, pinned: false },
    ]);
    expect(await focused(page)).toEqual([1, 4]);
    await keyboard.press('Shift+F10');
    await keyboard.press('End');
    await keyboard.press('Enter');
    await eventually(() => head('started').count()).toBe(0);
  });

  it('selects runs and acts on them', async () => {
    const page = await opened(tableSnapshot(12));
    const { keyboard } = page.page;
    await page.page.locator('.line .cell[tabindex="0"]').focus();
    await keyboard.press('Space');
    await keyboard.press('Shift+ArrowDown');
    await keyboard.press('Shift+ArrowDown');
    await eventually(() => page.page.locator('.count').innerText()).toBe('12 runs, 3 selected');
    await keyboard.press('Shift+F10');
    for (const name of ['Open dashboard', 'Compare runs'])
      expect(await page.page.getByRole('menuitem', { name }).count()).toBe(1);
    expect(await page.page.getByRole('menuitem', { name: 'Rename' }).count()).toBe(0);
    // From "Compare runs" over "Compare embeddings" and "Change tags" to the first that copies.
    for (let i = 0; i < 3; i++) await keyboard.press('c');
    await keyboard.press('Enter');
    const copied = (await lastPosted(page, 'copy')) as { text: string };
    expect(copied.text).toMatch(/^name,state,/);
    expect(copied.text.trim().split('\n')).toHaveLength(1 + 3);
    await keyboard.press('Escape');
    await eventually(() => page.page.locator('.count').innerText()).toBe('12 runs');
    await keyboard.press('Enter');
    expect(await lastPosted(page, 'action')).toMatchObject({
      action: 'openDashboard',
      folders: ['/runs/fmnist-supcon-t3-s1'],
    });
  });
});

describe('pointer', () => {
  it('drags a head to another place and its edge to another width', async () => {
    const page = await opened(tableSnapshot(3));
    const box = async (name: string) => {
      const found = await page.page.getByRole('columnheader', { name }).boundingBox();
      if (!found) throw new Error(`no head ${name}`);
      return found;
    };
    const { mouse } = page.page;
    const [from, to] = [await box('progress'), await box('started')];
    await mouse.move(from.x + 20, from.y + 10);
    await mouse.down();
    await mouse.move(to.x + 30, to.y + 10, { steps: 4 });
    await mouse.up();
    await eventually(async () => (await box('progress')).x).toBe(to.x);
    expect(await page.page.locator('[aria-sort="ascending"]').count()).toBe(0);
    const edge = await box('progress');
    await mouse.move(edge.x + edge.width - 2, edge.y + 10);
    await mouse.down();
    await mouse.move(edge.x + edge.width + 48, edge.y + 10, { steps: 4 });
    await mouse.up();
    await eventually(async () => (await box('progress')).width).toBe(edge.width + 50);
  });

  it('selects with shift and ctrl, and opens a menu about what is selected', async () => {
    const page = await opened(tableSnapshot(12));
    const line = (row: number) => page.page.locator(`.line[aria-rowindex="${row}"]`);
    await line(3).click();
    await line(6).click({ modifiers: ['Shift'] });
    await line(4).click({ modifiers: ['Control'] });
    await eventually(() => page.page.locator('.line[aria-selected="true"]').count()).toBe(3);
    await line(10).click({ button: 'right' });
    await page.page.getByRole('menuitem', { name: 'Open dashboard' }).click();
    expect(await lastPosted(page, 'action')).toMatchObject({ folders: ['/runs/fmnist-supcon-t1-s3'] });
  });
});

describe('choosing', () => {
  it('shows a searched column, and only those that differ', async () => {
    const page = await opened(tableSnapshot(12));
    await page.page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.page.keyboard.type('epochs');
    await page.page.getByRole('checkbox', { name: 'stage1.epochs' }).check();
    await page.page.keyboard.press('Escape');
    const head = page.page.getByRole('columnheader', { name: 'stage1.epochs' });
    const count = async () => Number(await page.page.getByRole('grid').getAttribute('aria-colcount'));
    const all = await count();
    await page.page.getByRole('button', { name: 'Only columns that differ' }).click();
    await eventually(count).toBeLessThan(all);
    expect(await head.count()).toBe(0);
    expect(await page.page.getByRole('columnheader', { name: 'loss.temperature' }).count()).toBe(1);
  });

  it('filters by a line that is typed, says what does not fit, and takes the chip away again', async () => {
    const page = await opened(tableSnapshot(12));
    const search = page.page.getByRole('searchbox', { name: 'Search runs' });
    await search.fill('loss.temperature < cold');
    await search.press('Enter');
    expect(await page.page.getByRole('alert').innerText()).toContain('"cold" is no number');
    await search.fill('loss.temperature < 0.2');
    await search.press('Enter');
    await eventually(() => page.page.locator('.count').innerText()).toBe('3 of 12 runs');
    await search.fill('nothing-like-this');
    await eventually(() => page.page.locator('.notice').innerText()).toContain('No run passes');
    await page.page.getByRole('button', { name: 'Clear search and filters' }).click();
    await eventually(() => page.page.locator('.count').innerText()).toBe('12 runs');
  });

  it('groups seeds with mean, deviation and count, and opens a group in place', async () => {
    const page = await opened(tableSnapshot(12));
    await page.page.getByRole('button', { name: 'Group seeds' }).click();
    await eventually(() => page.page.locator('.line[data-kind="group"]:not([hidden])').count()).toBe(4);
    const group = page.page.locator('.line[aria-rowindex="2"]');
    expect(await group.innerText()).toContain('3 seeds');
    expect(await group.innerText()).toMatch(/\d+\.\d ± \d+\.\d %/);
    await group.locator('.name').press('Enter');
    await eventually(() => page.page.locator('.line:not([hidden])').count()).toBe(7);
    expect(await group.locator('.name').getAttribute('aria-expanded')).toBe('true');
  });

  it('marks the best value with a glyph beside its weight, and says so', async () => {
    const { page } = await opened(tableSnapshot(12));
    const best = page.getByRole('gridcell', { name: /, best$/ });
    await eventually(() => best.count()).toBeGreaterThan(0);
    const content = await best.first().evaluate((node) => getComputedStyle(node, '::before').content);
    expect(content).toContain('/ ""');
  });
});

describe('live', () => {
  const changed = (
    sequence: number,
    place: number,
    temperature: number,
    folder?: string,
  ): WireTableMessage => {
    const row = wireRow(place);
    const summary = folder === undefined ? row.summary : { ...row.summary, folder, name: 'new' };
    const settings = { ...row.settings, 'loss.temperature': temperature };
    return { type: 'delta', sequence, changed: [{ ...row, summary, settings }], removed: [] };
  };

  it('changes cells in place, keeps order, selection, focus and place while the hand is there, then sorts again', async () => {
    const sort = [{ column: 'setting:loss.temperature', descending: true }];
    const page = await opened(
      tableSnapshot(300, { layout: { ...layoutOf(['setting:loss.temperature']), sort } }),
    );
    await page.page.getByRole('grid').evaluate((node) => node.scrollTo(0, 600));
    await page.page.locator('.line[aria-rowindex="30"]').click();
    const before = (await names(page)).slice(0, 25);
    await page.sendRaw(changed(2, 299, 9));
    await page.sendRaw(changed(3, 300, 10, '/runs/new'));
    await eventually(() => page.page.locator('.count').innerText()).toBe('301 runs, 1 selected');
    expect((await names(page)).slice(0, 25)).toEqual(before);
    expect(await page.page.getByRole('grid').evaluate((node) => node.scrollTop)).toBe(600);
    expect((await focused(page))[0]).toBe(30);
    await page.page.getByRole('button', { name: 'Sort again' }).click();
    await page.page.getByRole('grid').evaluate((node) => node.scrollTo(0, 0));
    await eventually(async () => (await names(page)).slice(0, 2)).toEqual(['new', wireRow(299).summary.name]);
  });

  it('asks once for a snapshot when a number is missing, and drops a run that is gone from the selection', async () => {
    const page = await opened(tableSnapshot(12));
    await page.page.locator('.line[aria-rowindex="2"]').click();
    await page.sendRaw(changed(5, 1, 1));
    await page.sendRaw(changed(6, 1, 1));
    await eventually(() => lastPosted(page, 'missed')).toBeDefined();
    await page.sendRaw({ type: 'delta', sequence: 2, changed: [], removed: [wireRow(0).summary.folder] });
    await eventually(() => page.page.locator('.count').innerText()).toBe('11 runs');
    expect((await page.posted()).filter((one) => (one as { type: string }).type === 'missed')).toHaveLength(
      1,
    );
  });

  it('shows NaN and infinities that JSON cannot carry, and drops messages that are none', async () => {
    const message = tableSnapshot(2);
    if (message.type !== 'snapshot') throw new Error('no snapshot');
    message.rows[0].figures = { knn: 'NaN', ece: 'Infinity' };
    const page = await opened(message);
    await page.sendRaw({ type: 'snapshot', rows: 'none' });
    await page.sendRaw({ type: 'delta', sequence: 2, changed: [{ summary: {} }], removed: [] });
    const text = await page.page.locator('.line[aria-rowindex="2"]').innerText();
    expect(text).toContain('NaN');
    expect(await names(page)).toHaveLength(2);
  });
});

describe('accessibility', () => {
  it.each(THEMES)('nothing serious in $name: table, menu, chooser, form', async (theme) => {
    const page = await opened(tableSnapshot(40), { theme });
    await page.page.getByRole('button', { name: 'Group seeds' }).click();
    await page.page.locator('.line .name').first().press('Enter');
    await page.page.locator('.line[aria-rowindex="3"] .name').press('Space');
    expect(await seriousViolations(page.page)).toEqual([]);
    await page.page.keyboard.press('Shift+F10');
    expect(await seriousViolations(page.page)).toEqual([]);
    for (const name of ['Columns', 'Filter']) {
      await page.page.getByRole('button', { name, exact: true }).click();
      expect(await seriousViolations(page.page), name).toEqual([]);
    }
  });
});

describe('language', () => {
  const language = madeUpLanguage();
  /** Names of runs, keys, tags, metrics, losses and kinds, places on disk, and units. */
  const DATA = [
    /fmnist-supcon-\S*/,
    /[a-z]+\d?\.(temperature|epochs)/,
    'loss/headroom',
    ...METRICS.map(({ label }) => label),
    /\b(supcon|training|seed|kNN|onnx|cpu, 2 threads|baseline|B)\b/,
    /\/runs\S*/,
    /\d[\d.,]* (ms|min|[kMG]B)\b/,
    'CSV',
    'Markdown',
    // Long names in two parts, which is how they are cut.
    /(fmnist-|^loss|^\.temperature|^calib|^ration error|^loss\/hea)$|^droom/,
    // How long ago, and what became of a run, are told by src/domain/display.
    /\b(just now|ago|completed|running|stopped|failed)\b/,
  ];
  const plain = ({ page }: TestPage) => plainSentences(page, DATA);

  it('is that of the editor while there is no table', async () => {
    const waiting = await opened(undefined, { language });
    await waiting.page.locator('.notice:not([hidden])').waitFor();
    expect(await plain(waiting)).toEqual([]);
    for (const message of [tableSnapshot(0), tableSnapshot(0, { trusted: false })])
      expect(await plain(await opened(message, { language }))).toEqual([]);
  });

  it('is that of the editor in cells, heads, chips, menus and forms', async () => {
    const message = tableSnapshot(12);
    const rows = 'rows' in message ? message.rows : [];
    const [first, second, third] = rows.map(({ summary }) => summary);
    Object.assign(first, { starred: true, tags: ['baseline'], reason: null });
    Object.assign(second, { archived: true });
    Object.assign(third, { state: 'running', endState: null });
    const page = await opened(message, { language });
    const { keyboard } = page.page;
    const buttons = page.page.locator('.bar-button:not([hidden])');
    expect(await plain(page)).toEqual([]);
    // The filter that leaves archived runs out.
    expect(await page.page.locator('.chip').innerText()).not.toContain('no');
    for (const place of [0, 1]) {
      await buttons.nth(place).click();
      expect(await plain(page)).toEqual([]);
      await keyboard.press('Escape');
    }
    await buttons.nth(0).click();
    for (const column of ['run:created', 'run:duration', 'run:progress', 'run:archived', 'run:name']) {
      await page.page.locator('.filter-form select').first().selectOption(column);
      await page.page.locator('.filter-form input').fill('nonsense');
      await page.page.locator('.filter-form input').press('Enter');
      expect(await plainSentences(page.page, [...DATA, 'nonsense'])).toEqual([]);
      if (column === 'run:name') continue;
      await page.page.locator('.filter-form .problem', { hasText: 'nonsense' }).waitFor();
    }
    // No run has such a name.
    await page.page.locator('.notice button:not([hidden])').last().click();
    await page.page.locator('.line:not([hidden])').first().waitFor();
    for (const row of ['2', '4', '5']) {
      await page.page.locator(`.line[aria-rowindex="${row}"]`).click({ modifiers: ['Control'] });
      await keyboard.press('Shift+F10');
      await page.page.getByRole('menu').waitFor();
      expect(await plain(page)).toEqual([]);
      await keyboard.press('Escape');
    }
    await page.page.getByRole('columnheader').nth(2).click({ button: 'right' });
    await page.page.getByRole('menu').waitFor();
    expect(await plain(page)).toEqual([]);
    await keyboard.press('Escape');
    await page.page.locator('.bar-button[aria-pressed="false"]').last().click();
    await page.page.locator('.line[data-kind="group"]:not([hidden])').first().waitFor();
    for (const cell of await page.page.locator('.line[aria-rowindex="2"] .cell:not([hidden])').all())
      await cell.hover();
    expect(await plain(page)).toEqual([]);
  });

  it('is understood in a typed filter, as English is', async () => {
    const page = await opened(tableSnapshot(12), { language });
    const label = language.words['name'] ?? '';
    for (const word of ['contains', language.words['contains'] ?? '']) {
      await page.page.getByRole('searchbox').fill(`${label} ${word} t4`);
      await page.page.getByRole('searchbox').press('Enter');
      await eventually(() => page.page.locator('.line:not([hidden])').count()).toBe(3);
      await page.page.locator('.chip button').last().click();
    }
  });

  it('leaves the heads of copied tables English, which programs read', async () => {
    const page = await opened(tableSnapshot(3), { language });
    await page.page.locator('.line').first().click();
    await page.page.keyboard.press('Control+c');
    await page.page.locator('.bar-button:not([hidden])').nth(4).click();
    await page.page.getByRole('menuitem', { name: 'CSV' }).first().click();
    expect(await lastPosted(page, 'copy')).toMatchObject({
      text: expect.stringMatching(/^name,state,started,duration \(s\),/) as string,
    });
  });
});
