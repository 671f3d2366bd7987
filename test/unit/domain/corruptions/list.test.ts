/** What every corruption has in common. */
import { describe, expect, it } from 'vitest';
import { FAMILIES, SEVERITIES } from '../../../../src/domain/corruptions/corruption';
import { BENCHMARK_CORRUPTIONS, corruptions } from '../../../../src/domain/corruptions/list';
import { COLOUR, corrupt, distortion, GREY, lengthOf, texture } from './pictures';

describe('the list', () => {
  it('has the fifteen of the benchmark first, then the four extra ones, of four families', () => {
    expect(corruptions).toHaveLength(19);
    expect(new Set(corruptions.map(({ name }) => name)).size).toBe(19);
    expect(BENCHMARK_CORRUPTIONS).toEqual(corruptions.slice(0, 15));
    const counts = FAMILIES.map((wanted) => corruptions.filter(({ family }) => family === wanted).length);
    expect(counts).toEqual([4, 5, 5, 5]);
  });

  it('knows severities 1 to 5, and no 0', () => {
    expect(SEVERITIES).toEqual([1, 2, 3, 4, 5]);
  });
});

describe.each(corruptions.map((corruption) => [corruption.name, corruption] as const))(
  '%s',
  (name, corruption) => {
    it('is a function of severity and sample, and leaves its source alone', () => {
      const from = texture(COLOUR);
      const kept = from.join();
      for (const severity of SEVERITIES) {
        const once = corrupt(corruption, from, { size: COLOUR, severity, sample: 3 }).join();
        expect(corrupt(corruption, from, { size: COLOUR, severity, sample: 3 }).join()).toBe(once);
        expect(once).not.toBe(kept);
      }
      expect(from.join()).toBe(kept);
    });

    it('changes the picture more from severity to severity', () => {
      const distortions = SEVERITIES.map((severity) => distortion(corruption, COLOUR, severity));
      // The published severities of saturation take colour away (1, 2) and then exaggerate it (3, 4, 5).
      const runs = name === 'saturate' ? [distortions.slice(0, 2), distortions.slice(2)] : [distortions];
      for (const run of runs) expect(run.toSorted((a, b) => a - b)).toEqual(run);
      expect(new Set(distortions).size).toBe(5);
    });

    it('takes grey images and other sizes', () => {
      for (const size of [
        GREY,
        { height: 28, width: 28, channels: 1 },
        { height: 40, width: 50, channels: 3 },
      ]) {
        const from = texture(size);
        const to = corrupt(corruption, from, { size, severity: 5 });
        expect(to.length).toBe(lengthOf(size));
        expect(to.join() === from.join()).toBe(corruption.needsColour && size.channels === 1);
      }
    });

    it('does not wrap round at black and white', () => {
      for (const level of [0, 255]) {
        const even = new Uint8Array(lengthOf(COLOUR)).fill(level);
        const to = corrupt(corruption, even, { size: COLOUR, severity: 1 });
        const far = to.filter((value) => Math.abs(value - level) > 128).length / to.length;
        expect(far).toBeLessThan(0.02);
      }
    });
  },
);
