/** The preview's model: one drawing at a time, the last wish next, and wishes cut to what there is. */
import { expect, test } from 'vitest';
import type { DrawRequest, PreviewOpened } from '../../../../../src/protocol/preview';
import type { DrawnViews } from '../../../../../src/protocol/pages/views';
import type { ViewsModel } from '../../../../../webview/views/state/model';
import {
  INITIAL_VIEWS,
  askNext,
  foldViews,
  nextRequest,
  recalledWish,
  want,
} from '../../../../../webview/views/state/model';
import { comparisonText, cosineText } from '../../../../../webview/views/state/words';

const OPENED: PreviewOpened = {
  name: 'a',
  data: '100 images',
  height: 2,
  width: 2,
  count: 100,
  views: 2,
  epochs: 10,
  notes: [],
  warnings: [],
  runs: [{ id: 'r', name: 'R' }],
};

const opened = (model = INITIAL_VIEWS, changes: Partial<PreviewOpened> = {}) =>
  foldViews(model, { type: 'opened', ...OPENED, ...changes });

function asked(model: ViewsModel): ViewsModel {
  return askNext(model).model;
}

function answer(model: ViewsModel): ViewsModel {
  const drawn: DrawnViews = { type: 'drawn', ...(model.asked ?? model.wanted), rows: [], comparison: null };
  return foldViews(model, drawn);
}

test('asks for nothing before the data is read, then for one drawing, then for nothing until another is wanted', () => {
  expect(nextRequest(INITIAL_VIEWS)).toBeUndefined();
  let model = opened();
  expect(nextRequest(model)).toEqual(INITIAL_VIEWS.wanted);
  model = asked(model);
  expect(nextRequest(model)).toBeUndefined();
  model = answer(model);
  expect(nextRequest(model)).toBeUndefined();
  expect(nextRequest(want(model, { epoch: 3 }))).toMatchObject({ epoch: 3 });
});

test('a slider that moves while a drawing is on its way asks for its last place alone', () => {
  let model = asked(opened());
  for (let epoch = 1; epoch < 8; epoch++) model = asked(want(model, { epoch }));
  const requests: DrawRequest[] = [];
  for (model = answer(model); nextRequest(model) !== undefined; model = answer(asked(model)))
    requests.push(model.wanted);
  expect(requests.map(({ epoch }) => epoch)).toEqual([7]);
});

test('draws again after the file was saved, within what it has now', () => {
  let model = want(answer(asked(opened())), { epoch: 9, first: 90, run: 'r' });
  model = answer(asked(model));
  model = opened(foldViews(model, { type: 'opening', file: 'a.supcon.json' }), {
    epochs: 4,
    count: 30,
    runs: [],
  });
  expect(nextRequest(model)).toEqual({ epoch: 3, first: 24, samples: 12, run: '' });
});

test('a process that failed is asked for nothing, and a new one from the beginning', () => {
  let model = asked(opened());
  model = foldViews(model, { type: 'failed', message: 'No data.' });
  expect(nextRequest(model)).toBeUndefined();
  expect(model.message).toBe('No data.');
  expect(nextRequest(opened(foldViews(model, { type: 'opening', file: 'f' })))).toEqual(model.wanted);
});

test.each([
  [undefined, {}],
  [{ wanted: { epoch: -1, first: 1.5, samples: 0, run: 4 } }, {}],
  [
    { wanted: { epoch: 2, first: 12, samples: 6, run: 'r', more: 1 } },
    { epoch: 2, first: 12, samples: 6, run: 'r' },
  ],
])('recalls from %j what is a wish', (state, wish) => {
  expect(recalledWish(state)).toEqual(wish);
});

test('words: averages that exist, and a reason where there are none', () => {
  expect(cosineText(-0.256)).toBe('\u22120.26');
  expect(cosineText(NaN)).toBe('-');
  const means = { sameImage: 0.8, sameClass: null, otherClass: -0.1 };
  expect(comparisonText({ step: 1200, means })).toBe(
    'Cosine similarity to the encoder at step 1,200, on average: 0.80 within an image, \u22120.10 between classes.',
  );
  expect(comparisonText({ problem: 'No.' })).toBe('No.');
});
