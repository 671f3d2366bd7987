import { describe, expect, it } from 'vitest';
import { runsOfTab, titleOfTab } from '../../../../src/extension/views/panelState';

describe('the runs of a dashboard tab', () => {
  it('are those that the workspace remembers, or the one that it was opened for', () => {
    expect(runsOfTab({ '/a': ['/a', '/b'] }, '/a')).toEqual(['/a', '/b']);
    for (const broken of [undefined, null, 7, { '/a': [] }, { '/a': [1] }, { '/a': '/b' }]) {
      expect(runsOfTab(broken, '/a')).toEqual(['/a']);
    }
    expect(runsOfTab({ '/a': ['/a'] }, undefined)).toEqual([]);
  });

  it('name it', () => {
    expect(titleOfTab([])).toBe('Dashboard');
    expect(titleOfTab([{ name: 'a' }])).toBe('a');
    expect(titleOfTab([{ name: 'a' }, { name: 'b' }, { name: 'c' }])).toBe('a and 2 more');
  });
});
