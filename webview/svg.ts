/** SVG elements, made as the other elements of a page are. */

const SVG = 'http://www.w3.org/2000/svg';

/** Attributes of an SVG element; presentation attributes may name CSS variables. */
export type SvgAttributes = Readonly<Record<string, string | number>>;

/** Creates an SVG element. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: SvgAttributes,
  children: readonly (Node | string)[] = [],
): SVGElementTagNameMap[Tag] {
  const created = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) created.setAttribute(name, String(value));
  created.append(...children);
  return created;
}
