import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAddonSource, requireCompiler } from '../../../../src/engine/tensorflow/install/addon';
import { requireMachine } from '../../../../src/engine/tensorflow/install/machine';
import { findPip } from '../../../../src/engine/tensorflow/install/pip';
import { requireSpace } from '../../../../src/engine/tensorflow/install/plan';
import { requirePassed, selfTestBy } from '../../../../src/engine/tensorflow/install/selfTest';
import { tagsOf, wheelsFor } from '../../../../src/engine/tensorflow/install/wheels';

const MACHINE = { platform: 'linux-x64', glibc: '2.36', hasAvx: true, hasNvidiaDriver: false };

describe('requireMachine', () => {
  it('is content with a common Linux', () => {
    expect(() => requireMachine('cpu', MACHINE)).not.toThrow();
    expect(() => requireMachine('gpu', { ...MACHINE, hasNvidiaDriver: true })).not.toThrow();
  });

  it.each([
    ['cpu', { platform: 'darwin-arm64' }, 'cannot set up TensorFlow on darwin-arm64 yet'],
    ['gpu', { platform: 'linux-arm64' }, 'set it up without --gpu'],
    ['cpu', { glibc: '2.17' }, 'this system has 2.17'],
    ['cpu', { glibc: undefined }, 'this system has another C library'],
    ['cpu', { hasAvx: false }, 'processors with AVX and this one has none'],
    ['gpu', {}, 'no NVIDIA driver'],
  ] as const)('says for %s on %o what to do', (variant, changes, sentence) => {
    expect(() => requireMachine(variant, { ...MACHINE, ...changes })).toThrow(sentence);
  });
});

describe('programs that set-up needs', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'supcon-programs-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function program(name: string, source: string): string {
    const path = join(folder, name);
    writeFileSync(path, `#!${process.execPath}\n${source}`);
    chmodSync(path, 0o755);
    return path;
  }

  it('finds the first Python that has pip', async () => {
    const without = program('python3', 'process.exit(1)');
    const with3 = program('python', "console.log('pip 25 (python 3.12)')");
    expect(await findPip([without, with3])).toBe(with3);
  });

  it('says that there is no Python, or no pip', async () => {
    await expect(findPip([])).rejects.toThrow('there is no Python 3 on PATH');
    await expect(findPip([join(folder, 'gone')])).rejects.toThrow('has no pip');
    const python2 = program('python', "console.log('pip 20 (python 2.7)')");
    await expect(findPip([python2])).rejects.toThrow('has no pip: install pip');
  });

  it('says that there is no compiler, before anything is fetched', () => {
    expect(() => requireCompiler(folder)).toThrow('no C++ compiler with make');
    program('make', '');
    expect(() => requireCompiler(folder)).toThrow('no C++ compiler with make');
    program('c++', '');
    expect(() => requireCompiler(folder)).not.toThrow();
  });

  it('takes the prebuilt add-on before it would compile', () => {
    expect(findAddonSource('/dist/native/a.node')).toEqual({ kind: 'prebuilt', file: '/dist/native/a.node' });
  });

  it('says how much space is missing', async () => {
    mkdirSync(join(folder, 'a'));
    const plan = { variant: 'cpu', version: '2', installed: false, files: [], downloadBytes: 0 } as const;
    const asking = requireSpace({ ...plan, folder: join(folder, 'a', 'not', 'there'), diskBytes: 1e18 });
    await expect(asking).rejects.toThrow('are free: free some space');
  });
});

describe('requirePassed', () => {
  const ENDED = { code: 0, signal: null, output: 'a warning\n{"version":"2.21.0","usesGpu":false}\n' };

  it('reads the report among what the library prints', () => {
    expect(requirePassed(ENDED, 'cpu')).toEqual({ version: '2.21.0', usesGpu: false });
  });

  it.each([
    [{ code: null, signal: 'SIGSEGV' as const }, 'ended its test with SIGSEGV'],
    [
      { code: 1, output: 'libcudart.so.12: cannot open shared object file' },
      'needs the library libcudart.so.12',
    ],
    [
      { code: 1, output: 'x: undefined symbol: TF_Version' },
      'do not fit together (undefined symbol: TF_Version)',
    ],
    [{ code: 1, output: 'Error: something\nelse' }, 'does not work here (else)'],
    [{ code: 0, output: '' }, 'does not work here'],
  ])('turns %o into a sentence', (changes, sentence) => {
    expect(() => requirePassed({ ...ENDED, ...changes }, 'cpu')).toThrow(sentence);
  });
});

describe('selfTestBy', () => {
  it('survives a library that ends its process, and says why', async () => {
    const dying = selfTestBy(process.execPath, ['-e', "process.kill(process.pid, 'SIGILL')"]);
    const ended = await dying('/not/loaded.node');
    expect(() => requirePassed(ended, 'cpu')).toThrow('This processor lacks instructions');
  });
});

describe('the pinned wheels', () => {
  const all = [
    wheelsFor('cpu', 'linux-x64'),
    wheelsFor('cpu', 'linux-arm64'),
    wheelsFor('gpu', 'linux-x64'),
  ].flat();

  it('have names that belong together, whole hashes and sizes', () => {
    expect(all.length).toBeGreaterThan(3);
    for (const { name, version, file, sha256, bytes } of all) {
      expect(file).toMatch(`${name.replaceAll('-', '_')}-${version}-`);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(bytes).toBeGreaterThan(1e6);
    }
    expect(new Set(all.map(({ sha256 }) => sha256)).size).toBe(all.length);
  });

  it('are for the platform that they are listed under', () => {
    for (const { file } of wheelsFor('gpu', 'linux-x64'))
      expect(tagsOf(file).platforms.join()).toContain('x86_64');
    expect(tagsOf(wheelsFor('cpu', 'linux-arm64')[0].file)).toEqual({
      python: 'cp311',
      abi: 'cp311',
      platforms: ['manylinux_2_27_aarch64'],
    });
    expect(wheelsFor('cpu', 'win32-x64')).toEqual([]);
  });
});
