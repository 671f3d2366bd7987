/** Several labels a sample, and soft ones: from an index, from arrays and from a module, and what is refused. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { openDataset, type DatasetRequest } from '../../../../src/formats/datasets/dataset';
import { requireImages, type Dataset, type SampleSet } from '../../../../src/formats/datasets/imageSet';
import { zipOf } from '../../engine/tensorflowInstall/zip';
import { bytesOf, npyBytes, npyFloats, npyLabels } from '../arrays/npyBytes';
import { parquetBytes } from '../tables/parquetBytes';
import { plain, writeTree } from './imageFiles';
import { useTemporaryFolder } from './temporaryFolder';

const folder = useTemporaryFolder();
const png = (level: number): Promise<Buffer> => plain([level, level, level]).png().toBuffer();

beforeEach(async () => {
  const names = ['a', 'b', 'c', 'd'];
  const files = await Promise.all(names.map(async (name, i) => [`${name}.png`, await png(10 * (i + 1))]));
  writeTree(folder(), Object.fromEntries(files) as Record<string, Buffer>);
});

function openIndex(name: string, changes: Partial<DatasetRequest> = {}): Promise<Dataset> {
  const path = join(folder(), name);
  return openDataset({ kind: 'index', path, seed: 1, cacheFolder: join(folder(), 'cache'), ...changes });
}

function openText(text: string, changes: Partial<DatasetRequest> = {}): Promise<Dataset> {
  writeFileSync(join(folder(), 'index.csv'), text);
  return openIndex('index.csv', changes);
}

async function refuses(opened: Promise<unknown>, message: RegExp): Promise<void> {
  await expect(opened).rejects.toThrow(HumanError);
  await expect(opened).rejects.toThrow(message);
}

/** First pixel, heaviest label and weights by class name of every sample. */
function content(set: SampleSet): [number, string, Record<string, number>][] {
  const { images, labels, classNames, labelWeights = new Float32Array() } = requireImages(set, 'The test');
  const size = images.length / labels.length;
  return Array.from(labels, (label, i) => {
    const entries = classNames.map((name, c) => [name, labelWeights[i * classNames.length + c]] as const);
    return [images[i * size], classNames[label], Object.fromEntries(entries.filter(([, w]) => w > 0))];
  });
}

const SEPARATED = { labelSeparator: '|' } as const;
const COLUMNS = { labelColumn: 'dog,cat' } as const;

