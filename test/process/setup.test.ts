/**
 * `supcon setup tensorflow` of the built command line, on machines made of environment variables; and the library
 * that it has set up for these tests (src/setup/tools.mjs), which must work and need no second set-up.
 */
import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT_CODE } from '../../src/domain/errors';
import { wheelsFor } from '../../src/engine/tensorflow/install/wheels';
import { TINY, listJson, makeWorkspace, runCli } from './realRun';
import { eventually } from './support';

const CLI = resolve('dist/cli.js');
const LIBRARY_PLACE = join('supcon-lab', 'engines', 'tensorflow', 'installed');

let base = '';
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'supcon-setup-'));
  mkdirSync(join(base, 'bin'));
  // What a checkout compiles with; it is looked for before anything is fetched, and never called here.
  for (const name of ['make', 'g++']) program(name, 'process.exit(1)');
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

/** A program on the PATH of the machine at hand. */
function program(name: string, source: string): void {
  const path = join(base, 'bin', name);
  writeFileSync(path, `#!${process.execPath}\n${source}`);
  chmodSync(path, 0o755);
}

/** A Python whose pip does as told with the place that it should download to. */
function python(download: string): void {
  program(
    'python3',
    `const { existsSync, writeFileSync } = require('node:fs');
     const { join } = require('node:path');
     const words = process.argv.slice(2);
     const dest = words[words.indexOf('--dest') + 1];
     if (words.includes('--version')) console.log('pip 25.1 (python 3.11)');
     else { ${download} }`,
  );
}

function start(options: readonly string[], dataHome = join(base, 'data')) {
  const child = spawn(process.execPath, [CLI, 'setup', 'tensorflow', ...options], {
    cwd: base,
    env: { HOME: base, PATH: join(base, 'bin'), XDG_DATA_HOME: dataHome },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = new Promise<{ code: number | null; printed: string }>((done) => {
    child.once('close', (code) => done({ code, printed }));
  });
  return { child, ended };
}

const run = (...options: string[]) => start(options).ended;

describe('a machine where something is missing', () => {
  it('without Python gets a sentence, and no file', async () => {
    const { code, printed } = await run('--yes');
    expect(code).toBe(EXIT_CODE.badInput);
    expect(printed).toContain('there is no Python 3 on PATH: install Python 3 with pip');
    expect(existsSync(join(base, 'data'))).toBe(false);
  });

  it('without pip gets a sentence, also as JSON', async () => {
    program('python3', 'process.exit(1)');
    const { code, printed } = await run('--yes', '--json');
    expect(code).toBe(EXIT_CODE.badInput);
    expect(JSON.parse(printed)).toMatchObject({
      type: 'failed',
      message: expect.stringContaining('has no pip') as string,
    });
  });

  it('without anybody to ask goes no further than the list', async () => {
    python('process.exit(1)');
    const { code, printed } = await run();
    expect(code).toBe(EXIT_CODE.badInput);
    for (const { file } of wheelsFor('cpu')) expect(printed).toContain(file);
    expect(printed).toContain('agree with --yes');
  });
});

describe('a download', () => {
  it('of a file that is not the pinned one is refused, and nothing of it stays', async () => {
    const [{ file, bytes }] = wheelsFor('cpu');
    python(`require('node:fs').truncateSync(${JSON.stringify(join(base, 'forged'))}, ${bytes});
            require('node:fs').renameSync(${JSON.stringify(join(base, 'forged'))}, join(dest, ${JSON.stringify(file)}));`);
    writeFileSync(join(base, 'forged'), 'PK');
    const { code, printed } = await run('--yes');
    expect(code).toBe(EXIT_CODE.badInput);
    expect(printed).toContain(`${file} is not the file that SupCon Lab knows`);
    const { printed: removed } = await run('--remove');
    expect(removed).toContain('TensorFlow is removed');
    expect(readdirSync(join(base, 'data'))).toEqual([]);
  });

  it('is cancelled by an interrupt together with pip, and only one goes on at a time', async () => {
    const mark = join(base, 'pip');
    python(
      `writeFileSync(${JSON.stringify(mark)}, String(process.pid)); setInterval(() => undefined, 1000);`,
    );
    const first = start(['--yes']);
    await eventually(() => existsSync(mark));
    const second = await run('--yes');
    expect(second.code).toBe(EXIT_CODE.badInput);
    expect(second.printed).toContain('by another process');
    first.child.kill('SIGINT');
    expect((await first.ended).code).toBe(EXIT_CODE.stopped);
    expect(() => process.kill(Number(readFileSync(mark, 'utf8')), 0)).toThrow();
    await run('--remove');
    expect(readdirSync(join(base, 'data'))).toEqual([]);
  });
});

describe('the library that was set up for these tests', () => {
  const library = process.env['SUPCON_TENSORFLOW_LIBRARY'] ?? '';
  const dataHome = library.replace(LIBRARY_PLACE, '');

  it('is all there, so that a second set-up does nothing', async () => {
    expect(library).toContain(LIBRARY_PLACE);
    const before = readFileSync(join(library, 'installation.json'), 'utf8');
    const { code, printed } = await start(['--yes'], dataHome).ended;
    expect(code).toBe(EXIT_CODE.completed);
    expect(printed).toContain('is already set up');
    expect(readFileSync(join(library, 'installation.json'), 'utf8')).toBe(before);
  });

  it('trains a run', async () => {
    const workspace = makeWorkspace();
    vi.stubEnv('SUPCON_TENSORFLOW_LIBRARY', '');
    vi.stubEnv('XDG_DATA_HOME', dataHome);
    try {
      const file = workspace.write('tiny.supcon.json', { ...TINY, engine: 'tensorflow' });
      const { code, output, errors } = await runCli(workspace, 'train', file, '--dir', workspace.runs);
      expect(code, output + errors).toBe(EXIT_CODE.completed);
      const [run] = await listJson(workspace);
      expect(run.engine?.name).toBe('tensorflow');
    } finally {
      vi.unstubAllEnvs();
      workspace.remove();
    }
  });
});
