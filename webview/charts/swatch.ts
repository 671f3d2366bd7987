/** A short piece of a run's line, as its sign in lists and tables: colour and dash together. */

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH_PX = 18;
const HEIGHT_PX = 10;

/** Creates the sign; decoration only, the name stands beside it. */
export function createSwatch(colour: string, dash: readonly number[]): SVGElement {
  const root = document.createElementNS(SVG, 'svg');
  const line = document.createElementNS(SVG, 'line');
  set(root, { width: WIDTH_PX, height: HEIGHT_PX, 'aria-hidden': 'true', class: 'swatch' });
  set(line, { x1: 0, x2: WIDTH_PX, y1: HEIGHT_PX / 2, y2: HEIGHT_PX / 2, stroke: `var(${colour})` });
  set(line, { 'stroke-width': 2.5, 'stroke-dasharray': dash.join(' ') });
  root.append(line);
  return root;
}

function set(target: Element, attributes: Readonly<Record<string, string | number>>): void {
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, String(value));
}
