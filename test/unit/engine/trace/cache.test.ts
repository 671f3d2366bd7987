/** A traced graph is read back instead of traced again, and only where it is the same program. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Program, TensorSpecs } from '../../../../src/engine/engine';
import { printGraph } from '../../../../src/engine/graph/print';
import { tracedGraph } from '../../../../src/engine/trace/cache';

const STATE: TensorSpecs = { w: { shape: [3], dtype: 'float32' } };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'supcon-graphs-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** y = w x, and how often it was traced. */
function counted(changes: Partial<Program> = {}): { program: Program; traced: () => number } {
  let count = 0;
  const program: Program = {
    inputs: { x: { shape: [2, 3], dtype: 'float32' } },
    build(inputs, state) {
      count++;
      return { outputs: { y: tf.mul(inputs['x'], state['w']) } };
    },
    ...changes,
  };
  return { program, traced: () => count };
}

const files = (): string[] => readdirSync(folder);
const pathOf = (index: number): string => join(folder, files()[index]);

describe('tracedGraph', () => {
  it('traces a program without a key each time, and keeps nothing', () => {
    const { program, traced } = counted();
    expect(tracedGraph(program, STATE, folder)).toEqual(tracedGraph(program, STATE, folder));
    expect(traced()).toBe(2);
    expect(files()).toEqual([]);
  });

  it('traces a program with a key once', () => {
    const { program, traced } = counted({ key: 'product' });
    const first = tracedGraph(program, STATE, folder);
    expect(tracedGraph(program, STATE, folder)).toEqual(first);
    expect(traced()).toBe(1);
    expect(files()).toHaveLength(1);
  });

  it('tells keys, inputs and state apart', () => {
    const wide = { x: { shape: [5, 3], dtype: 'float32' } } as const;
    const more: TensorSpecs = { ...STATE, v: { shape: [1], dtype: 'float32' } };
    tracedGraph(counted({ key: 'a' }).program, STATE, folder);
    tracedGraph(counted({ key: 'b' }).program, STATE, folder);
    tracedGraph(counted({ key: 'a', inputs: wide }).program, STATE, folder);
    tracedGraph(counted({ key: 'a' }).program, more, folder);
    expect(files()).toHaveLength(4);
  });

  it('writes a damaged file again', () => {
    const { program, traced } = counted({ key: 'product' });
    const first = tracedGraph(program, STATE, folder);
    const whole = readFileSync(pathOf(0));
    writeFileSync(pathOf(0), whole.subarray(0, 60));
    expect(tracedGraph(program, STATE, folder)).toEqual(first);
    expect(traced()).toBe(2);
    expect(readFileSync(pathOf(0))).toEqual(whole);
  });

  it('needs no folder that can be written', () => {
    const { program } = counted({ key: 'product' });
    writeFileSync(join(folder, 'file'), '');
    expect(tracedGraph(program, STATE, join(folder, 'file')).nodes).toHaveLength(1);
  });

  it('keeps the hundred files that were used last', () => {
    const { program, traced } = counted({ key: 'product' });
    tracedGraph(program, STATE, folder);
    const used = pathOf(0);
    utimesSync(used, new Date(2000, 0), new Date(2000, 0));
    tracedGraph(program, STATE, folder);
    expect(statSync(used).mtimeMs).toBeGreaterThan(new Date(2001, 0).getTime());
    for (let index = 0; index < 110; index++) {
      const path = join(folder, `${index}.graph`);
      writeFileSync(path, '');
      utimesSync(path, new Date(2010, 0, index), new Date(2010, 0, index));
    }
    tracedGraph(counted({ key: 'another' }).program, STATE, folder);
    expect(files()).toHaveLength(100);
    expect(files()).not.toContain('0.graph');
    expect(files()).toContain('109.graph');
    tracedGraph(program, STATE, folder);
    expect(traced()).toBe(1);
  });

  it('takes a graph that is known already', () => {
    const { program, traced } = counted();
    const graph = tracedGraph(program, STATE, folder);
    expect(printGraph(tracedGraph({ ...program, graph }, STATE, folder))).toBe(printGraph(graph));
    expect(traced()).toBe(1);
  });
});
