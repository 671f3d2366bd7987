/** What every engine does with the programs of a module: makes each ready, and finds one by its name. */
import type { EngineModule, Program } from './engine';

/** Each program of a module made ready by `compile`, one after the other, by name. */
export async function compilePrograms<Compiled>(
  { programs }: Pick<EngineModule<string>, 'programs'>,
  compile: (program: Program, name: string) => Promise<Compiled>,
): Promise<ReadonlyMap<string, Compiled>> {
  const compiled = new Map<string, Compiled>();
  for (const [name, program] of Object.entries<Program>(programs)) {
    compiled.set(name, await compile(program, name));
  }
  return compiled;
}

/** The program of a name. Throws where there is none. */
export function programNamed<Compiled>(programs: ReadonlyMap<string, Compiled>, name: string): Compiled {
  const found = programs.get(name);
  if (found === undefined) throw new Error(`There is no program named '${name}'`);
  return found;
}
