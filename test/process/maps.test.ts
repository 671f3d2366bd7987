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
  plane: 'dbb3a10c304acec1d0be7210513f06683ad266663646a7dd9d546a05b1e241fe',
  space: '2d3c0bae9e250eaa0e8bf10cec897545d9620332e5a1deb8d3d3f400efd136a9',
  anchored: 'a5e24d2d6ffe1292182cbeba99344be56bf8dd193b227e856290b303c21f88c9',
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
