import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { openDataset, type DatasetRequest } from '../../../../src/formats/datasets/dataset';
import { requireImages, type Dataset } from '../../../../src/formats/datasets/imageSet';
import { parquetBytes } from '../tables/parquetBytes';
import { plain, writeTree } from './imageFiles';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const data = (): string => join(folder(), 'data');
const png = (level: number): Promise<Buffer> =>
  plain([level, level, level]).toColourspace('b-w').png().toBuffer();

beforeEach(async () => {
  writeTree(data(), { 'a.png': await png(10), 'deep/b.png': await png(20), 'c.png': await png(30) });
});

function open(name: string, changes: Partial<DatasetRequest> = {}): Promise<Dataset> {
  const path = join(data(), name);
  return openDataset({ kind: 'index', path, seed: 1, cacheFolder: join(folder(), 'cache'), ...changes });
}

/** Classes by name and the first pixel of every image. */
function content(set: Dataset['train']): [string, number][] {
  const { images, labels, classNames } = requireImages(set, 'The test');
  return Array.from(labels, (label, i) => [classNames[label], images[i * 64]]);
}

async function refuses(text: string, message: RegExp, changes: Partial<DatasetRequest> = {}): Promise<void> {
  writeFileSync(join(data(), 'index.csv'), text);
  const failure = open('index.csv', changes);
  await expect(failure).rejects.toThrow(HumanError);
  await expect(failure).rejects.toThrow(message);
}

describe('a CSV index', () => {
  it('names files, classes and parts', async () => {
    writeFileSync(
      join(data(), 'index.csv'),
      '\ufefffilename,label,split\r\na.png,class 10,train\r\n"deep/b.png",class 9,train\r\nc.png,class 9,test\r\na.png,class 9,val\r\n',
    );
    const { train, test } = await open('index.csv');
    expect(train.classNames).toEqual(['class 9', 'class 10']);
    expect(content(train)).toEqual([
      ['class 10', 10],
      ['class 9', 20],
    ]);
    expect(content(test)).toEqual([['class 9', 30]]);
  });

  it('may have semicolons or tabs, columns of any name, and val for a test part', async () => {
    writeFileSync(
      join(data(), 'i.csv'),
      'Bild;Klasse;Teil\na.png;1;train\nc.png;0;train\ndeep/b.png;1;valid\n',
    );
    const columns = { imageColumn: 'Bild', labelColumn: 'Klasse', splitColumn: 'Teil' };
    const { train, test } = await open('i.csv', columns);
    expect([content(train), content(test)]).toEqual([
      [
        ['1', 10],
        ['0', 30],
      ],
      [['1', 20]],
    ]);
    writeFileSync(join(data(), 'i.tsv'), 'path\tclass\na.png\tx\ndeep/b.png\tx\nc.png\ty\n');
    const divided = await open('i.tsv');
    expect(content(divided.test)).toHaveLength(1);
    expect(content(divided.train)).toContainEqual(['y', 30]);
  });

  it('is found in its folder, or one for each part', async () => {
    const path = data();
    writeFileSync(join(path, 'train.csv'), 'file,class\na.png,x\nc.png,y\n');
    await expect(open('train.csv', { testFraction: 0.5 })).rejects.toThrow(/no test samples/);
    writeFileSync(join(path, 'test.csv'), 'file,class\ndeep/b.png,y\n');
    const { train, test } = await open('');
    expect([content(train), content(test)]).toEqual([
      [
        ['x', 10],
        ['y', 30],
      ],
      [['y', 20]],
    ]);
  });

  it('is refused with file, row and remedy', async () => {
    await refuses(
      'file,label\na.png,x\n../secret.png,y\n',
      /row 2 names \.\.\/secret\.png, which does not exist/,
    );
    writeFileSync(join(folder(), 'secret.png'), await png(1));
    await refuses(
      'file,label\na.png,x\n../secret.png,y\n',
      /row 2 names \.\.\/secret\.png, which is not below/,
    );
    await refuses(`file,label\na.png,x\n${join(folder(), 'secret.png')},y\n`, /which is not below/);
    symlinkSync('..', join(data(), 'up'));
    await refuses('file,label\na.png,x\nup/secret.png,y\n', /which is not below/);
    rmSync(join(data(), 'up'));
    await refuses('file,label\na.png,x\nd.png,y\n', /row 2 names d\.png, which does not exist/);
    await refuses('file,label\na.png,\n', /row 1 has no label/);
    await refuses('file,label\n,x\n', /row 1 names no image/);
    await refuses(
      'file,label,split\na.png,x,trial\n',
      /row 1 has the split "trial": write train, test or val/,
    );
    await refuses('file,label,split\na.png,x,train\nc.png,y,train\na.png,z,test\n', /row 3 has the class z/);
    await refuses('file,label\na.png,x\nc.png,x\n', /only one class/);
    await refuses(
      'bild,label\na.png,x\n',
      /no column image, img, image_path.*"dataset\.imageColumn".*bild, label/,
    );
    await refuses('file,label\na.png,x\n', /no column Klasse: set "dataset\.labelColumn"/, {
      labelColumn: 'Klasse',
    });
    await refuses('file,label\na.png,x,y\n', /is not a table .*line 2/);
    await refuses('file,file,label\na.png,a.png,x\n', /two columns called file/);
    await refuses('file,label\n', /is empty/);
  });

  it('may have absolute paths below its folder', async () => {
    writeFileSync(join(data(), 'i.csv'), `file,label\n${join(data(), 'a.png')},x\nc.png,y\ndeep/b.png,y\n`);
    expect(content((await open('i.csv')).train)).toContainEqual(['x', 10]);
  });
});

