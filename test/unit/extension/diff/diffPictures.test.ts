import { describe, expect, it } from 'vitest';
import { compareRuns } from '../../../../src/domain/diff/compareRuns';
import { HumanError } from '../../../../src/domain/errors';
import { DiffPictures } from '../../../../src/extension/diff/diffPictures';
import type { SamplePictures, WantedPictures } from '../../../../src/extension/runs/samplePictures';
import type { PicturesMessage } from '../../../../src/protocol/pages/diff';
import { factsOf, predictionsOf } from '../../domain/diff/facts';

const DIFF = compareRuns([
  factsOf('a', { predictions: predictionsOf([0, 1, 2, 0], [0, 1, 2, 0]) }),
  factsOf('b', { predictions: predictionsOf([0, 1, 2, 0], [0, 2, 2, 1]) }),
]);
const PICTURES = { height: 1, width: 1, pixels: Uint8Array.of(1, 2, 3, 4, 5, 6) };

function scene(read: (wanted: WantedPictures, signal: AbortSignal) => Promise<SamplePictures>) {
  const posted: PicturesMessage[] = [];
  const failures: unknown[] = [];
  const pictures = new DiffPictures({
    post: (message) => Promise.resolve(posted.push(message) > 0),
    read,
    fail: (thrown) => failures.push(thrown),
  });
  return { pictures, posted, failures };
}

describe('the pictures of a diff', () => {
  it('are those of the changed samples of a column, read once', async () => {
    const asked: WantedPictures[] = [];
    const { pictures, posted } = scene((wanted) => {
      asked.push(wanted);
      return Promise.resolve(PICTURES);
    });
    await pictures.show(1, DIFF);
    await pictures.show(1, DIFF);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.folder).toBe('/runs/b');
    expect([...(asked[0]?.ids ?? [])].sort()).toEqual(['test/1', 'test/3']);
    expect(posted).toHaveLength(2);
    expect(posted[1]).toMatchObject({ column: 1, ids: asked[0]?.ids, problem: '', ...PICTURES });
  });

  it('say why there are none, and are read again when asked again', async () => {
    let isBack = false;
    const gone = new HumanError('The data set is gone.');
    const { pictures, posted, failures } = scene(() =>
      isBack ? Promise.resolve(PICTURES) : Promise.reject(gone),
    );
    await pictures.show(1, DIFF);
    expect(posted[0]).toMatchObject({ problem: 'The data set is gone.', pixels: new Uint8Array(0) });
    isBack = true;
    await pictures.show(1, DIFF);
    expect(posted[1]?.problem).toBe('');
    expect(failures).toEqual([]);
  });

  it('report a defect, and nothing to a tab that was closed', async () => {
    const { pictures, posted, failures } = scene(() => Promise.reject(new TypeError('defect')));
    await pictures.show(1, DIFF);
    expect(posted[0]?.problem).toContain('defect in SupCon Lab');
    expect(failures).toHaveLength(1);
    const closing = scene(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    const showing = closing.pictures.show(1, DIFF);
    closing.pictures.dispose();
    await showing;
    expect(closing.posted).toEqual([]);
    expect(closing.failures).toEqual([]);
  });

  it('are nothing for a column without changed samples', async () => {
    const { pictures, posted } = scene(() => Promise.resolve(PICTURES));
    await pictures.show(0, DIFF);
    await pictures.show(7, DIFF);
    expect(posted).toEqual([]);
  });
});
