/**
 * Every page at 200 % zoom, where the window has half as many pixels to lay out in, and for people who want no motion:
 * no control is cut off, out of reach or under another one, and nothing moves.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compareRuns } from '../../src/domain/diff/compareRuns';
import type { PageName } from '../../src/extension/page/pages';
import { configurationOf, factsOf, predictionsOf } from '../unit/domain/diff/facts';
import { buildPage, buildStubHost } from './buildPage';
import { launchChromium } from './chromium';
import { ALERT, finalSeries, runSummary, snapshot } from './messages';
import type { TestPage } from './page';
import { openPage } from './page';
import type { StubHost } from './stub/host';
import { tableSnapshot } from './tableMessages';

const LONG_NAME = `fashion-mnist-${'supcon-'.repeat(11)}tau-0.2-s3`;
/** A page in the editor area of a laptop, and the side bar, both at 200 %. */
const WIDE = { size: 'wide', widthPx: 560, heightPx: 400, scale: 2 } as const;
const NARROW = { size: 'narrow', widthPx: 220, heightPx: 400, scale: 2 } as const;
const PATIENCE_MS = 15_000;

interface Scene {
  readonly page: PageName;
  readonly place: typeof WIDE | typeof NARROW;
  readonly usesStubHost?: boolean;
  /** Shows something, with the words that take most room. */
  fill(shown: TestPage): Promise<void>;
}

const SCENES: readonly Scene[] = [
  {
    page: 'run',
    place: NARROW,
    fill: async (shown) => {
      const message = snapshot(400, { run: runSummary({ name: LONG_NAME }), alerts: [ALERT] });
      const series = [...message.series, ...finalSeries(399, { 'test/linear_probe': 0.9 })];
      await shown.send({ ...message, series });
      await shown.page.locator('.run-header:not([hidden])').waitFor();
    },
  },
  {
    page: 'dashboard',
    place: WIDE,
    usesStubHost: true,
    fill: async ({ page }) => {
      await page.evaluate(() =>
        (window as unknown as { stubHost: StubHost }).stubHost.open(
          { runs: 3, tags: ['loss/optimised', 'val/f1'] },
          {},
        ),
      );
      await page.locator('.card').first().waitFor({ timeout: PATIENCE_MS });
    },
  },
  {
    page: 'table',
    place: WIDE,
    fill: async ({ page }) => {
      await page.evaluate(
        (text) => window.postMessage(JSON.parse(text), '*'),
        JSON.stringify(tableSnapshot(40)),
      );
      await page.locator('.line:not([hidden])').first().waitFor();
    },
  },
  {
    page: 'diff',
    place: WIDE,
    fill: async (shown) => {
      await shown.sendRaw({ type: 'diff', diff: DIFF });
      await shown.page.locator('.section').first().waitFor();
    },
  },
  {
    page: 'views',
    place: WIDE,
    fill: async (shown) => {
      await shown.sendRaw({ type: 'opening', file: '/w/fmnist.supcon.json' });
      await shown.sendRaw(OPENED);
      await shown.page.getByRole('slider', { name: 'Epoch' }).waitFor();
    },
  },
];

const DIFF = compareRuns([
  factsOf('baseline', { predictions: predictionsOf([0, 1, 2, 0], [0, 1, 2, 1]) }),
  factsOf(LONG_NAME, {
    configuration: configurationOf({ loss: { temperature: 0.2 } }),
    predictions: predictionsOf([0, 1, 2, 0], [1, 1, 0, 0]),
  }),
]);

const OPENED = {
  type: 'opened',
  name: LONG_NAME,
  data: '54,000 training images, 8 x 8, colour, 10 classes',
  ...{ height: 8, width: 8, count: 54_000, views: 2, epochs: 100 },
  notes: ['It departs from the preset quick, whose values are in brackets: stage1.epochs 5 (100).'],
  warnings: [{ cause: 'The learning rate is high.', remedy: 'Set "stage1.learningRate" to 0.05.' }],
  runs: [{ id: 'r1', name: LONG_NAME }],
};

let browser: Browser;
let open: TestPage | undefined;
beforeAll(async () => {
  browser = await launchChromium();
});
afterEach(async () => {
  const problems = open?.problems ?? [];
  await open?.close();
  open = undefined;
  expect(problems).toEqual([]);
});
afterAll(() => browser.close());

async function show(scene: Scene, isMotionReduced = false): Promise<Page> {
  const { page, place, usesStubHost } = scene;
  const host = usesStubHost === true ? { hostScript: await buildStubHost() } : {};
  open = await openPage(browser, await buildPage(page), { ...place, ...host, isMotionReduced });
  await scene.fill(open);
  return open.page;
}

describe.each(SCENES.map((scene) => [scene.page, scene] as const))('%s', (_, scene) => {
  it('has every control whole, in reach and under no other at 200 % zoom', async () => {
    const page = await show(scene);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    await expect.poll(() => page.evaluate(faultyControls), { timeout: PATIENCE_MS }).toEqual([]);
  });

  it('moves nothing for people who want no motion', async () => {
    const page = await show(scene, true);
    await expect.poll(() => page.evaluate(movingParts), { timeout: PATIENCE_MS }).toEqual([]);
  });
});

