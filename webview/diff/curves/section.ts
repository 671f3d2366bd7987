/**
 * The section of the learning curves: loss, main accuracy and one more tag of the reader's choice, all runs over each
 * other by step. It stays while the rest of the page is drawn anew, and zooms as one.
 */
import * as l10n from '@vscode/l10n';
import { titlesOf } from '../../../src/domain/diff/columns';
import type { DiffColumn } from '../../../src/domain/diff/runDiff';
import { shortNames } from '../../../src/domain/display/shortNames';
import type { CurveMessage, PageMessage } from '../../../src/protocol/pages/diff';
import type { Span } from '../../../src/domain/series/windows';
import { Queries } from '../../charts/queries';
import { createSwatch } from '../../charts/swatch';
import { FrameWork } from '../../charts/work';
import { element, showIf } from '../../dom';
import { createSection } from '../section';
import type { CurvesHost } from './card';
import { CurveCard } from './card';
import { createPicker } from './picker';
import type { CurveRunLook } from './scene';
import { looksOf } from './scene';
import { noticesOf } from './notices';

/** The section, for a page that knows nothing yet. */
export interface CurvesSection {
  readonly element: HTMLElement;
  /** The compared runs, in the order of their columns. */
  setColumns(columns: readonly DiffColumn[]): void;
  take(message: CurveMessage): void;
}

/** Creates the section, empty. */
export function createCurvesSection(post: (message: PageMessage) => void): CurvesSection {
  return new Section(post);
}

class Section implements CurvesSection {
  readonly element: HTMLElement;
  readonly #post: (message: PageMessage) => void;
  readonly #queries: Queries;
  readonly #work = new FrameWork();
  readonly #legend = element('ul', { class: 'curve-legend' });
  readonly #notices = element('div', { attributes: { role: 'status' } });
  readonly #grid = element('div', { class: 'curve-grid' });
  readonly #picker = createPicker(() => this.#arrange());
  #cards: readonly CurveCard[] = [];
  #runs: readonly CurveRunLook[] = [];
  #told: Extract<CurveMessage, { type: 'curves' }> | undefined;
  #sequence: number | null = null;
  #range: Span | null = null;

  constructor(post: (message: PageMessage) => void) {
    this.#post = post;
    this.#queries = new Queries(post);
    this.element = createSection({ title: l10n.t('Curves'), summary: '', problems: [] }, [
      element('div', { class: 'curves' }, [this.#legend, this.#notices, this.#picker.element, this.#grid]),
    ]);
  }

  setColumns(columns: readonly DiffColumn[]): void {
    this.#runs = looksOf(columns.map(({ key }) => key));
    const titles = titlesOf(columns);
    const names = shortNames(titles);
    this.#legend.replaceChildren(
      ...this.#runs.map(({ letter, colour, dash }, i) =>
        element('li', { attributes: { title: titles[i] ?? '' } }, [
          createSwatch(colour, dash),
          document.createTextNode(`${letter} ${names[i] ?? ''}`),
        ]),
      ),
    );
    this.#arrange();
  }

  take(message: CurveMessage): void {
    const isNext = message.sequence === (this.#sequence ?? NaN) + 1;
    if (message.type === 'curves') {
      [this.#sequence, this.#told] = [message.sequence, message];
      this.#arrange();
      this.#queries.restart();
    } else if (isNext) {
      this.#sequence = message.sequence;
      this.#queries.take(message.answers);
    } else if (this.#sequence !== null) {
      // Once: the host tells everything anew.
      this.#sequence = null;
      this.#post({ type: 'missed' });
    }
  }

  /** One card a tag; those that stay keep their place, zoom and focus. */
  #arrange(): void {
    const { choice } = this.#told ?? {};
    const first = [choice?.loss, choice?.accuracy].flatMap((tag) => tag ?? []);
    this.#picker.fill((choice?.tags ?? []).filter((tag) => !first.includes(tag)));
    const tags = [...first, ...(this.#picker.tag === '' ? [] : [this.#picker.tag])];
    for (const card of this.#cards) if (!tags.includes(card.tag)) card.dispose();
    this.#cards = tags.map(
      (tag) => this.#cards.find((card) => card.tag === tag) ?? new CurveCard(tag, this.#host()),
    );
    for (const { element: card } of this.#cards) if (!card.isConnected) this.#grid.append(card);
    this.#notices.replaceChildren(...noticesOf(this.#told, this.#runs));
    showIf(this.#grid, tags.length > 0);
    this.#drawAll();
  }

  #drawAll(): void {
    for (const card of this.#cards) this.#work.add(card);
  }

  #host(): CurvesHost {
    const runs = () => this.#runs;
    const range = () => this.#range;
    const isGrowing = () => this.#told?.isGrowing ?? false;
    return {
      queries: this.#queries,
      work: this.#work,
      get runs() {
        return runs();
      },
      get range() {
        return range();
      },
      get isGrowing() {
        return isGrowing();
      },
      zoom: (zoomed) => {
        this.#range = zoomed;
        this.#drawAll();
      },
      point: (x, from) => {
        for (const { charts } of this.#cards)
          for (const chart of charts) if (chart !== from) chart.showCursor(x);
      },
    };
  }
}
