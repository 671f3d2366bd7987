import { describe, expect, test } from 'vitest';
import { holdsAll, isOlder } from '../../../src/setup/install.mjs';

describe('holdsAll', () => {
  const wanted = {
    '': { version: '0.1.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/of-another-platform': { version: '3.0.0', optional: true },
  };
  const present = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
  };

  test('is content with every package that is not optional', () => {
    expect(holdsAll(present, wanted)).toBe(true);
  });

  test('misses a package that is not there', () => {
    expect(holdsAll({ 'node_modules/a': { version: '1.0.0' } }, wanted)).toBe(false);
  });

  test('misses a package of another version', () => {
    expect(holdsAll({ ...present, 'node_modules/a': { version: '1.0.1' } }, wanted)).toBe(false);
  });
});

describe('isOlder', () => {
  test.each([
    ['18.20.8', '20.19', true],
    ['20.9.0', '20.19', true],
    ['20.19.0', '20.19', false],
    ['20.20.2', '20.19', false],
    ['24.0.0', '20.19', false],
  ])('%s against %s: %s', (version, wanted, older) => {
    expect(isOlder(version, wanted)).toBe(older);
  });
});
