/** One view for each index in sight. Views whose index left are used again for those that came, so scrolling creates nothing. */

/** A part of the page that can stand for one index after the other. */
export interface Recyclable {
  readonly element: HTMLElement;
}

/** Views by index below one parent. */
export class Recycler<View extends Recyclable> {
  readonly #parent: HTMLElement;
  readonly #create: () => View;
  readonly #spare: View[] = [];
  #shown = new Map<number, View>();

  constructor(parent: HTMLElement, create: () => View) {
    this.#parent = parent;
    this.#create = create;
  }

  /** The view of an index, if it is in sight. */
  get(index: number): View | undefined {
    return this.#shown.get(index);
  }

  /** Shows these indices; `bind` is told whether the view stood for the same index before. */
  show(indices: readonly number[], bind: (view: View, index: number, isSame: boolean) => void): void {
    const before = this.#shown;
    const wanted = new Set(indices);
    this.#shown = new Map();
    for (const [index, view] of before) if (!wanted.has(index)) this.#spare.push(view);
    for (const index of wanted) {
      const same = before.get(index);
      const view = same ?? this.#take();
      this.#shown.set(index, view);
      bind(view, index, same !== undefined);
    }
    for (const view of this.#spare) if (!view.element.hidden) view.element.hidden = true;
  }

  #take(): View {
    const spare = this.#spare.pop();
    if (spare) {
      spare.element.hidden = false;
      return spare;
    }
    const created = this.#create();
    this.#parent.append(created.element);
    return created;
  }
}