describe('a Parquet index', () => {
  const text = [
    { name: 'file', values: ['a.png', 'c.png', 'deep/b.png'] },
    { name: 'label', values: ['x', 'y', 'y'] },
    { name: 'split', values: ['train', 'train', 'test'] },
  ];

  it('names files, stored or gzipped', async () => {
    const gzip = { id: 2, compress: (page: Uint8Array) => gzipSync(page) };
    for (const options of [{}, { codec: gzip }]) {
      writeFileSync(join(data(), 'index.parquet'), parquetBytes(text, options));
      const { train, test } = await open('index.parquet');
      expect([content(train), content(test)]).toEqual([
        [
          ['x', 10],
          ['y', 30],
        ],
        [['y', 20]],
      ]);
    }
  });

  it("holds encoded images and class names, in the way of Hugging Face's data sets", async () => {
    const encoded = await Promise.all([40, 50, 60].map(png));
    const parts = [encoded.slice(0, 2), encoded.slice(2)];
    const names = { info: { features: { label: { names: ['zebra', 'cat'], _type: 'ClassLabel' } } } };
    mkdirSync(join(data(), 'hub'));
    parts.forEach((images, part) => {
      const bytes = parquetBytes(
        [
          {
            name: 'image',
            children: [
              { name: 'bytes', values: images },
              { name: 'path', values: images.map((_, i) => `${i}.png`) },
            ],
          },
          { name: 'label', values: images.map((_, i) => BigInt(i)) },
        ],
        { metadata: ['huggingface', JSON.stringify(names)] },
      );
      writeFileSync(join(data(), 'hub', `${part === 0 ? 'train' : 'test'}-00000-of-00001.parquet`), bytes);
    });
    const { train, test } = await open('hub');
    expect(train.classNames).toEqual(['zebra', 'cat']);
    expect([content(train), content(test)]).toEqual([
      [
        ['zebra', 40],
        ['cat', 50],
      ],
      [['zebra', 60]],
    ]);
  });

  it('that is damaged or of no such format is refused by name', async () => {
    const whole = parquetBytes(text);
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, 4, 60);
    for (const bytes of [
      Buffer.from('file,label\na.png,x\n'),
      whole.subarray(0, -9),
      damaged,
      Buffer.alloc(0),
    ]) {
      writeFileSync(join(data(), 'index.parquet'), bytes);
      const failure = open('index.parquet');
      await expect(failure).rejects.toThrow(HumanError);
      await expect(failure).rejects.toThrow(/index\.parquet cannot be read as Parquet/);
    }
    await expect(open('none.parquet')).rejects.toThrow(/none\.parquet does not exist/);
  });
});
