/** Gathers the neighbours of many samples before they are written: how far it is, and a way to stop it. */
import * as l10n from '@vscode/l10n';
import { formatCount } from '../../../src/domain/display/format';
import { element, setText, showIf } from '../../dom';
import { NeighbourCollector } from '../state/collector';
import { questionAbout } from '../state/neighbourhood';
import type { NeighbourList } from '../state/neighbours';
import type { Place } from '../state/partners';
import type { Store } from '../state/store';
import { textButton } from './controls';

type ListOf = (place: Place) => NeighbourList | undefined;

/** One gathering at a time; another one takes its place. */
export interface Gathering {
  readonly element: HTMLElement;
  /** Calls back once the neighbours of all these samples are here, as they are looked at now. */
  start(places: readonly Place[], done: (listOf: ListOf) => void): void;
}

interface Current {
  readonly collector: NeighbourCollector;
  /** Of the source that was asked about: another array once another source is open. */
  readonly ids: readonly string[] | undefined;
  readonly done: (listOf: ListOf) => void;
}

/** Creates the line, which is there while neighbours are gathered, and says why if they could not be. */
export function createGathering(store: Store): Gathering {
  let current: Current | null = null;
  const words = element('span', { class: 'quiet', attributes: { role: 'status' } });
  const cancel = textButton(l10n.t('Cancel'), null, () => end(''));
  const root = element('div', { class: 'actions' }, [words, cancel]);
  const end = (sentence: string) => {
    current = null;
    setText(words, sentence);
    showIf(cancel, false);
    showIf(root, sentence !== '');
  };
  const goOn = () => {
    if (!current) return;
    const { collector, ids, done } = current;
    if (store.model.refusal !== null) end(REFUSED);
    else if (store.model.panes?.left.source.ids !== ids) end('');
    else if (collector.goOn()) {
      end('');
      done((place) => collector.listOf(place));
    } else setText(words, progressWords(collector));
  };
  end('');
  store.onChange(goOn);
  return {
    element: root,
    start: (places, done) => {
      store.begin();
      const questions = places.map((place) => questionAbout(store.model, store.view, place));
      const collector = new NeighbourCollector(questions, store.neighbourhood);
      current = { collector, ids: store.model.panes?.left.source.ids, done };
      showIf(root, true);
      showIf(cancel, true);
      goOn();
    },
  };
}

const REFUSED = l10n.t('Nothing was written, because neighbours could not be found.');

function progressWords({ count, total }: NeighbourCollector): string {
  return l10n.t('Finding neighbours: {0} of {1} samples', formatCount(count), formatCount(total));
}