describe('an index', () => {
  const TEXT =
    'file,labels,split\na.png,dog|cat,train\nb.png, cat |,train\nc.png,dog|dog,train\nd.png,cat|dog,test\n';
  const EXPECTED = [
    [10, 'cat', { cat: 1, dog: 1 }],
    [20, 'cat', { cat: 1 }],
    [30, 'dog', { dog: 1 }],
  ];

  it('may have several labels in a cell, kept with the decoded images', async () => {
    for (let time = 0; time < 2; time++) {
      const { train, test } = await openText(TEXT, SEPARATED);
      expect(content(train)).toEqual(EXPECTED);
      expect(content(test)).toEqual([[40, 'cat', { cat: 1, dog: 1 }]]);
    }
    // Without a separator a cell is one label.
    const whole = await openText('file,labels\na.png,dog|cat\nb.png,x\nc.png,x\nd.png,dog|cat\n');
    expect(whole.train.classNames).toEqual(['dog|cat', 'x']);
    expect(whole.train.labelWeights).toBeUndefined();
  });

  it('may have a column a class, in their order, with weights between 0 and 1', async () => {
    const text =
      'file,dog,cat,split\na.png,1,True,train\nb.png,0.25,0.75,train\nc.png,1,false,train\nd.png,0,1,test\n';
    const { train, test } = await openText(text, COLUMNS);
    expect(train.classNames).toEqual(['dog', 'cat']);
    expect(content(train)).toEqual([
      [10, 'dog', { dog: 1, cat: 1 }],
      [20, 'cat', { dog: 0.25, cat: 0.75 }],
      [30, 'dog', { dog: 1 }],
    ]);
    expect(content(test)).toEqual([[40, 'cat', { cat: 1 }]]);
  });

  it('may have lists in Parquet, by number or by the names that the file tells', async () => {
    const columns = [
      { name: 'file', values: ['a.png', 'b.png', 'c.png', 'd.png'] },
      { name: 'labels', values: [[0, 1], [1], [0], [1, 0]].map((list) => Float32Array.from(list)) },
      { name: 'split', values: ['train', 'train', 'train', 'test'] },
    ];
    const feature = { feature: { names: ['dog', 'cat'], _type: 'ClassLabel' }, _type: 'Sequence' };
    const metadata = ['huggingface', JSON.stringify({ info: { features: { labels: feature } } })] as const;
    writeFileSync(join(folder(), 'index.parquet'), parquetBytes(columns, { metadata }));
    const { train } = await openIndex('index.parquet');
    expect(train.classNames).toEqual(['dog', 'cat']);
    expect(content(train)[0]).toEqual([10, 'dog', { dog: 1, cat: 1 }]);
    writeFileSync(join(folder(), 'index.parquet'), parquetBytes(columns));
    expect((await openIndex('index.parquet')).train.classNames).toEqual(['0', '1']);
  });

  it('has plain labels where every row has one, and rows keep their weights where a test part is put aside', async () => {
    const single = await openText('file,dog,cat\na.png,1,0\nb.png,0,1\nc.png,1,0\nd.png,0,1\n', COLUMNS);
    const named = await openText('file,label\na.png,0\nb.png,1\nc.png,0\nd.png,1\n');
    expect(single.train.labelWeights).toBeUndefined();
    expect(single.contentHash).toBe(named.contentHash);
    const text = 'file,label\na.png,dog|cat\nb.png,cat\nc.png,dog|cat\nd.png,dog\n';
    const { train, test, contentHash } = await openText(text, { ...SEPARATED, testFraction: 0.4 });
    expect([...content(train), ...content(test)].sort(([a], [b]) => a - b)).toEqual([
      [10, 'cat', { cat: 1, dog: 1 }],
      [20, 'cat', { cat: 1 }],
      [30, 'cat', { cat: 1, dog: 1 }],
      [40, 'dog', { dog: 1 }],
    ]);
    const changed = await openText(text.replace('c.png,dog|cat', 'c.png,cat'), {
      ...SEPARATED,
      testFraction: 0.4,
    });
    expect(changed.contentHash).not.toBe(contentHash);
  });

  it('is refused with file, row and remedy', async () => {
    await refuses(
      openText('file,label\na.png,dog\nb.png,|\n', SEPARATED),
      /row 2 has no label: fill or remove/,
    );
    const columns = (row: string) => openText(`file,dog,cat\na.png,1,0\nb.png,${row}\n`, COLUMNS);
    await refuses(columns('0,0'), /row 2 has no label, being 0 in every column/);
    await refuses(columns('1,'), /row 2, column cat: nothing is no label weight; write 0, 1 or a number/);
    await refuses(columns('nan,1'), /row 2, column dog: "nan" is no label weight/);
    await refuses(columns('1,maybe'), /column cat: "maybe" is no label weight/);
    await refuses(columns('-1,1'), /column dog: "-1" is no label weight/);
    await refuses(columns('2,1'), /column dog: "2" is no label weight/);
    await refuses(
      openText('file,dog\na.png,1\n', COLUMNS),
      /no column cat: set "dataset\.labelColumn" to one of its columns/,
    );
    await refuses(
      openText('file,dog,cat\na.png,1,0\n', { ...COLUMNS, ...SEPARATED }),
      /"dataset\.labelSeparator" divides the cells of one column and .* names 2/,
    );
    await refuses(
      openText('file,label,split\na.png,dog,train\nb.png,cat,train\nc.png,dog|cow,test\n', SEPARATED),
      /row 3 has the class cow, of which there is no training image/,
    );
  });
});