describe('while a page waits', () => {
  it.each(['diff', 'views', 'table', 'dashboard', 'run'] as const)(
    '%s moves nothing either',
    async (name) => {
      const size = name === 'run' ? NARROW : WIDE;
      open = await openPage(browser, await buildPage(name), { ...size, isMotionReduced: true });
      if (name === 'views') await open.sendRaw({ type: 'opening', file: '/w/fmnist.supcon.json' });
      if (name === 'diff') await open.page.getByText('Reading the runs').waitFor();
      await expect.poll(() => open?.page.evaluate(movingParts), { timeout: PATIENCE_MS }).toEqual([]);
    },
  );
});

it('the checks find what is wrong', async () => {
  const page = await show(SCENES[3]);
  await page.evaluate(() => {
    const plant = (text: string, style: string) => {
      const button = document.createElement('button');
      button.textContent = text;
      button.style.cssText = `position: fixed; ${style}`;
      document.body.append(button);
      return button;
    };
    plant('outside', 'top: 0; left: 540px; width: 90px');
    plant('under', 'top: 50px; left: 10px; width: 90px; height: 30px');
    plant('over', 'top: 40px; left: 0; width: 200px; height: 60px');
    plant('too long for its room', 'top: 120px; left: 0; width: 30px; overflow: hidden; white-space: nowrap');
    const spin = [{ rotate: '0turn' }, { rotate: '1turn' }];
    plant('turning', 'top: 200px; left: 0').animate(spin, { duration: 1000, iterations: Infinity });
  });
  const faults = await page.evaluate(faultyControls);
  for (const fault of [
    'cut off: button "outside"',
    'covered: button "under"',
    'text cut: button "too long for its room"',
  ])
    expect(faults).toContain(fault);
  expect(await page.evaluate(movingParts)).toHaveLength(1);
});

// The functions below run inside the page: they may use nothing from this module.

/** Controls that are cut off by the window or by what holds them, that cut their own text, or that lie under another. */
function faultyControls(): string[] {
  const SLACK_PX = 1;
  const SELECTOR =
    'button, input, select, textarea, a[href], [role=button], vscode-button, vscode-single-select, vscode-textfield';
  const isInView = (target: Element) => target.checkVisibility({ visibilityProperty: true });
  const controls = [...document.querySelectorAll<HTMLElement>(SELECTOR)].filter(isInView);
  const nameOf = (target: HTMLElement) =>
    `${target.tagName.toLowerCase()} "${target.getAttribute('aria-label') ?? target.textContent.trim().slice(0, 40)}"`;
  /** Whether what is beyond an edge can be scrolled to. */
  const scrolls = (target: HTMLElement) => {
    for (let outer = target.parentElement; outer !== null; outer = outer.parentElement)
      if (/auto|scroll/.test(getComputedStyle(outer).overflowX) && outer.scrollWidth > outer.clientWidth)
        return true;
    return false;
  };
  const cutOff = controls.filter((target) => {
    const { left, right } = target.getBoundingClientRect();
    return (left < -SLACK_PX || right > innerWidth + SLACK_PX) && !scrolls(target);
  });
  /** Text that is cut without the sign for it. */
  const cutText = controls.filter((target) => {
    const { overflowX, textOverflow } = getComputedStyle(target);
    const isCut = target.scrollWidth > target.clientWidth + SLACK_PX && overflowX === 'hidden';
    return isCut && textOverflow !== 'ellipsis' && target.querySelector('.cut-head') === null;
  });
  const covered = controls.filter((target) => {
    target.scrollIntoView({ block: 'center', inline: 'center' });
    const { left, top, width, height } = target.getBoundingClientRect();
    if (width === 0 || height === 0) return false;
    const found = document.elementFromPoint(left + width / 2, top + height / 2);
    return (
      found !== null &&
      found !== target &&
      !target.contains(found) &&
      !found.contains(target) &&
      found.closest('label')?.contains(target) !== true
    );
  });
  return [
    ...cutOff.map((target) => `cut off: ${nameOf(target)}`),
    ...cutText.map((target) => `text cut: ${nameOf(target)}`),
    ...covered.map((target) => `covered: ${nameOf(target)}`),
  ];
}

/** Animations that run, and elements whose style would animate a change. */
function movingParts(): string[] {
  const running = document
    .getAnimations()
    .filter(({ playState }) => playState === 'running')
    .map((animation) => {
      const effect = animation.effect as KeyframeEffect | null;
      return `animation of ${effect?.target?.tagName ?? ''}.${effect?.target?.className ?? ''}`;
    });
  const isLong = (durations: string) => durations.split(',').some((duration) => parseFloat(duration) > 0.02);
  const animated = [...document.querySelectorAll('*')].filter((target) => {
    const { transitionDuration, animationDuration, animationName } = getComputedStyle(target);
    return isLong(transitionDuration) || (animationName !== 'none' && isLong(animationDuration));
  });
  return [...running, ...animated.map((target) => `style of ${target.tagName}.${target.className}`)];
}
