import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunLook } from '../../../../src/domain/display/runColours';
import { assignLooks, DASHES, HUES, hueVariable, lookOfRun } from '../../../../src/domain/display/runColours';

type Triple = readonly [number, number, number];

const BACKGROUNDS = { dark: '#1f1f1f', light: '#ffffff' } as const;

/** Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB. */
const VISIONS: readonly (readonly Triple[])[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function seen(colour: Triple, vision: readonly Triple[]): Triple {
  const mix = (row: Triple) =>
    Math.min(1, Math.max(0, row[0] * colour[0] + row[1] * colour[1] + row[2] * colour[2]));
  return [mix(vision[0]), mix(vision[1]), mix(vision[2])];
}

/** Ottosson's OKLab. */
function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe('the hues of runs', () => {
  it.each(['dark', 'light'] as const)(
    'stand out and apart in %s for every kind of colour vision',
    (theme) => {
      const colours = HUES.map((hue) => linear(hue[theme]));
      const ground = luminance(linear(BACKGROUNDS[theme]));
      for (const colour of colours) {
        const [low, high] = [luminance(colour), ground].sort((a, b) => a - b);
        expect((high + 0.05) / (low + 0.05)).toBeGreaterThanOrEqual(3);
      }
      for (const vision of VISIONS) {
        const labs = colours.map((colour) => oklab(seen(colour, vision)));
        const distances = labs.flatMap((a, i) =>
          labs.slice(i + 1).map((b) => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])),
        );
        expect(Math.min(...distances)).toBeGreaterThan(0.1);
      }
    },
  );

  it('are the theme colours that the manifest contributes', async () => {
    const text = await readFile(join(import.meta.dirname, '../../../../package.json'), 'utf8');
    const { contributes } = JSON.parse(text) as {
      contributes: { colors: { id: string; defaults: { dark: string; light: string } }[] };
    };
    const own = contributes.colors.map(({ id, defaults }) => ({
      id,
      dark: defaults.dark,
      light: defaults.light,
    }));
    expect(own).toEqual(HUES.map(({ name, dark, light }) => ({ id: `supcon.${name}`, dark, light })));
    expect(hueVariable({ hue: 0, dash: 0 })).toBe('--vscode-supcon-runBlue');
  });
});

describe('the look of a run', () => {
  const ids = Array.from({ length: 60 }, (_, i) => `run-2026-${i}`);
  const words = ({ hue, dash }: RunLook) => `${hue}/${dash}`;

  it('differs between all runs in view until looks run out', () => {
    for (const count of [1, 8, 9, 32]) {
      const looks = [...assignLooks(ids.slice(0, count)).values()];
      expect(new Set(looks.map(words)).size).toBe(count);
    }
    expect(assignLooks(ids).size).toBe(60);
  });

  it('has the same hue in every view, and a solid line unless another of its hue came first', () => {
    for (let start = 0; start + 6 <= ids.length; start++) {
      const view = ids.slice(start, start + 6);
      const seen = new Map<number, number>();
      for (const [id, look] of assignLooks(view)) {
        const { hue } = lookOfRun(id);
        const before = seen.get(hue) ?? 0;
        seen.set(hue, before + 1);
        if (before < DASHES.length) expect(look).toEqual({ hue, dash: before });
      }
    }
  });

  it('stays when others come and go, and is its own where it is alone', () => {
    const before = assignLooks(ids.slice(0, 12));
    const after = assignLooks([...ids.slice(3, 12), ...ids.slice(20, 25)], before);
    for (const id of ids.slice(3, 12)) expect(after.get(id)).toEqual(before.get(id));
    for (const id of ids) expect(assignLooks([id]).get(id)).toEqual(lookOfRun(id));
  });

  it('moves with a run of ours, and tells runs of others of one name apart', () => {
    const id = 'fmnist-20261126-185303-0a1b';
    expect(lookOfRun(`/a/runs/${id}`)).toEqual(lookOfRun(id));
    expect(lookOfRun(`C:\\b\\runs\\${id}`)).toEqual(lookOfRun(id));
    const hues = Array.from({ length: 40 }, (_, i) => lookOfRun(`/logs/model-${i}/version_0`).hue);
    expect(new Set(hues).size).toBe(HUES.length);
  });

  it('is spread evenly over the hues', () => {
    const counts = new Array<number>(HUES.length).fill(0);
    const many = Array.from(
      { length: 4000 },
      (_, i) => lookOfRun(`run-20261126-1853${i % 60}-${(i * 40503).toString(16)}`).hue,
    );
    for (const hue of many) counts[hue] = (counts[hue] ?? 0) + 1;
    expect(Math.min(...counts)).toBeGreaterThan(400);
    expect(Math.max(...counts)).toBeLessThan(600);
  });
});
