/** A choice of one of a few values, as the browser's own list. */
import { element } from './dom';

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
