/** The pen that writes SVG text, for files. Everything that comes from elsewhere is escaped. */
import { gapless, reversed } from './canvasPen';
import type { Pen, Stroke } from './pen';
import { FONT_PX, MARK_PX, markLines } from './pen';

/** A pen and what it has written. */
export interface SvgPen extends Pen {
  /** The whole document. */
  document(size: { readonly widthPx: number; readonly heightPx: number }, look: SvgLook): string;
}

/** What the document as a whole looks like. */
export interface SvgLook {
  readonly background: string;
  readonly fontFamily: string;
  readonly title: string;
}

/** Creates the pen. */
export function svgPen(): SvgPen {
  const parts: string[] = [];
  let clips = 0;
  return {
    polyline: (points, stroke) => {
      const path = pathOf(points);
      if (path !== '') parts.push(`<path d="${path}" fill="none" ${strokeAttributes(stroke)}/>`);
    },
    area: (upper, lower, colour, alpha) => {
      for (const [above, below] of gapless(upper, lower)) {
        const path = `${pathOf([...above, ...reversed(below)])}Z`;
        parts.push(`<path d="${path}" fill="${escaped(colour)}" fill-opacity="${round(alpha)}"/>`);
      }
    },
    mark: (shape, x, y, colour) => {
      const at = `transform="translate(${round(x)} ${round(y)})"`;
      const paint = escaped(colour);
      if (shape === 'dot') parts.push(`<circle ${at} r="${MARK_PX - 1}" fill="${paint}"/>`);
      else {
        const look =
          shape === 'cross' ? `stroke="${paint}" stroke-width="1.5" fill="none"` : `fill="${paint}"`;
        parts.push(`<path ${at} d="${markLines(shape).map(pathOf).join('')}" ${look}/>`);
      }
    },
    text: (text, x, y, { colour, align }) => {
      const anchor = { left: 'start', center: 'middle', right: 'end' }[align];
      const place = `x="${round(x)}" y="${round(y)}" dominant-baseline="central" text-anchor="${anchor}"`;
      parts.push(`<text ${place} fill="${escaped(colour)}">${escaped(text)}</text>`);
    },
    clipped: ({ left, top, width, height }, draw) => {
      const id = `clip${clips++}`;
      const rectangle = `<rect x="${left}" y="${top}" width="${width}" height="${height}"/>`;
      parts.push(`<clipPath id="${id}">${rectangle}</clipPath><g clip-path="url(#${id})">`);
      draw();
      parts.push('</g>');
    },
    document: ({ widthPx, heightPx }, { background, fontFamily, title }) =>
      [
        `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${heightPx}" viewBox="0 0 ${widthPx} ${heightPx}" font-family="${escaped(fontFamily)}" font-size="${FONT_PX}">`,
        `<title>${escaped(title)}</title>`,
        `<rect width="100%" height="100%" fill="${escaped(background)}"/>`,
        ...parts,
        '</svg>\n',
      ].join('\n'),
  };
}

function pathOf(points: readonly number[]): string {
  let path = '';
  let isDown = false;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const y = points[i + 1] ?? NaN;
    if (!Number.isNaN(y)) path += `${isDown ? 'L' : 'M'}${round(points[i] ?? 0)} ${round(y)}`;
    isDown = !Number.isNaN(y);
  }
  return path;
}

function strokeAttributes({ colour, widthPx, dash, alpha }: Stroke): string {
  const dashes = dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`;
  return `stroke="${escaped(colour)}" stroke-width="${widthPx}" stroke-opacity="${round(alpha)}"${dashes}`;
}

function round(value: number): string {
  return String(Math.round(value * 100) / 100);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
