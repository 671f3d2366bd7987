/** Names of a module's nodes in its SavedModel. */

export const inputName = (program: string, name: string): string => legal(`program/${program}/input/${name}`);
export const outputName = (program: string, name: string): string =>
  legal(`program/${program}/output/${name}`);
/** Available when a program has changed the state. */
export const doneName = (program: string): string => legal(`program/${program}/done`);
/** What a state tensor is set to. */
export const givenName = (name: string): string => legal(`state/given/${name}`);
/** Available when a state tensor has been set to what was given. */
export const writtenName = (name: string): string => legal(`state/written/${name}`);
export const readName = (name: string): string => legal(`state/read/${name}`);
export const variableName = (name: string): string => legal(`state/variable/${name}`);
/** The folder of a program's other nodes. */
export const scopeName = (program: string): string => legal(`program/${program}/graph`);

/** Writes what TensorFlow does not allow in names as its number between the signs `>` and `-`. */
function legal(name: string): string {
  return name.replace(/[^\w./-]/g, (character) => `>${character.charCodeAt(0)}-`);
}
