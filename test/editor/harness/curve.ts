/** The loss curve on the dashboard page, asked by the names that assistive technology reads. */
import type { Editor } from './editor';
import { waitFor } from './workspace';

/** Which dashboard is looked at: the one in the side bar or the one in the editor area. */
export type DashboardSize = 'narrow' | 'wide';

/** Milliseconds that an attribute has to be there. */
const ATTRIBUTE_MS = 2_000;

/** Waits until the page shows the loss beyond a step; a start opens the side bar's page by itself. */
export async function curveBeyond(
  editor: Editor,
  size: DashboardSize,
  step: number,
  deadlineMs: number,
): Promise<void> {
  const isBeyond = async (): Promise<boolean> => (await lastStepShown(editor, size)) > step;
  await waitFor(`the ${size} curve to pass step ${step}`, isBeyond, deadlineMs).catch(
    async (error: unknown) => {
      await editor.screenshot(`no-${size}-curve`);
      throw new Error(`the window says: ${await wordsOf(editor)}`, { cause: error });
    },
  );
}

/** All that the window and its pages say, for the report of a test that failed. */
async function wordsOf({ page }: Editor): Promise<string> {
  const words = page.frames().map((frame) =>
    frame
      .locator('body')
      .innerText()
      .catch(() => ''),
  );
  return (await Promise.all(words)).join('\n---\n');
}

/** The last step of the loss chart, -1 while there is no chart or nothing on it. */
export async function lastStepShown(editor: Editor, size: DashboardSize): Promise<number> {
  try {
    const frame = await editor.dashboard(size);
    const chart = frame.getByRole('slider', { name: /^Loss/ }).first();
    const last = await chart.getAttribute('aria-valuemax', { timeout: ATTRIBUTE_MS });
    return last === null ? -1 : Number(last);
  } catch {
    // The page is being loaded anew.
    return -1;
  }
}

/** How many steps the loss chart holds, as the caption of its table says: of one line a point is a step. */
export async function stepsHeld(editor: Editor, size: DashboardSize): Promise<number> {
  const frame = await editor.dashboard(size);
  const toggle = frame.getByRole('button', { name: /^Loss as a table/ }).first();
  await toggle.click();
  const caption = await frame.locator('.chart-table caption').first().innerText();
  await toggle.click();
  const count = /([\d,.]+) (?:steps|points)/.exec(caption)?.at(1) ?? '';
  return Number(count.replaceAll(/\D/g, ''));
}
