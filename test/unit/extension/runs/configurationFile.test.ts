import { describe, expect, it } from 'vitest';
import { parseConfiguration } from '../../../../src/domain/configuration/parse';
import { PRESETS } from '../../../../src/domain/configuration/presets/presets';
import {
  againText,
  fileNameFor,
  freeName,
  presetText,
} from '../../../../src/extension/runs/configurationFile';

describe('presetText', () => {
  it('gives a valid configuration for every preset and data set', () => {
    for (const preset of PRESETS) {
      expect(() =>
        parseConfiguration(JSON.parse(presetText(preset, undefined, '/work')), preset.name),
      ).not.toThrow();
      const text = presetText(preset, { kind: 'idx', path: '/data/mnist' }, '/work');
      expect(parseConfiguration(JSON.parse(text), preset.name).dataset).toMatchObject({
        kind: 'idx',
        path: '/data/mnist',
      });
    }
  });

  it('names the preset, so that a run knows what it departs from', () => {
    const [preset] = PRESETS;
    expect(JSON.parse(presetText(preset, undefined, '/work'))).toMatchObject({ preset: preset.name });
  });

  it('writes a data path below the workspace relative to it, so that the file can be shared', () => {
    const [preset] = PRESETS;
    const text = presetText(preset, { kind: 'cifar-10', path: '/project/data/cifar' }, '/project');
    expect(JSON.parse(text)).toMatchObject({ dataset: { path: 'data/cifar' } });
    const outside = presetText(preset, { kind: 'cifar-10', path: '/projector/cifar' }, '/project');
    expect(JSON.parse(outside)).toMatchObject({ dataset: { path: '/projector/cifar' } });
  });
});

describe('againText', () => {
  it('keeps every key of the run', () => {
    const config = parseConfiguration({ dataset: { kind: 'idx', path: '/project/d' }, seed: 5 }, 'test');
    const again = parseConfiguration(JSON.parse(againText(config, 'second', '/project')), 'test');
    expect(again).toEqual({ ...config, name: 'second', dataset: { ...config.dataset, path: 'd' } });
  });
});

describe('file names', () => {
  it('are safe and keep letters of any script', () => {
    expect(fileNameFor('fmnist supcon/τ=0.1')).toBe('fmnist-supcon-τ-0.1.supcon.json');
    expect(fileNameFor('../../etc')).toBe('etc.supcon.json');
    expect(fileNameFor('///')).toBe('run.supcon.json');
  });

  it('never overwrite', async () => {
    const taken = new Set(['a.supcon.json', 'a-2.supcon.json']);
    const free = await freeName('a.supcon.json', (name) => Promise.resolve(taken.has(name)));
    expect(free).toBe('a-3.supcon.json');
  });
});