describe('arrays', () => {
  const IMAGES = npyBytes(Uint8Array.of(1, 2, 3, 4), { type: '|u1', shape: [4, 1, 1] });

  function open(labels: Buffer, tested = npyFloats([0, 0, 1], [1, 3])): Promise<Dataset> {
    const arrays = {
      x_train: IMAGES,
      y_train: labels,
      x_test: npyBytes(Uint8Array.of(9), { type: '|u1', shape: [1, 1, 1] }),
      y_test: tested,
    };
    const path = join(folder(), 'set.npz');
    const entries = Object.entries(arrays).map(([name, bytes]) => ({
      name: `${name}.npy`,
      content: bytes,
      isDeflated: false,
    }));
    writeFileSync(path, zipOf(entries));
    return openDataset({ kind: 'arrays', path, seed: 1 });
  }

  const ROWS = [1, 1, 0, 0, 0.5, 0.25, 0, 0, 1, 1, 0, 0];

  it('may have a matrix of labels, in either order', async () => {
    const { train, test } = await open(npyFloats(ROWS, [4, 3]));
    expect([...train.labels]).toEqual([0, 1, 2, 0]);
    expect([...(train.labelWeights ?? [])]).toEqual(ROWS);
    expect(train.classNames).toEqual(['0', '1', '2']);
    expect([...test.labels]).toEqual([2]);
    const byColumn = [0, 1, 2].flatMap((c) => [0, 1, 2, 3].map((row) => ROWS[row * 3 + c]));
    const fortran = npyBytes(bytesOf(Float32Array.from(byColumn)), {
      type: '<f4',
      shape: [4, 3],
      order: 'Fortran',
    });
    expect([...((await open(fortran)).train.labelWeights ?? [])]).toEqual(ROWS);
  });

  it('of one-hot rows are plain labels', async () => {
    const { train } = await open(npyFloats([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0], [4, 3]));
    expect([...train.labels]).toEqual([0, 1, 2, 0]);
    expect(train.labelWeights).toBeUndefined();
  });

  it('that are no weights are refused by name and sample', async () => {
    const changed = (at: number, value: number) => npyFloats(ROWS.with(at, value), [4, 3]);
    await refuses(open(changed(4, NaN)), /y_train, sample 1, has the label weight NaN/);
    await refuses(open(changed(4, 1.5)), /sample 1, has the label weight 1\.5: weights must be from 0 to 1/);
    await refuses(open(changed(0, -0.5)), /sample 0, has the label weight -0\.5/);
    await refuses(open(changed(8, 0)), /sample 2, has no label: give it one/);
    await refuses(open(npyFloats(ROWS, [6, 2])), /6 labels and .*x_train has 4 samples/);
    await refuses(
      open(npyFloats(ROWS, [4, 3]), npyFloats([1, 0], [1, 2])),
      /weights for 2 classes and there are 3/,
    );
    await refuses(open(npyFloats(ROWS, [4, 3]), npyLabels(7)), /x_test has the class 7 at sample 0/);
    await refuses(
      open(npyFloats([1, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0], [4, 3])),
      /no training samples of the class 2/,
    );
  });
});

describe('a module of the user', () => {
  const size = { height: 1, width: 1, channels: 1 };
  const open = (part: object) => {
    const given = { classNames: ['x', 'y'], train: part, test: part };
    const own = { create: () => given, source: './my.mjs' };
    return openDataset({ kind: './my.mjs', own, seed: 1 });
  };

  it('may give weights in place of labels', async () => {
    const images = Uint8Array.of(1, 2);
    const { train } = await open({ ...size, images, labelWeights: [0.5, 1, 1, 1] });
    expect([...train.labels]).toEqual([1, 0]);
    expect([...(train.labelWeights ?? [])]).toEqual([0.5, 1, 1, 1]);
    await refuses(
      open({ ...size, images, labelWeights: [1, 1, 1] }),
      /"train" has 3 "labelWeights", no multiple of 2/,
    );
    await refuses(open({ ...size, images, labelWeights: [1, 1] }), /has 2 values for 1 images/);
    await refuses(open({ ...size, images, labelWeights: [1, 1, 0, 0] }), /"train", image 1, has no label/);
    await refuses(open({ ...size, images, labelWeights: [1, NaN, 0, 1] }), /has the label weight NaN/);
  });
});
