/** What a reader of the keyboard meets, stop by stop. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Names of what so many presses of Tab come to, each of which must show that it has the focus. */
export async function visibleTabStops(page: Page, presses: number): Promise<string[]> {
  const seen = new Set<string>();
  for (let i = 0; i < presses; i++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const { activeElement: element } = document;
      if (!element || element === document.body) return null;
      const name = element.getAttribute('aria-label') ?? element.textContent;
      return { name, outline: getComputedStyle(element).outlineStyle };
    });
    if (!focused) continue;
    seen.add(focused.name);
    expect(focused.outline, focused.name).not.toBe('none');
  }
  return [...seen];
}
