/** Checks on the flat arrays that enter a session: every engine refuses the same mistakes with the same words. */
import type { NamedValues, TensorSpec, TensorSpecs, Values } from './engine';
import { sizeOf } from './graph/graph';

/** Checks that `values` holds every tensor of `specs`, each of the right type and length. */
export function checkComplete(what: string, specs: TensorSpecs, values: NamedValues): void {
  const missing = Object.keys(specs).filter((name) => !Object.hasOwn(values, name));
  if (missing.length > 0) throw new Error(`Missing ${what}: ${missing.join(', ')}`);
  checkKnown(what, specs, values);
}

/** Checks that every tensor of `values` is in `specs` and has the right type and length. */
export function checkKnown(what: string, specs: TensorSpecs, values: NamedValues): void {
  for (const [name, array] of Object.entries(values)) {
    const { shape, dtype } = specOf(what, specs, name);
    const isRightType = dtype === 'int32' ? array instanceof Int32Array : array instanceof Float32Array;
    if (!isRightType || array.length !== sizeOf(shape)) {
      const got = `${array.constructor.name} of ${array.length}`;
      throw new Error(`The ${what} '${name}' must hold ${dtype}[${shape.join(', ')}], but is a ${got}`);
    }
  }
}

/** The spec of a tensor. Throws on an unknown name. */
export function specOf(what: string, specs: TensorSpecs, name: string): TensorSpec {
  if (!Object.hasOwn(specs, name)) throw new Error(`There is no ${what} named '${name}'`);
  return specs[name];
}

/** A copy that its owner may keep. */
export function copyOf(values: Values): Values {
  return values.slice();
}
