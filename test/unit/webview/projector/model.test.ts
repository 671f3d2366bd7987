/** What the page makes of the host's messages, in order, out of order and hostile; and what it asks. */
import { describe, expect, it } from 'vitest';
import type {
  PaneSource,
  ProjectorHostMessage,
  ProjectorPageMessage,
} from '../../../../src/protocol/pages/projector';
import { asked, columnsAt, foldProjector } from '../../../../webview/projector/state/model';
import { played, stepped } from '../../../../webview/projector/state/playback';
import { Requests } from '../../../../webview/projector/state/requests';
import { initialView, referenceEpochs, shownEpochs } from '../../../../webview/projector/state/view';
import { classes, openedModel, openedWith, sourceOf } from './support';

type MapMessage = Extract<ProjectorHostMessage, { readonly type: 'map' }>;

const mapOf = (request: number, epoch: number, change: Partial<MapMessage> = {}): MapMessage => ({
  type: 'map',
  request,
  pane: 'left',
  epoch,
  positions: new Float32Array(4),
  dimensions: 2,
  isFinal: true,
  alignment: null,
  axes: [],
  ...change,
});
const opened = () => openedModel(sourceOf(['a', 'b']));
const inAsked = (request: number) => asked(opened(), request, opened().map);

describe('maps', () => {
  it('of the request before stay until the first of the new one comes', () => {
    const first = foldProjector(inAsked(1), mapOf(1, 3));
    const second = asked(first, 2, { ...first.map, method: 'pca' });
    expect(second.panes?.left.maps.has(3)).toBe(true);
    expect(second.shownMap.method).toBe('umap');
    expect(foldProjector(second, mapOf(1, 2))).toBe(second);
    const answered = foldProjector(second, mapOf(2, 2));
    expect([...(answered.panes?.left.maps.keys() ?? [])]).toEqual([2]);
    expect(answered.shownMap.method).toBe('pca');
  });

  it('of another length than their rows, or of a pane that is not there, are dropped', () => {
    const model = inAsked(1);
    expect(foldProjector(model, mapOf(1, 3, { positions: new Float32Array(5) }))).toBe(model);
    expect(foldProjector(model, mapOf(1, 3, { pane: 'right' }))).toBe(model);
    expect(foldProjector(model, mapOf(1, 3, { dimensions: 3 }))).toBe(model);
  });

  it('that cannot be made leave what is shown, with the sentence', () => {
    const shown = foldProjector(inAsked(1), mapOf(1, 3));
    const message = { type: 'refused', request: 2, message: 'No.' } as const;
    const refused = foldProjector(asked(shown, 2, shown.map), message);
    expect(refused.refusal).toBe('No.');
    expect(refused.panes?.left.maps.has(3)).toBe(true);
    expect(asked(refused, 3, refused.map).refusal).toBeNull();
  });
});

describe('columns', () => {
  it('of an epoch stand before those of the same name, and need a value a row', () => {
    const source = sourceOf(['a', 'b'], { columns: [classes(['x', 'y'])] });
    const model = asked(openedModel(source), 1, opened().map);
    const fold = (values: readonly string[]) =>
      foldProjector(model, {
        type: 'columns',
        request: 1,
        pane: 'left',
        epoch: 3,
        columns: [classes(values)],
      });
    const categories = (epoch: number) => {
      const { panes } = fold(['z', 'z']);
      const columns = panes ? columnsAt(panes.left, epoch) : [];
      return columns.map((column) => (column.kind === 'category' ? column.categories : []));
    };
    expect(categories(3)).toEqual([['z']]);
    expect(categories(2)).toEqual([['x', 'y']]);
    expect(fold(['z']).panes?.left.columns.get(3)).toEqual([]);
  });
});

describe('sources', () => {
  it('opened anew void everything, and partners of another length are none', () => {
    const shown = foldProjector(inAsked(1), mapOf(1, 3));
    const change = { right: sourceOf(['c']), partners: Int32Array.of(0) };
    const again = foldProjector(shown, openedWith(sourceOf(['a', 'b']), change));
    expect(again.panes?.left.maps.size).toBe(0);
    expect(again.request).toBe(1);
    expect(again.partners).toBeNull();
    expect(foldProjector(shown, { type: 'untrusted' })).toMatchObject({ phase: 'untrusted', panes: null });
  });
});

