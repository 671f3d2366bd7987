import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { machineFolders } from '../../../../src/engine/tensorflow/machineFolders';
import { isInsideProject } from '../../../../src/engine/tensorflow/projectFolder';
import { findInPython } from '../../../../src/engine/tensorflow/pythonEnvironment';
import { arrangeLinks } from '../../../../src/engine/tensorflow/pythonLinks';

let base = '';
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'supcon-python-'))));
afterEach(() => rmSync(base, { recursive: true }));

/** An environment whose Python says where its TensorFlow is. */
function environment(place: string, version = '2.21.3') {
  const root = join(base, place);
  const folder = join(root, 'site-packages', 'tensorflow');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(root, 'site-packages', 'nvidia'));
  mkdirSync(join(root, 'bin'));
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])
    writeFileSync(join(folder, name), name);
  const python = join(root, 'bin', 'python3');
  const answer = JSON.stringify([folder, version]);
  writeFileSync(python, `#!${process.execPath}\nconsole.log(${JSON.stringify(answer)})\n`);
  chmodSync(python, 0o755);
  return { root, folder, python };
}

describe('findInPython', () => {
  it('asks the active environment before the one on PATH', () => {
    const active = environment('active');
    const other = environment('other');
    const found = findInPython({ VIRTUAL_ENV: active.root, PATH: dirname(other.python) });
    expect(found).toEqual({ folder: active.folder, version: '2.21.3' });
    expect(findInPython({ PATH: dirname(other.python) })?.folder).toBe(other.folder);
  });

  it('passes over an environment without the library, or with a Python that fails', () => {
    const broken = environment('broken');
    rmSync(join(broken.folder, 'libtensorflow_cc.so.2'));
    expect(findInPython({ VIRTUAL_ENV: broken.root, PATH: '' })).toBeUndefined();
    writeFileSync(broken.python, `#!${process.execPath}\nprocess.exit(1)`);
    expect(findInPython({ PATH: dirname(broken.python) })).toBeUndefined();
  });

  it('does not run a Python that came with a project', () => {
    const { root, python } = environment('project/.venv');
    mkdirSync(join(base, 'project', '.git'));
    const mark = join(base, 'was-run');
    writeFileSync(
      python,
      `#!${process.execPath}\nrequire('node:fs').writeFileSync(${JSON.stringify(mark)}, '')`,
    );
    expect(findInPython({ VIRTUAL_ENV: root, PATH: dirname(python) })).toBeUndefined();
    expect(() => statSync(mark)).toThrow();
  });

  it('ignores relative entries of PATH', () => {
    expect(findInPython({ PATH: '.:bin' })).toBeUndefined();
  });
});

describe('arrangeLinks', () => {
  const addonOf = () => {
    const addon = join(base, 'addon.node');
    writeFileSync(addon, 'an add-on');
    return addon;
  };

  it('makes one private folder with the add-on and links to the libraries', () => {
    const { folder } = environment('env');
    const folders = machineFolders(join(base, 'data'));
    const addon = addonOf();
    const made = arrangeLinks({ folder, version: '2.21.3' }, { folders, addon });
    if (!('addon' in made)) throw new Error(made.missing);
    expect(readFileSync(made.addon, 'utf8')).toBe('an add-on');
    const arrangement = dirname(dirname(dirname(made.addon)));
    expect(statSync(arrangement).mode & 0o777).toBe(0o700);
    expect(readlinkSync(join(arrangement, 'deps/lib/libtensorflow_cc.so.2'))).toBe(
      join(folder, 'libtensorflow_cc.so.2'),
    );
    expect(readlinkSync(join(arrangement, 'deps/nvidia'))).toBe(join(dirname(folder), 'nvidia'));
    expect(arrangeLinks({ folder, version: '2.21.3' }, { folders, addon })).toEqual(made);
  });

  it('says that the version is another one', () => {
    const found = { folder: '/env/tensorflow', version: '2.9.1' };
    const answer = arrangeLinks(found, { folders: machineFolders(base), addon: addonOf() });
    expect(answer).toEqual({
      missing: expect.stringContaining('is version 2.9.1 and SupCon Lab needs 2.21') as string,
    });
  });

  it('says that the add-on is not built', () => {
    const found = { folder: '/env/tensorflow', version: '2.21.0' };
    const answer = arrangeLinks(found, { folders: machineFolders(base) });
    expect(answer).toEqual({ missing: expect.stringContaining('run "supcon setup tensorflow"') as string });
  });
});

describe('isInsideProject', () => {
  const within = (path: string, workingFolder = '/') =>
    isInsideProject(join(base, path), { home: join(base, 'home'), workingFolder });

  it.each(['.git', '.supcon', '.vscode'])('knows a project by its folder %s', (mark) => {
    mkdirSync(join(base, 'ws', mark), { recursive: true });
    mkdirSync(join(base, 'ws', '.venv', 'bin'), { recursive: true });
    expect(within('ws/.venv/bin')).toBe(true);
  });

  it('takes the working folder for a project, but not home or what holds it', () => {
    mkdirSync(join(base, 'home', 'env'), { recursive: true });
    mkdirSync(join(base, 'home', '.vscode'));
    expect(within('home/env')).toBe(false);
    expect(within('home/env', join(base, 'home'))).toBe(false);
    expect(within('home/env', join(base, 'home', 'env'))).toBe(true);
  });

  it('leaves the hidden folders of home to their tools', () => {
    mkdirSync(join(base, 'home', '.pyenv', '.git'), { recursive: true });
    mkdirSync(join(base, 'home', '.pyenv', 'bin'), { recursive: true });
    expect(within('home/.pyenv/bin')).toBe(false);
  });
});
