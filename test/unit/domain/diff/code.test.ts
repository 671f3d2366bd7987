/** Files put together from patches: against random edits of random files, with and without the committed file. */
import { createTwoFilesPatch } from 'diff';
import { describe, expect, test } from 'vitest';
import { codeSides, compareCode } from '../../../../src/domain/diff/code/code';
import { readPatch } from '../../../../src/domain/diff/code/patch';
import type { CodeHunk } from '../../../../src/domain/diff/runDiff';
import { randomStream } from '../../../../src/domain/random/stream';
import { codeOf, factsOf } from './facts';

const PATH = 'src/augment.py';

/** A patch as git prints it. */
function patchOf(before: string, after: string, path = PATH): string {
  if (before === after) return '';
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, {
    context: 3,
  });
  return `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n${patch.slice(patch.indexOf('---'))}`;
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** A file with repeated lines, and two edits of it: few, near each other or far apart. */
function randomFiles(seed: number) {
  const random = randomStream(seed);
  const base = Array.from({ length: 20 + random.integer(180) }, () => `line ${random.integer(12)}`);
  const edit = () => {
    const lines = [...base];
    for (let i = random.integer(4); i >= 0; i--) {
      const at = random.integer(lines.length + 1);
      lines.splice(
        at,
        random.integer(3),
        ...Array.from({ length: random.integer(3) }, (_, k) => `new ${seed} ${i} ${k}`),
      );
    }
    return lines;
  };
  return { base, a: edit(), b: edit() };
}

/** The file after the hunks, each of them checked against the lines that it claims to find. */
function apply(lines: readonly string[], hunks: readonly CodeHunk[]): string[] {
  const result: string[] = [];
  let next = 0;
  for (const hunk of hunks) {
    const start = Math.max(0, hunk.baselineStart - 1);
    result.push(...lines.slice(next, start));
    expect(result.length, 'the line number in the other file').toBe(Math.max(0, hunk.ownStart - 1));
    next = start;
    for (const line of hunk.lines) {
      if (!line.startsWith('+')) expect(line.slice(1)).toBe(lines[next++]);
      if (!line.startsWith('-')) result.push(line.slice(1));
    }
  }
  return [...result, ...lines.slice(next)];
}

function filesOf(a: string, b: string, committed: Parameters<typeof compareCode>[1] = []) {
  const facts = [factsOf('a', { code: codeOf(a) }), factsOf('b', { code: codeOf(b) })];
  return compareCode(facts, committed).diffs[0].files;
}

test('hunks of two patches lead from one file to the other, whether or not the commit is at hand', () => {
  for (let seed = 0; seed < 150; seed++) {
    const { base, a, b } = randomFiles(seed);
    const [patchA, patchB] = [patchOf(textOf(base), textOf(a)), patchOf(textOf(base), textOf(b))];
    const committed = { path: PATH, texts: [textOf(base), textOf(base)] };
    for (const texts of [[], [committed]]) {
      const hunks = filesOf(patchA, patchB, texts).flatMap((file) => file.hunks);
      expect(apply(a, hunks), `seed ${seed}, ${texts.length} texts`).toEqual(b);
    }
    const sides = codeSides([codeOf(patchA), codeOf(patchB)], PATH, committed);
    expect(sides).toMatchObject({ basis: 'files', baseline: { lines: a }, own: { lines: b } });
  }
});

describe('one uncommitted line', () => {
  const base = textOf(Array.from({ length: 400 }, (_, i) => `line ${i}`));
  const edited = base.replace('line 300\n', 'line three hundred\n');

  test('is one file with one hunk at its place', () => {
    const [file, ...others] = filesOf('', patchOf(base, edited));
    expect(others).toEqual([]);
    expect(file).toMatchObject({ path: PATH, change: 'changed', basis: 'files', added: 1, removed: 1 });
    expect(file.hunks).toHaveLength(1);
    expect(file.hunks[0]).toMatchObject({ baselineStart: 298, ownStart: 298 });
  });

  test('that both runs have is no difference', () => {
    expect(filesOf(patchOf(base, edited), patchOf(base, edited))).toEqual([]);
  });

  test('far from one of the other run is a hunk of its own', () => {
    const other = base.replace('line 20\n', 'line twenty\n');
    expect(filesOf(patchOf(base, other), patchOf(base, edited))[0].hunks).toHaveLength(2);
  });
});

describe('runs of two commits', () => {
  const facts = [
    factsOf('a', { code: codeOf('') }),
    factsOf('b', { code: codeOf('', { commit: 'b'.repeat(40) }) }),
  ];

  test('differ by what was committed between them', () => {
    const committed = [
      { path: 'new.py', texts: [null, 'x\n'] },
      { path: 'same.py', texts: ['x\n', 'x\n'] },
      { path: 'gone.py', texts: ['x\n', null] },
    ];
    const { diffs, rows } = compareCode(facts, committed);
    expect(diffs[0].files.map(({ path, change }) => [path, change])).toEqual([
      ['gone.py', 'removed'],
      ['new.py', 'added'],
    ]);
    expect(rows[0].differs).toBe(true);
  });

  test('are compared by their patches where no repository is at hand', () => {
    const [a, b] = [
      facts[0],
      { ...facts[1], code: codeOf(patchOf('x\n', 'y\n'), { commit: 'b'.repeat(40) }) },
    ];
    expect(compareCode([a, b], []).diffs[0].files).toMatchObject([{ path: PATH, basis: 'patches' }]);
  });
});

test('what the patch left out, and what is binary, differs in an unknown way', () => {
  const binary = `diff --git a/x.png b/x.png\nindex 1234567..89abcde 100644\nBinary files a/x.png and b/x.png differ\n`;
  const facts = [
    factsOf('a', { code: codeOf('') }),
    factsOf('b', { code: codeOf(binary, { omitted: ['large.csv'] }) }),
  ];
  expect(compareCode(facts, []).diffs[0].files).toMatchObject([
    { path: 'large.csv', change: 'unknown', hunks: [] },
    { path: 'x.png', change: 'binary', hunks: [] },
  ]);
});

test('a damaged or hostile patch costs the changes and no more', () => {
  const good = patchOf('a\nb\n', 'a\nc\n');
  const random = randomStream(7);
  for (let i = 0; i < 500; i++) {
    const at = random.integer(good.length);
    const damaged =
      good.slice(0, at) +
      String.fromCharCode(32 + random.integer(90)) +
      good.slice(at + 1 + random.integer(9));
    expect(() => filesOf('', damaged)).not.toThrow();
  }
  expect(readPatch('diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n')).toMatchObject({
    problem: expect.stringContaining('damaged') as unknown,
  });
  // A line number that no file has makes no list of that length.
  const far = '@@ -999999999,1 +999999999,1 @@\n-a\n+b\n';
  expect(filesOf('', `diff --git a/x b/x\n--- a/x\n+++ b/x\n${far}`)[0]).toMatchObject({
    hunks: [{ baselineStart: 999999999, lines: ['-a', '+b'] }],
  });
});
