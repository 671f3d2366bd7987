/** The built page of one run in Chromium, under its real policy, fed with messages like those of a recorded run. */
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HUES, lookOfRun } from '../../src/domain/display/runColours';
import { TAG } from '../../src/domain/metrics/tags';
import type { PageBundle } from './buildPage';
import { seriousViolations } from './axe';
import { buildPage } from './buildPage';
import { launchChromium } from './chromium';
import { madeUpLanguage, plainSentences } from './madeUpLanguage';
import type { PlainMessage } from './messages';
import { ALERT, delta, finalSeries, healthySeries, runSummary, snapshot } from './messages';
import type { TestPage, TestPageOptions } from './page';
import { openPage } from './page';
import { HIGH_CONTRAST, LIGHT, THEMES } from './themes';

const NARROW: TestPageOptions = { size: 'narrow', widthPx: 220 };
const ENDED = { state: 'ended', endedAt: Date.now(), createdAt: Date.now() - 192_000 } as const;

/** How long the page may take on a busy machine. */
const PATIENCE_MS = 10_000;

/** Asks until the answer is as expected. */
function eventually<T>(ask: () => T | Promise<T>) {
  return expect.poll(ask, { timeout: PATIENCE_MS });
}

let browser: Browser;
let bundle: PageBundle;
let open: TestPage[] = [];

