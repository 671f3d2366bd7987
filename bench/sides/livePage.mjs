/**
 * The dashboard in Chromium, fed from outside in the editor's place, and when each step was on the screen. A step of a
 * run counts as shown by a chart at the animation frame after the one in which the chart cleared and drew its canvas
 * with that step among its values and on its axis. Charts beyond the edge of the window do not count.
 */
import { openDashboard } from './dashboardPage.mjs';

/**
 * What one drawing of a chart brought to the screen: the newest step of each run, and when, in milliseconds since 1970.
 * @typedef {{ chart: string, steps: [run: string, step: number][], at: number }} Drawing
 *
 * @typedef {object} LivePage
 * @property {(message: unknown) => Promise<boolean>} post hands a message to the page; true when it has it
 * @property {() => Promise<Drawing[]>} drawings all since the page was opened
 * @property {() => Promise<void>} close
 */

/**
 * Opens the page.
 * @param {{ receive: (message: unknown) => void, section: string }} options what the page says goes to `receive`; the
 *   charts that are looked at are those of the section
 * @returns {Promise<LivePage>}
 */
export async function openLivePage({ receive, section }) {
  const script = `(${standForEditor.toString()})(${JSON.stringify(section)})`;
  const { page, close } = await openDashboard({ script, receive });
  return {
    post: async (message) => {
      await page.evaluate((told) => window.postMessage(told, '*'), message);
      return true;
    },
    drawings: () => page.evaluate(() => /** @type {any} */ (window).drawings),
    close,
  };
}

/**
 * Runs inside the page before its own script: it may use nothing from this module.
 * @param {string} section
 */
function standForEditor(section) {
  /** @type {Map<string, Map<string, number>>} */
  const toldByChart = new Map();
  /** @type {Drawing[]} */
  const drawings = [];
  Object.assign(window, {
    drawings,
    acquireVsCodeApi: () => ({
      postMessage: (/** @type {unknown} */ message) => /** @type {any} */ (window).tellHost(message),
      setState: () => undefined,
      getState: () => undefined,
    }),
  });
  window.addEventListener('message', ({ data }) => {
    if (data.type !== 'answers') return;
    for (const { run, tag, statistics } of data.answers.flatMap(linesOf)) {
      const chart = tag.slice(section.length + 1);
      const told = toldByChart.get(chart) ?? new Map();
      toldByChart.set(chart, told.set(run, statistics.lastStep));
    }
  });
  /** @param {import('../../src/protocol/chart').QueryAnswer} answered */
  function linesOf({ answer }) {
    return answer.lines;
  }
  const { clearRect } = CanvasRenderingContext2D.prototype;
  /**
   * @this {CanvasRenderingContext2D}
   * @param {number} x
   * @param {number} y
   * @param {number} width
   * @param {number} height
   */
  function clearAndNote(x, y, width, height) {
    clearRect.call(this, x, y, width, height);
    noteDrawing(this.canvas.closest('.card'));
  }
  CanvasRenderingContext2D.prototype.clearRect = clearAndNote;
  /** @param {Element | null} card */
  function noteDrawing(card) {
    if (card === null) return;
    const chart = card.getAttribute('aria-label') ?? '';
    const steps = [...(toldByChart.get(chart) ?? [])];
    const end = Number(card.querySelector('[role=slider]')?.getAttribute('aria-valuemax'));
    if (steps.length === 0 || end !== Math.max(...steps.map(([, step]) => step))) return;
    requestAnimationFrame(() => {
      const { top, bottom } = card.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) drawings.push({ chart, steps, at: Date.now() });
    });
  }
}
