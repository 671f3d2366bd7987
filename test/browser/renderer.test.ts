/** The projector's renderer in Chromium, on a page with the policy of the real ones: by WebGL2 and by the processor. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildStubRenderer } from './buildPage';
import { launchChromium } from './chromium';
import type { Made, ProjectorParts } from './stub/renderer';

const ORIGIN = 'https://page.test';
const POLICY = "default-src 'none'; script-src 'nonce-n'";

interface Lab {
  readonly projectorParts: ProjectorParts;
}

let script = '';
let browser: Browser;
let problems: string[] = [];
beforeAll(async () => {
  [script, browser] = await Promise.all([buildStubRenderer(), launchChromium()]);
});
afterAll(async () => browser.close());
afterEach(() => {
  const found = problems;
  problems = [];
  expect(found).toEqual([]);
});

async function openedPage(
  options: { reducedMotion?: 'reduce'; deviceScaleFactor?: number } = {},
  by = browser,
) {
  const page = await by.newPage({ viewport: { width: 640, height: 420 }, ...options });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const files = new Map([
    ['/index.html', ['text/html', html()]],
    ['/parts.js', ['text/javascript', script]],
  ]);
  await page.route(`${ORIGIN}/**`, async (route) => {
    const [contentType, body] = files.get(new URL(route.request().url()).pathname) ?? ['', ''];
    await route.fulfill({ contentType, body });
  });
  await page.goto(`${ORIGIN}/index.html`);
  await page.evaluate(() => {
    const map = document.querySelector('main');
    if (map) Object.assign(map.style, { position: 'relative', width: '600px', height: '400px' });
    document.body.style.background = '#1f1f1f';
    document.documentElement.style.setProperty('--vscode-editor-background', '#1f1f1f');
    document.documentElement.style.setProperty('--vscode-foreground', '#cccccc');
    document.documentElement.style.setProperty('--vscode-focusBorder', '#0078d4');
  });
  return page;
}

function html(): string {
  return `<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><body><main></main><script nonce="n" src="${ORIGIN}/parts.js"></script>`;
}

interface Difference {
  readonly mean: number;
  /** Share of the channels that differ by more than 32 of 255. */
  readonly far: number;
  /** Share of the pixels that are not background. */
  readonly ink: number;
}

/** Draws one scene by both back ends and compares the pixels. */
async function differenceOf(page: Page, made: Made, mix: number, ratio: number): Promise<Difference> {
  return page.evaluate(
    ([size, at, pixels]) => {
      const { createRenderer, sceneOf, LOOK } = (window as unknown as Lab).projectorParts;
      const target = document.querySelector('main') ?? document.body;
      const plain = sceneOf(size, at);
      const panes = plain.panes.map((view) => {
        const looks = view.points.looks.map((_, row) =>
          row % 20 === 0
            ? LOOK.emphasised
            : row % 3 === 0
              ? LOOK.faded
              : row % 7 === 0
                ? LOOK.hidden
                : LOOK.plain,
        );
        return { ...view, points: { ...view.points, looks } };
      });
      const bytes = (['webgl2', 'cpu'] as const).map((force) => {
        const renderer = createRenderer(target, { force });
        renderer.resize({ width: size.width, height: size.height, ratio: pixels });
        if (renderer.describe().kind !== force) throw new Error(renderer.describe().reason);
        const canvas = renderer.picture({ ...plain, panes });
        renderer.dispose();
        return canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      });
      let [sum, far, ink] = [0, 0, 0];
      const [ours, other] = bytes;
      for (let i = 0; i < ours.length; i++) {
        const apart = Math.abs(ours[i] - other[i]);
        sum += apart;
        if (apart > 32) far++;
        if (i % 4 === 0 && other[i] !== 31) ink++;
      }
      return { mean: sum / ours.length, far: far / ours.length, ink: ink / (ours.length / 4) };
    },
    [made, mix, ratio] as const,
  );
}