beforeAll(async () => {
  bundle = await buildPage('run');
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

async function opened(options: TestPageOptions, message?: PlainMessage): Promise<TestPage> {
  const page = await openPage(browser, bundle, options);
  open.push(page);
  if (message) {
    await page.send(message);
    await page.page.locator('.run-header:not([hidden]), .welcome:not([hidden])').first().waitFor();
  }
  return page;
}

/** How many pixels of a canvas have nearly a colour. */
async function countPixels({ page }: TestPage, chart: string, colour: readonly [number, number, number]) {
  const canvas = page.getByRole('slider', { name: chart }).locator('canvas');
  await canvas.waitFor();
  return canvas.evaluate((target, wanted) => {
    if (!(target instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { data } = target.getContext('2d')?.getImageData(0, 0, target.width, target.height) ?? { data: [] };
    let count = 0;
    for (let at = 0; at < data.length; at += 4) {
      const distance = wanted.reduce(
        (sum, value, channel) => sum + Math.abs(value - (data[at + channel] ?? 0)),
        0,
      );
      if ((data[at + 3] ?? 0) > 200 && distance < 24) count++;
    }
    return count;
  }, colour);
}

/** The colour that the run has in every view, in dark themes. */
const HUE = HUES[lookOfRun(runSummary().folder).hue];
const DARK_HUE = channelsOf(HUE.dark);

function channelsOf(hex: string): [number, number, number] {
  const channel = (at: number) => parseInt(hex.slice(at, at + 2), 16);
  return [channel(1), channel(3), channel(5)];
}

describe('final figures', () => {
  it('stand beside those of raw pixels and of the untrained encoder, and only once there are some', async () => {
    const page = await opened(NARROW, snapshot(100));
    const accuracy = page.page.getByRole('region', { name: 'Accuracy' });
    await eventually(() => accuracy.getByRole('row').allInnerTexts()).toHaveLength(3);
    const figures = { [TAG.testLinearProbe]: 0.886, [TAG.testRawPixels]: 0.84, [TAG.testUntrained]: 0.766 };
    const series = [...healthySeries(0, 100), ...finalSeries(150, figures)];
    await page.send(snapshot(100, { run: runSummary({ ...ENDED, endState: 'completed' }), series }));
    for (const row of [
      /^linear probe\s+88\.6$/,
      /^raw pixels, for scale\s+84\.0$/,
      /^untrained encoder, for scale\s+76\.6$/,
    ]) {
      await eventually(async () =>
        (await accuracy.getByRole('row').allInnerTexts()).some((text) => row.test(text)),
      ).toBe(true);
    }
    await eventually(() => accuracy.getByRole('row').filter({ visible: true }).count()).toBe(7);
  });
});

describe('the page and its host', () => {
  it('says boot, and remembers the run that it shows', async () => {
    const page = await opened(NARROW, snapshot(50));
    expect(await page.posted()).toEqual([{ type: 'boot' }]);
    expect(await page.remembered()).toEqual([{ folder: runSummary().folder }]);
  });

  it('extends the curve by deltas', async () => {
    const page = await opened(NARROW, snapshot(50));
    const slider = page.page.getByRole('slider', { name: 'Loss' });
    await page.send(delta(1, 50, 60));
    await eventually(() => slider.getAttribute('aria-valuemax')).toBe('59');
    await page.send(delta(2, 60, 61));
    await eventually(() => slider.getAttribute('aria-valuemax')).toBe('60');
    expect(await page.posted()).toHaveLength(1);
  });

  it('asks once for a snapshot when a number is missing, and goes on from it', async () => {
    const page = await opened(NARROW, snapshot(50));
    await page.send(delta(2, 60, 70));
    await page.send(delta(3, 70, 80));
    await eventually(() => page.posted()).toEqual([{ type: 'boot' }, { type: 'missed' }]);
    const slider = page.page.getByRole('slider', { name: 'Loss' });
    expect(await slider.getAttribute('aria-valuemax')).toBe('49');
    await page.send(snapshot(80, { sequence: 4 }));
    await eventually(() => slider.getAttribute('aria-valuemax')).toBe('79');
    await page.send(delta(6, 90, 91));
    await eventually(async () => (await page.posted()).length).toBe(3);
  });

  it('ignores hostile messages', async () => {
    const page = await opened(NARROW, snapshot(50));
    const before = await page.page.locator('#page').innerText();
    const hostile = [
      null,
      'snapshot',
      { type: 'snapshot' },
      { type: 'delta', sequence: 1, run: { name: '<img src=x onerror=alert(1)>' }, series: [], alerts: [] },
      {
        type: 'delta',
        sequence: 1,
        run: null,
        series: [{ tag: 'loss/optimised', steps: [1], values: 'x' }],
        alerts: [],
      },
      { type: 'eval', code: 'document.body.remove()' },
    ];
    for (const message of hostile) await page.sendRaw(message);
    await page.send(delta(1, 50, 51));
    await eventually(() =>
      page.page.getByRole('slider', { name: 'Loss' }).getAttribute('aria-valuemax'),
    ).toBe('50');
    expect(await page.page.locator('#page').innerText()).toContain(before.split('\n')[0] ?? '');
    expect(await page.page.locator('img').count()).toBe(0);
  });

  it('shows a name that is markup as text', async () => {
    const name = '<img src=x onerror="window.hacked=1">';
    const page = await opened(NARROW, snapshot(5, { run: runSummary({ name }) }));
    expect(await page.page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
    expect(await page.page.evaluate(() => 'hacked' in window)).toBe(false);
  });
});

describe('charts', () => {
  it("draw the line in the run's colour, and again in another theme", async () => {
    const page = await opened(NARROW, snapshot(400));
    await eventually(() => countPixels(page, 'Loss', DARK_HUE)).toBeGreaterThan(100);
    const red = { [`supcon-${HUE.name}`]: '#e51400' };
    await page.setTheme({ ...LIGHT, variables: { ...LIGHT.variables, ...red } });
    await eventually(() => countPixels(page, 'Loss', [0xe5, 0x14, 0])).toBeGreaterThan(100);
    expect(await countPixels(page, 'Loss', DARK_HUE)).toBe(0);
  });

  it('mark values that are not finite instead of drawing them', async () => {
    const message = snapshot(100);
    const series = message.series.map((points) =>
      points.tag === 'loss/optimised'
        ? { ...points, values: points.values.map((value, step) => (step === 60 ? NaN : value)) }
        : points,
    );
    const page = await opened(NARROW, { ...message, series });
    const slider = page.page.getByRole('slider', { name: 'Loss' });
    await eventually(() => countPixels(page, 'Loss', [0xf1, 0x4c, 0x4c])).toBeGreaterThan(5);
    await slider.focus();
    for (let step = 99; step > 60; step--) await slider.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toContain('step 60, loss not finite');
  });

  it('are read by keyboard, point by point', async () => {
    const page = await opened(NARROW, snapshot(400));
    const slider = page.page.getByRole('slider', { name: 'Loss' });
    expect(await slider.getAttribute('aria-valuetext')).toMatch(
      /^step 399, loss [\d.]+, collapse 7.62, floor 5.31$/,
    );
    await slider.press('Home');
    await eventually(() => slider.getAttribute('aria-valuetext')).toMatch(/^step 0, loss 7.9/);
    await slider.press('ArrowRight');
    await eventually(() => slider.getAttribute('aria-valuenow')).toBe('1');
    await slider.press('Shift+ArrowRight');
    await eventually(() => slider.getAttribute('aria-valuenow')).toBe('11');
    expect(await page.page.locator('.chart-readout').first().innerText()).toContain('collapse');
  });

  it('have a table of the same numbers, thinned and saying so', async () => {
    const page = await opened(NARROW, snapshot(400));
    await page.page.getByRole('button', { name: 'Loss as a table' }).press('Enter');
    const table = page.page.getByRole('region', { name: 'Loss, table' });
    expect(await table.getByRole('columnheader').allInnerTexts()).toEqual([
      'step',
      'loss',
      'collapse',
      'floor',
    ]);
    expect(await table.locator('caption').innerText()).toBe('50 of 400 steps, evenly thinned');
    expect(await table.locator('tbody tr').first().locator('td').first().innerText()).toBe('399');
  });

  it('do not keep the line of the run before', async () => {
    const page = await opened(NARROW, snapshot(400));
    await eventually(() => countPixels(page, 'Loss', DARK_HUE)).toBeGreaterThan(100);
    await page.send(snapshot(0, { sequence: 1, run: runSummary({ folder: '/runs/b', progress: null }) }));
    await page.page.getByText('No values yet').waitFor();
    expect(await page.page.locator('canvas').count()).toBe(0);
  });

  it('follow the width of the view', async () => {
    const page = await opened(NARROW, snapshot(50));
    await page.page.setViewportSize({ width: 400, height: 800 });
    const canvas = page.page.getByRole('slider', { name: 'Loss' }).locator('canvas');
    await eventually(async () => (await canvas.boundingBox())?.width).toBe(376);
  });
});

describe('states', () => {
  const cases: readonly [string, () => PlainMessage, readonly string[], readonly string[]][] = [
    ['no run', () => snapshot(0, { run: null, series: [] }), ['No run yet'], ['Start SupCon Run']],
    [
      'an untrusted workspace',
      () => snapshot(0, { run: null, series: [], trusted: false }),
      ['not trusted'],
      ['Manage workspace trust'],
    ],
    [
      'queued',
      () =>
        snapshot(0, { run: runSummary({ state: 'queued', queuedBehind: 2, progress: null }), series: [] }),
      ['queued', 'waits for 2 runs'],
      ['Stop run', 'Open dashboard'],
    ],
    [
      'starting',
      () => snapshot(0, { run: runSummary({ state: 'starting', progress: null }), series: [] }),
      ['starting', 'loading engine and data', 'No values yet'],
      ['Stop run', 'Open dashboard'],
    ],
    [
      'running',
      () => snapshot(400),
      ['running', 'epoch 12/100', '41 m left', '12 %', 'onnx cpu', 'headroom', 'kNN, encoder', '88.'],
      ['Stop run', 'Open dashboard'],
    ],
    [
      'stale',
      () => snapshot(40, { run: runSummary({ heartbeat: Date.now() - 125_000 }) }),
      ['last update 2 m ago'],
      ['Stop run', 'Open dashboard'],
    ],
    [
      'completed',
      () => snapshot(40, { run: runSummary({ ...ENDED, endState: 'completed', resumable: false }) }),
      ['completed', 'took 3 m 12 s'],
      ['Start SupCon Run', 'Open dashboard', 'Start again with changes'],
    ],
    [
      'stopped',
      () => snapshot(40, { run: runSummary({ ...ENDED, endState: 'stopped' }) }),
      ['stopped'],
      ['Start SupCon Run', 'Resume run', 'Open dashboard', 'Start again with changes'],
    ],
    [
      'failed',
      () =>
        snapshot(40, {
          run: runSummary({ ...ENDED, endState: 'failed', reason: 'Out of memory at step 57.' }),
        }),
      ['failed', 'Out of memory at step 57.'],
      ['Start SupCon Run', 'Resume run', 'Open dashboard', 'Start again with changes', 'Show log'],
    ],
    [
      'killed',
      () => snapshot(40, { run: runSummary({ ...ENDED, endState: 'killed', signal: 'SIGKILL' }) }),
      ['killed', 'SIGKILL'],
      ['Start SupCon Run', 'Resume run', 'Open dashboard', 'Start again with changes', 'Show log'],
    ],
    [
      'crashed',
      () => snapshot(40, { run: runSummary({ ...ENDED, endState: 'crashed' }) }),
      ['crashed', 'vanished'],
      ['Start SupCon Run', 'Resume run', 'Open dashboard', 'Start again with changes', 'Show log'],
    ],
  ];

  it.each(cases)('%s', async (_, message, texts, buttons) => {
    const { page } = await opened(NARROW, message());
    const text = await page.locator('#page').innerText();
    for (const expected of texts) expect(text).toContain(expected);
    const shown = page.locator('.actions vscode-button:not([hidden])');
    expect(await shown.allInnerTexts().then((labels) => labels.map((label) => label.trim()))).toEqual(
      buttons,
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(220);
  });

  it("speak the editor's language", async () => {
    const stop = { level: 'interrupted', since: Date.now(), deadline: null } as const;
    const command = { stage: 'command', epoch: 0, epochs: 0, step: 4, steps: 9, fraction: 0.4 } as const;
    const scenes = [
      ...cases.map(([, message]) => message()),
      snapshot(40, { run: runSummary({ state: 'stopping', stop }), alerts: [ALERT] }),
      snapshot(40, {
        alerts: [{ ...ALERT, since: 100 }],
        run: runSummary({
          kind: 'command',
          acknowledged: [ALERT.kind],
          progress: { ...command, secondsLeft: null, viewsPerSecond: null },
        }),
      }),
    ];
    /** The run's name, engine and reasons, and what its alerts were recorded with. */
    const data = [
      'fmnist-supcon-r18-s3',
      /^fmnist-s$|^upcon-r18-s3$/,
      'Out of memory at step 57.',
      ALERT.cause,
      ALERT.remedy,
      'the embedded default',
      /onnx cpu|threads|views\/s|kNN|NaN|SIG[A-Z]+|[AP]M/,
      // The toolkit writes it on a ring that assistive technology skips.
      /^Loading$/,
    ];
    const page = await opened({ ...NARROW, language: madeUpLanguage() });
    await eventually(() => page.page.locator('.welcome').isVisible()).toBe(true);
    expect(await plainSentences(page.page, data)).toEqual([]);
    for (const scene of scenes) {
      await page.send(scene);
      await page.page.waitForTimeout(100);
      const buttons = page.page.locator('.codicon-table[aria-pressed=false]').filter({ visible: true });
      if ((await buttons.count()) > 0) await buttons.first().press('Enter');
      expect(await plainSentences(page.page, data)).toEqual([]);
    }
  });

  it('stopping: the button is off and the deadline counts down', async () => {
    const stop = { level: 'asked', since: Date.now(), deadline: Date.now() + 17_000 } as const;
    const { page } = await opened(NARROW, snapshot(40, { run: runSummary({ state: 'stopping', stop }) }));
    expect(await page.getByRole('button', { name: 'Stop run' }).isDisabled()).toBe(true);
    const seconds = async () => /interrupts in (\d+) s/.exec(await page.locator('.notice').innerText())?.[1];
    const first = Number(await seconds());
    await eventually(async () => Number(await seconds())).toBeLessThan(first);
  });

  it('before the host has answered: nothing at once, then what it waits for', async () => {
    const { page } = await opened(NARROW);
    await eventually(() => page.locator('#page').innerText()).toContain('Waiting for the extension');
    expect(await page.getByRole('button').count()).toBe(0);
  });

  it('alerts open to cause and remedy', async () => {
    const { page } = await opened(NARROW, snapshot(40, { alerts: [ALERT] }));
    const summary = page.locator('.alerts summary');
    expect(await summary.innerText()).toContain('1 alert: Loader-bound');
    await summary.press('Enter');
    expect(await page.locator('.alerts li').innerText()).toContain('loader.workers');
  });

  it('alerts of one kind are one entry, acknowledged by keyboard, and the focus stays among them', async () => {
    const collapsed = {
      ...ALERT,
      kind: 'collapsed',
      severity: 'error',
      cause: 'All alike.',
      step: 149,
      since: 100,
    } as const;
    const alerts = [ALERT, collapsed, { ...collapsed, step: 199, cause: 'All alike for long.' }];
    const opening = await opened(NARROW, snapshot(40, { alerts }));
    const { page } = opening;
    await page.locator('.alerts summary').press('Enter');
    expect(await page.locator('.alerts li').count()).toBe(2);
    expect(await page.locator('.alerts summary').innerText()).toContain('2 alerts:');
    const button = page.getByRole('button', { name: 'Acknowledge: All alike for long.' });
    await button.press('Enter');
    expect((await opening.posted()).at(-1)).toEqual({ type: 'acknowledge', kind: 'collapsed' });
    const run = runSummary({ acknowledged: ['collapsed'] });
    await opening.send(snapshot(40, { sequence: 1, alerts, run }));
    await eventually(() => page.locator('.alerts summary').innerText()).toContain('1 alert: Loader-bound');
    expect(await page.locator('.alerts li').last().innerText()).toMatch(/steps 100 to 199.*acknowledged/s);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Acknowledge');
  });

  it('a long name is cut in the middle and whole in the tooltip', async () => {
    const name = `${'long-'.repeat(16)}lr0.05-s12`;
    const { page } = await opened(NARROW, snapshot(5, { run: runSummary({ name }) }));
    const heading = page.getByRole('heading', { level: 1 });
    expect(await heading.getAttribute('title')).toBe(name);
    const tail = await page.locator('.cut-tail').boundingBox();
    expect(await page.locator('.cut-tail').innerText()).toBe(name.slice(-12));
    expect((tail?.x ?? 999) + (tail?.width ?? 999)).toBeLessThan(220);
  });
});

describe('actions', () => {
  it('post the command of the same name, by mouse and by keyboard', async () => {
    const page = await opened(NARROW, snapshot(40));
    await page.page.getByRole('button', { name: 'Stop run' }).click();
    await page.page.getByRole('button', { name: 'Open dashboard' }).press('Enter');
    expect((await page.posted()).slice(1)).toEqual([
      { type: 'command', command: 'stop' },
      { type: 'command', command: 'openDashboard' },
    ]);
  });

  it('keep the focus through live updates', async () => {
    const page = await opened(NARROW, snapshot(40));
    const button = page.page.getByRole('button', { name: 'Stop run' });
    await button.focus();
    await page.send(delta(1, 40, 80));
    await eventually(() =>
      page.page.getByRole('slider', { name: 'Loss' }).getAttribute('aria-valuemax'),
    ).toBe('79');
    expect(await page.page.evaluate(() => document.activeElement?.tagName)).toBe('VSCODE-BUTTON');
  });
});

describe('accessibility', () => {
  const combinations = THEMES.map((theme) => [theme.name, { ...NARROW, theme }] as const);

  it.each(combinations)('%s: nothing serious', async (_, options) => {
    const { page } = await opened(options, snapshot(200, { alerts: [ALERT] }));
    expect(await seriousViolations(page)).toEqual([]);
  });

  it('is drawn in high contrast as well', async () => {
    const page = await opened({ ...NARROW, theme: HIGH_CONTRAST }, snapshot(200));
    await eventually(() => countPixels(page, 'Loss', DARK_HUE)).toBeGreaterThan(100);
  });
});

describe('size', () => {
  it('the script stays below 150 KB gzipped', () => {
    const script = bundle.files.get('webview/run.js');
    expect(gzipSync(script?.body ?? '').length).toBeLessThan(150_000);
  });
});
