/** What the special charts share: a card of their own, SVG elements, and the words where nothing is recorded. */
import { element } from '../../dom';

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

/** A titled holder for a chart that is no line chart. */
export function specialCard(title: string, children: readonly Node[]): HTMLElement {
  const caption = element('figcaption', {}, [element('h3', { text: title })]);
  return element('figure', { class: 'special-card', attributes: { 'aria-label': title } }, [
    caption,
    ...children,
  ]);
}

/** A sentence in place of a chart. */
export function emptyWords(text: string): HTMLElement {
  return element('p', { class: 'quiet special-empty', text });
}

/** A choice with a name, from plain values. */
export function createPicker(
  label: string,
  choose: (value: string) => void,
): {
  readonly element: HTMLElement;
  fill(values: readonly (readonly [value: string, text: string])[], chosen: string): void;
} {
  const select = element('select');
  select.addEventListener('change', () => choose(select.value));
  const root = element('label', { class: 'bar-field' }, [
    element('span', { class: 'quiet', text: label }),
    select,
  ]);
  let shape = '';
  return {
    element: root,
    fill: (values, chosen) => {
      const next = JSON.stringify(values);
      if (next !== shape) {
        shape = next;
        select.replaceChildren(
          ...values.map(([value, text]) => element('option', { text, attributes: { value } })),
        );
      }
      select.value = chosen;
    },
  };
}
