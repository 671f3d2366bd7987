import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ADDON_FILE } from '../../../../src/engine/tensorflow/arrangement';
import { writeInstallation } from '../../../../src/engine/tensorflow/install/installation';
import { findTensorflow } from '../../../../src/engine/tensorflow/library';
import { machineFolders } from '../../../../src/engine/tensorflow/machineFolders';

describe('findTensorflow', () => {
  let base = '';
  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'supcon-library-'));
    vi.stubEnv('XDG_DATA_HOME', base);
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', '');
    for (const name of ['PATH', 'VIRTUAL_ENV', 'CONDA_PREFIX']) vi.stubEnv(name, '');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(base, { recursive: true });
  });

  function addonIn(folder: string): string {
    const addon = join(folder, ADDON_FILE);
    mkdirSync(dirname(addon), { recursive: true });
    writeFileSync(addon, 'an add-on');
    return addon;
  }

  function install(): string {
    const { installed } = machineFolders();
    const addon = addonIn(installed);
    const files = [{ path: ADDON_FILE, bytes: 'an add-on'.length }];
    writeInstallation(installed, { variant: 'cpu', version: '2.21.0', files });
    return addon;
  }

  it('takes the machine setting before what set-up made', () => {
    install();
    const addon = addonIn(join(base, 'named'));
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', join(base, 'named'));
    expect(findTensorflow()).toEqual({ addon, source: 'machine setting' });
  });

  it('says that a setting leads nowhere, rather than pass it over', () => {
    install();
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', join(base, 'nowhere'));
    expect(findTensorflow()).toEqual({ missing: expect.stringContaining('clear it') as string });
  });

  it('takes what set-up made only while it is complete', () => {
    const addon = install();
    expect(findTensorflow()).toEqual({ addon, source: 'set-up' });
    writeFileSync(addon, 'cut');
    expect(findTensorflow()).toHaveProperty('missing');
    rmSync(join(machineFolders().installed, 'installation.json'));
    writeFileSync(addon, 'an add-on');
    expect(findTensorflow()).toHaveProperty('missing');
  });

  it('says how to get it where there is none', () => {
    expect(findTensorflow()).toEqual({
      missing: expect.stringContaining('supcon setup tensorflow') as string,
    });
  });
});
