import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { readCifarFolder } from '../../../../src/formats/datasets/cifar';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const PLANE = 1024;

/** Records whose red plane counts up, whose green is 100 and whose blue is the label. */
function records(...labels: number[]): Uint8Array {
  const bytes = new Uint8Array(labels.length * (1 + 3 * PLANE));
  labels.forEach((label, i) => {
    const record = bytes.subarray(i * (1 + 3 * PLANE), (i + 1) * (1 + 3 * PLANE));
    record[0] = label;
    for (let pixel = 0; pixel < PLANE; pixel++) {
      record[1 + pixel] = pixel % 251;
    }
    record.fill(100, 1 + PLANE, 1 + 2 * PLANE);
    record.fill(label, 1 + 2 * PLANE);
  });
  return bytes;
}

function write(files: Record<string, Uint8Array | string>, path = folder()): void {
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(path, name), content);
  }
}

const COMPLETE = {
  'data_batch_1.bin': records(3, 9),
  'data_batch_2.bin': records(0),
  'test_batch.bin': records(1),
};

async function expectRefusal(message: RegExp): Promise<void> {
  const failure = readCifarFolder(folder());
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
}

describe('a CIFAR-10 folder', () => {
  it('becomes interleaved images, batch after batch', async () => {
    write(COMPLETE);
    const { train, test } = await readCifarFolder(folder());
    expect(train).toMatchObject({ count: 3, height: 32, width: 32, channels: 3, part: 'train' });
    expect([...train.labels]).toEqual([3, 9, 0]);
    expect([...train.images.subarray(3072, 3072 + 6)]).toEqual([0, 100, 9, 1, 100, 9]);
    expect([...test.images.subarray(3069)]).toEqual([1023 % 251, 100, 1]);
    expect(test.classNames[1]).toBe('automobile');
  });

  it('takes class names from its own file', async () => {
    write({ ...COMPLETE, 'batches.meta.txt': 'a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n' });
    expect((await readCifarFolder(folder())).train.classNames).toEqual('abcdefghij'.split(''));
    write({ 'batches.meta.txt': 'a\nb\n' });
    await expectRefusal(/batches\.meta\.txt names 2 classes/);
  });

  it('is found inside the unpacked archive', async () => {
    const inner = join(folder(), 'cifar-10-batches-bin');
    mkdirSync(inner);
    write(COMPLETE, inner);
    expect((await readCifarFolder(folder())).train.count).toBe(3);
  });

  it('that is incomplete is refused with the missing name', async () => {
    await expectRefusal(/has no data_batch_1\.bin/);
    write({ 'data_batch_1.bin': records(0), 'data_batch_3.bin': records(1) });
    await expectRefusal(/has no data_batch_2\.bin/);
    write({ 'data_batch_2.bin': records(1) });
    await expectRefusal(/has no test_batch\.bin/);
  });

  it('with a truncated, overlong or empty file is refused by name', async () => {
    for (const bytes of [records(0).subarray(1), Uint8Array.of(...records(0), 1), new Uint8Array(0)]) {
      write({ ...COMPLETE, 'data_batch_2.bin': bytes });
      await expectRefusal(/data_batch_2\.bin is truncated or corrupt/);
    }
  });

  it('with labels out of range or one class is refused', async () => {
    write({ ...COMPLETE, 'test_batch.bin': records(1, 10) });
    await expectRefusal(/test_batch\.bin has the label 10 at record 1/);
    write({ ...COMPLETE, 'data_batch_1.bin': records(0, 0) });
    await expectRefusal(/only one class/);
  });
});
