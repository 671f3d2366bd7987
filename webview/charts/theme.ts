/**
 * The editor's colours for canvas drawing. Canvas pixels do not follow CSS variables, so colours are read
 * when they are used, kept until the theme changes, and every chart is told to draw again.
 */

const cache = new Map<string, string>();
const listeners = new Set<() => void>();

/** The current value of a CSS variable such as `--vscode-charts-blue`; the text colour if it is not set. */
export function themeColour(variable: string): string {
  const known = cache.get(variable);
  if (known !== undefined) return known;
  const style = getComputedStyle(document.body);
  const own = style.getPropertyValue(variable).trim();
  const value = own === '' ? style.color : own;
  cache.set(variable, value);
  return value;
}

/** A theme colour with part of its opacity: grid lines that stay faint in high contrast as well. */
export function faintColour(variable: string, percent: number): string {
  return `color-mix(in srgb, ${themeColour(variable)} ${percent}%, transparent)`;
}

/** The editor's font at a size in CSS pixels, for canvas text. */
export function themeFont(sizePx: number): string {
  return `${sizePx}px ${getComputedStyle(document.body).fontFamily}`;
}

/** Calls back after each change of theme until the returned function is called. */
export function onThemeChange(listener: () => void): () => void {
  if (listeners.size === 0) startWatching();
  listeners.add(listener);
  return () => listeners.delete(listener);
}

let observer: MutationObserver | undefined;

function startWatching(): void {
  if (observer) return;
  observer = new MutationObserver(() => {
    cache.clear();
    for (const listener of listeners) listener();
  });
  const attributes = ['class', 'style', 'data-vscode-theme-kind', 'data-vscode-theme-id'];
  observer.observe(document.body, { attributes: true, attributeFilter: attributes });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: attributes });
}
