import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { unpackWheel } from '../../../../src/engine/tensorflow/install/unpack';
import type { ZipEntry } from './zip';
import { zipOf } from './zip';

describe('unpackWheel', () => {
  let base = '';
  beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'supcon-unpack-'))));
  afterEach(() => rmSync(base, { recursive: true }));

  function unpack(content: Buffer, place = (name: string): string | undefined => name) {
    const wheel = join(base, 'a.whl');
    writeFileSync(wheel, content);
    return unpackWheel(wheel, { folder: join(base, 'out'), place });
  }

  const unpackEntries = (...entries: ZipEntry[]) => unpack(zipOf(entries));

  it('takes the chosen files, and lists them with their sizes', async () => {
    const entries = [
      { name: 'a/one.so', content: 'eins' },
      { name: 'a/tool', content: 'zwei', mode: 0o100755 },
      { name: 'b/left.py', content: 'drei' },
    ];
    const listed = await unpack(zipOf(entries), (name) =>
      name.startsWith('a/') ? name.slice(2) : undefined,
    );
    expect(listed).toEqual([
      { path: 'one.so', bytes: 4 },
      { path: 'tool', bytes: 4 },
    ]);
    expect(readdirSync(join(base, 'out'))).toEqual(['one.so', 'tool']);
    expect(readFileSync(join(base, 'out', 'one.so'), 'utf8')).toBe('eins');
    expect(statSync(join(base, 'out', 'tool')).mode & 0o111).not.toBe(0);
  });

  it.each(['../escaped', 'a/../../escaped', '/escaped', 'a\\..\\..\\escaped'])(
    'refuses the name %s',
    async (name) => {
      const unpacking = unpackEntries({ name, content: 'out' });
      await expect(unpacking).rejects.toBeInstanceOf(HumanError);
      await expect(unpacking).rejects.toThrow('was refused');
      expect(readdirSync(base)).not.toContain('escaped');
    },
  );

  it('refuses a place outside the folder, whoever chose it', async () => {
    const unpacking = unpack(zipOf([{ name: 'a', content: 'out' }]), () => '../escaped');
    await expect(unpacking).rejects.toThrow('leads out of its folder');
  });

  it('refuses a link', async () => {
    await expect(unpackEntries({ name: 'a', content: '/etc', mode: 0o120777 })).rejects.toThrow(
      'a is a link',
    );
  });

  it('refuses a file that is cut off, and one that says another size', async () => {
    const whole = zipOf([{ name: 'a', content: 'content' }]);
    await expect(unpack(whole.subarray(0, -30))).rejects.toThrow('was refused');
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(3, lying.indexOf('PK\u0001\u0002') + 24);
    await expect(unpack(lying)).rejects.toThrow('was refused');
  });

  it('refuses one that holds a file twice', async () => {
    const twice = unpackEntries({ name: 'a', content: '1' }, { name: 'a', content: '2' });
    await expect(twice).rejects.toThrow('was refused');
  });
});