describe('questions', () => {
  it('ask for the epochs shown, for all others once they are played, and describe each once', () => {
    const posted: ProjectorPageMessage[] = [];
    const requests = new Requests((message) => posted.push(message));
    let view = initialView(opened());
    let model = requests.follow(requests.ask(opened(), view), view);
    const first = { type: 'show', request: 1, epochs: { left: 3, right: null }, isChain: false };
    expect(posted).toMatchObject([first]);
    model = requests.follow(foldProjector(model, mapOf(1, 3, { isFinal: false })), view);
    expect(posted).toHaveLength(1);
    model = requests.follow(foldProjector(model, mapOf(1, 3)), view);
    model = requests.follow(model, view);
    const epochs = [{ pane: 'left', epoch: 3 }];
    expect(posted.slice(1)).toEqual([{ type: 'describe', request: 1, epochs }]);
    view = { ...view, playback: stepped(view.playback, -1) };
    model = requests.follow(model, view);
    expect(posted.at(-1)).toMatchObject({ type: 'show', request: 2, epochs: { left: 2 }, isChain: false });
    view = { ...view, playback: played(view.playback) };
    model = requests.follow(model, view);
    expect(posted.at(-1)).toMatchObject({ type: 'show', request: 3, epochs: { left: 3 }, isChain: true });
    view = { ...view, playback: stepped(view.playback, -1) };
    expect(requests.follow(model, view)).toBe(model);
    requests.cancelled();
    requests.follow(model, view);
    expect(posted.at(-1)).toMatchObject({ type: 'show', request: 4, epochs: { left: 1 }, isChain: false });
  });

  it('ask nothing of a source without epochs', () => {
    const posted: unknown[] = [];
    const model = openedModel(sourceOf([], { tables: [] }));
    new Requests((message) => posted.push(message)).follow(model, initialView(model));
    expect(posted).toEqual([]);
  });
});

describe('the frame of all epochs', () => {
  const tables = (best?: number, epochs = [1, 2, 3]) => [
    { name: 'features', dimensions: 8, epochs, ...(best === undefined ? {} : { best }) },
  ];
  const framed = (left: Partial<PaneSource>, right?: Partial<PaneSource>) => {
    const change = right && { right: sourceOf(['a'], right), partners: Int32Array.of(0, -1) };
    const model = openedModel(sourceOf(['a', 'b'], left), change);
    const view = initialView(model);
    return { shown: shownEpochs(model, view), frame: referenceEpochs(model, view) };
  };

  it('is that of the best epoch of a finished run, which is shown at first', () => {
    const atBest = { left: 2, right: null };
    expect(framed({ tables: tables(2) })).toEqual({ shown: atBest, frame: atBest });
    const atLast = { left: 3, right: null };
    expect(framed({ tables: tables() })).toEqual({ shown: atLast, frame: atLast });
    expect(framed({ tables: tables(7) })).toEqual({ shown: atLast, frame: atLast });
  });

  it('is that of the first epoch of a run that may get better still', () => {
    const live = framed({ tables: tables(2), isLive: true });
    expect(live).toEqual({ shown: { left: 3, right: null }, frame: { left: 1, right: null } });
  });

  it('is, of two runs, that of the maps which are seen together', () => {
    const both = { left: 2, right: 2 };
    expect(framed({ tables: tables(2) }, { tables: tables(3) })).toEqual({ shown: both, frame: both });
    const apart = { left: 2, right: 1 };
    const sparse = { tables: tables(6, [1, 6]) };
    expect(framed({ tables: tables(2) }, sparse)).toEqual({ shown: apart, frame: apart });
    const growing = framed({ tables: tables(2) }, { tables: tables(1), isLive: true });
    expect(growing).toEqual({ shown: { left: 3, right: 3 }, frame: { left: 3, right: 1 } });
  });

  it('is what playing asks for', () => {
    const posted: ProjectorPageMessage[] = [];
    const model = openedModel(sourceOf(['a', 'b'], { tables: tables(2) }));
    const view = initialView(model);
    const playing = { ...view, playback: played(stepped(view.playback, -1)) };
    new Requests((message) => posted.push(message)).follow(model, playing);
    expect(posted).toMatchObject([{ type: 'show', epochs: { left: 2, right: null }, isChain: true }]);
  });
});

describe('epochs of a pair', () => {
  it('are each the nearest that a run has', () => {
    const right = sourceOf(['a'], { tables: [{ name: 'features', dimensions: 8, epochs: [2, 6] }] });
    const model = openedModel(sourceOf(['a', 'b']), { right, partners: Int32Array.of(0, -1) });
    const view = initialView(model);
    expect(view.playback.epochs).toEqual([1, 2, 3, 6]);
    expect(shownEpochs(model, view)).toEqual({ left: 3, right: 6 });
    const back = { ...view, playback: stepped(view.playback, -3) };
    expect(shownEpochs(model, back)).toEqual({ left: 1, right: 2 });
    expect(shownEpochs(model, { ...back, rightEpoch: 6 })).toEqual({ left: 1, right: 6 });
  });
});
