import { describe, expect, it } from 'vitest';
import type { PictureFormat } from '../../../../../src/domain/maps/view/pictures';
import {
  MOST_SHEET_PX,
  placeOnSheet,
  rowsInView,
  sheetLayout,
  sheetsOf,
} from '../../../../../src/domain/maps/view/pictures';
import { projectPoints } from '../../../../../src/domain/maps/view/project';
import { randomPoints, VIEWPORT, viewOf } from './scenes';

describe('sheets', () => {
  it('hold every picture where its place says, in its colours', () => {
    const formats: PictureFormat[] = [
      { height: 3, width: 5, channels: 1, perPage: 7 },
      { height: 4, width: 2, channels: 3, perPage: 10 },
      // Four of these fit on a sheet, so a page takes two sheets.
      { height: 2048, width: 2000, channels: 1, perPage: 5 },
    ];
    for (const format of formats) {
      const size = format.height * format.width * format.channels;
      const pixels = new Uint8Array(format.perPage * size).map(
        (_, i) => (i * 37 + Math.floor(i / size)) % 251,
      );
      const sheets = sheetsOf(pixels, format) ?? [];
      const layout = sheetLayout(format);
      if (!layout) throw new Error('there is no layout');
      expect(sheets).toHaveLength(layout.sheets);
      for (const { width, height } of sheets)
        expect(Math.max(width, height)).toBeLessThanOrEqual(MOST_SHEET_PX);
      for (let index = 0; index < format.perPage; index++) {
        const { sheet, x, y } = placeOnSheet(layout, format, index);
        const [row, column] = [format.height - 1, format.width - 1];
        const at = 4 * ((y + row) * sheets[sheet].width + x + column);
        const from = index * size + (row * format.width + column) * format.channels;
        const expected = [0, 1, 2].map((channel) => pixels[from + (format.channels === 3 ? channel : 0)]);
        expect([...sheets[sheet].bytes.slice(at, at + 4)]).toEqual([...expected, 255]);
      }
    }
  });

  it('take a last page of fewer pictures, and nothing that is not whole or has no room', () => {
    const format: PictureFormat = { height: 2, width: 2, channels: 1, perPage: 9 };
    expect(sheetsOf(new Uint8Array(8), format)).toHaveLength(1);
    expect(sheetsOf(new Uint8Array(0), format)).toEqual([]);
    expect(sheetsOf(new Uint8Array(7), format)).toBeUndefined();
    expect(sheetsOf(new Uint8Array(40), format)).toBeUndefined();
    expect(sheetLayout({ ...format, width: 5000 })).toBeNull();
    expect(sheetLayout({ ...format, height: 0 })).toBeNull();
    expect(sheetLayout({ ...format, perPage: 0 })).toBeNull();
  });
});

describe('rows in view', () => {
  it('are those in the viewport, or null when they are too many', () => {
    const view = viewOf(randomPoints(150, 2, 5));
    const projected = projectPoints(view);
    const seen = [...view.points.looks.keys()].filter((row) => !Number.isNaN(projected.xy[2 * row]));
    expect(rowsInView(projected, VIEWPORT)).toEqual(seen);
    expect(rowsInView(projected, VIEWPORT, { most: seen.length - 1 })).toBeNull();
    expect(rowsInView(projected, { ...VIEWPORT, left: 5000 })).toEqual([]);
    expect(rowsInView(projected, VIEWPORT, { order: Uint32Array.of(seen[3], seen[1]) })).toEqual([
      seen[3],
      seen[1],
    ]);
  });
});
