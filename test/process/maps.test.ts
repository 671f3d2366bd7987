/** The same vectors and seed give the same map, byte by byte, in every process and on every version of Node. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A change of a map's method changes these on purpose: then stored maps are void too. */
const KNOWN = {
  exact: '425c750b20d559037a2317dfd4c2de5a69dee8d527f0b622cfefce4c91ead04b',
  descent: '1e67755ad25d4c4b4d689d848810c5968e0707da0e020d98db9436a0fefa9019',
  components: '13ff237700601ec0385ec0cdc9c74bdedaf244bffe5420ca370dbb1657c37753',
  plane: 'b6fce56bbf50e169b9fd15eed7b101ab38d564e67a592e09a72c31a4d8e6e924',
  space: '8e170d0bec1b4b3d8e843e81cca5188d877c5098fe7a293183b34cbb9bf87f1e',
  anchored: 'f247551e808103849a5f835c7686d0bd696ba370a74d5456cce3161f0dca9004',
};

let folder = '';
let child = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-maps-'));
  child = join(folder, 'child.cjs');
  const entryPoints = [resolve('test/process/mapsChild.ts')];
  await build({
    entryPoints,
    outfile: child,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function mapsOfProcess(): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [child]);
  return JSON.parse(stdout);
}

it('makes the same maps in two processes, and those of every other version', async () => {
  const first = await mapsOfProcess();
  expect(await mapsOfProcess()).toEqual(first);
  expect(first).toEqual(KNOWN);
});