describe('choice', () => {
  it('takes the processor where WebGL2 is software, and says so', async () => {
    const page = await openedPage();
    const probe = await page.evaluate(() => {
      const { createRenderer } = (window as unknown as Lab).projectorParts;
      return createRenderer(document.body).describe();
    });
    expect(probe.kind).toBe('cpu');
    expect(probe.reason).toMatch(/software.*SwiftShader/);
    await page.close();
  });

  it('takes the processor where there is no WebGL2, even if it is wanted', async () => {
    const bare = await launchChromium(['--disable-software-rasterizer', '--disable-3d-apis']);
    try {
      const page = await openedPage({}, bare);
      const probes = await page.evaluate(() => {
        const { createRenderer } = (window as unknown as Lab).projectorParts;
        return [undefined, 'webgl2' as const].map((force) =>
          createRenderer(document.body, force === undefined ? {} : { force }).describe(),
        );
      });
      expect(probes).toEqual([
        { kind: 'cpu', reason: 'WebGL2 is not available here' },
        { kind: 'cpu', reason: 'WebGL2 failed: the canvas gave no context' },
      ]);
    } finally {
      await bare.close();
    }
  });
});

describe('both back ends', () => {
  it('draw the same picture: flat and turned, in one pane and two, in the middle of a morph, on a fine screen', async () => {
    const page = await openedPage();
    const size = { width: 600, height: 400, count: 3000, radiusPx: 3 };
    const scenes: readonly (readonly [Made, number, number])[] = [
      [size, 0, 1],
      [{ ...size, panes: 2 }, 0.4, 1],
      [{ ...size, dimensions: 3 }, 1, 1],
      [{ ...size, panes: 2, width: 301 }, 0.5, 1.5],
    ];
    for (const [made, mix, ratio] of scenes) {
      const { mean, far, ink } = await differenceOf(page, made, mix, ratio);
      expect(ink).toBeGreaterThan(0.05);
      // A disc's centre is rounded to a quarter of a pixel by the one and to a fraction of that by the other.
      expect(mean).toBeLessThan(3);
      expect(far).toBeLessThan(0.02);
    }
    await page.close();
  });
});

