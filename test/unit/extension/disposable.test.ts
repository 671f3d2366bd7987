import { describe, expect, it } from 'vitest';
import { DisposableStore, Emitter } from '../../../src/extension/disposable';

describe('DisposableStore', () => {
  it('disposes in reverse order, once, and late additions at once', () => {
    const order: string[] = [];
    const thing = (name: string) => ({ dispose: () => order.push(name) });
    const store = new DisposableStore();
    store.add(thing('first'));
    store.add(thing('second'));
    store.dispose();
    store.dispose();
    store.add(thing('late'));
    expect(order).toEqual(['second', 'first', 'late']);
  });
});

describe('Emitter', () => {
  it('lets a listener leave while it is being told', () => {
    const emitter = new Emitter<number>();
    const told: number[] = [];
    const first = emitter.event((value) => {
      told.push(value);
      first.dispose();
    });
    emitter.event((value) => told.push(value * 10));
    emitter.fire(1);
    emitter.fire(2);
    expect(told).toEqual([1, 10, 20]);
  });
});
