/** The choice of one more tag that the compared runs share. */
import * as l10n from '@vscode/l10n';
import { element, showIf } from '../../dom';

/** A list of tags; nothing is chosen at first. */
export interface Picker {
  readonly element: HTMLElement;
  /** The chosen tag; empty for none. */
  readonly tag: string;
  /** The tags to choose from; the choice stays if it is among them. */
  fill(tags: readonly string[]): void;
}

/** Creates the list; `onChosen` is called when the reader has chosen. */
export function createPicker(onChosen: () => void): Picker {
  const select = element('select');
  let told = '';
  select.addEventListener('change', onChosen);
  const root = element('label', { class: 'curve-picker' }, [
    element('span', { class: 'quiet', text: l10n.t('Another shared tag') }),
    select,
  ]);
  const fill = (tags: readonly string[]) => {
    showIf(root, tags.length > 0);
    const text = tags.join('\0');
    if (text === told) return;
    told = text;
    const chosen = tags.includes(select.value) ? select.value : '';
    const optionOf = (tag: string) => element('option', { text: tag, attributes: { value: tag } });
    select.replaceChildren(
      element('option', { text: l10n.t('none'), attributes: { value: '' } }),
      ...tags.map(optionOf),
    );
    select.value = chosen;
  };
  showIf(root, false);
  return {
    element: root,
    get tag() {
      return select.value;
    },
    fill,
  };
}