describe('a lost context', () => {
  it('falls over to the processor with the same scene, on another canvas, and says so', async () => {
    const page = await openedPage();
    const after = await page.evaluate(async () => {
      const { createRenderer, sceneOf } = (window as unknown as Lab).projectorParts;
      const target = document.querySelector('main') ?? document.body;
      let changed = 0;
      const renderer = createRenderer(target, { force: 'webgl2', onChange: () => changed++ });
      renderer.resize({ width: 600, height: 400, ratio: 1 });
      renderer.draw(sceneOf({ width: 600, height: 400, count: 2000 }));
      const canvas = target.querySelector('canvas');
      const gl = canvas?.getContext('webgl2');
      gl?.getExtension('WEBGL_lose_context')?.loseContext();
      for (let i = 0; i < 100 && changed === 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
      const now = target.querySelector('canvas');
      const data = now?.getContext('2d')?.getImageData(0, 0, 600, 400).data ?? new Uint8ClampedArray();
      const ink = data.filter((value, i) => i % 4 === 0 && value !== 31).length / (data.length / 4);
      renderer.draw(sceneOf({ width: 600, height: 400, count: 10 }));
      return {
        changed,
        probe: renderer.describe(),
        isOther: now !== canvas,
        canvases: target.childElementCount,
        ink,
      };
    });
    expect(after).toMatchObject({
      changed: 1,
      isOther: true,
      canvases: 1,
      probe: { kind: 'cpu', reason: 'The graphics card was lost' },
    });
    expect(after.ink).toBeGreaterThan(0.02);
    await page.close();
  });
});

describe('overlay', () => {
  it('draws names, contours, rings, axes and what the hand draws, and asks for pictures when few are in view', async () => {
    const page = await openedPage();
    const seen = await page.evaluate(() => {
      const { createRenderer, createOverlay, sceneOf, overlayOf, picturesOf } = (window as unknown as Lab)
        .projectorParts;
      const target = document.querySelector('main') ?? document.body;
      const size = { width: 600, height: 400, ratio: 1 };
      const renderer = createRenderer(target, { force: 'cpu' });
      const overlay = createOverlay(target);
      renderer.resize(size);
      overlay.resize(size);
      // What the hand draws is filled with a faint colour.
      const inkOf = () => {
        const data = overlay.canvas.getContext('2d')?.getImageData(0, 0, 600, 400).data ?? [];
        let ink = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i] > 128) ink++;
        return ink;
      };
      const many = sceneOf({ ...size, count: 2000 });
      const { store, asked } = picturesOf(2000);
      renderer.draw(many);
      overlay.draw(many.panes.map((view) => overlayOf(view, store)));
      const first = { ink: inkOf(), asked: [...asked] };
      const few = sceneOf({ ...size, count: 150 });
      const draw = () => overlay.draw(few.panes.map((view) => overlayOf(view, store)));
      renderer.draw(few);
      draw();
      const bare = inkOf();
      const wanted = [...asked];
      for (const page of wanted) store.add(page, new Uint8Array(64 * 144).fill(40 + 60 * page));
      store.add(1, new Uint8Array(5));
      draw();
      return { first, bare, wanted, withPictures: inkOf(), again: asked.length };
    });
    expect(seen.first.ink).toBeGreaterThan(1500);
    expect(seen.first.asked).toEqual([]);
    expect([...seen.wanted].sort()).toEqual([0, 1, 2]);
    expect(seen.withPictures).toBeGreaterThan(seen.bare + 5000);
    // Page 1 came damaged: its pictures are left out, and it is not asked for again.
    expect(seen.again).toBe(3);
    const folder = process.env['SUPCON_SCREENSHOTS'];
    if (folder !== undefined) await page.screenshot({ path: `${folder}/renderer.png` });
    await page.close();
  });
});

describe('motion and size', () => {
  it('moves over time and ends at 1, or jumps there with reduced motion', async () => {
    for (const reducedMotion of [undefined, 'reduce'] as const) {
      const page = await openedPage(reducedMotion ? { reducedMotion } : {});
      const mixes = await page.evaluate(
        () =>
          new Promise<number[]>((resolve) => {
            const { morph } = (window as unknown as Lab).projectorParts;
            const told: number[] = [];
            morph(200, (mix) => {
              told.push(mix);
              if (mix === 1) resolve(told);
            });
          }),
      );
      expect(mixes.at(-1)).toBe(1);
      expect([...mixes].sort((a, b) => a - b)).toEqual(mixes);
      if (reducedMotion) expect(mixes).toEqual([1]);
      else expect(mixes[0]).toBeLessThan(1);
      await page.close();
    }
  });

  it('tells of another size and of another pixel ratio', async () => {
    const page = await openedPage();
    const sizes = await page.evaluate(async () => {
      const { watchSize } = (window as unknown as Lab).projectorParts;
      const target = document.querySelector('main') ?? document.body;
      const told: { width: number; height: number; ratio: number }[] = [];
      const stop = watchSize(target, (size) => told.push(size));
      target.style.width = '300px';
      for (let i = 0; i < 100 && told.length < 2; i++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      Object.assign(window, { told, stop });
      return told;
    });
    expect(sizes).toEqual([
      { width: 600, height: 400, ratio: 1 },
      { width: 300, height: 400, ratio: 1 },
    ]);
    const session = await page.context().newCDPSession(page);
    // A page that is zoomed has fewer of its own pixels as well.
    const screen = { width: 620, height: 410, deviceScaleFactor: 2, mobile: false };
    await session.send('Emulation.setDeviceMetricsOverride', screen);
    const told = () => page.evaluate(() => (window as unknown as { told: unknown[] }).told.at(-1));
    await expect.poll(told, { timeout: 10_000 }).toEqual({ width: 300, height: 400, ratio: 2 });
    await page.close();
  });
});
