/** What the special charts share: a card of their own, and the words where nothing is recorded. */
import { element } from '../../dom';

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
