/**
 * Regular expressions that cannot hang: a pattern becomes a list of instructions, and all places where a match may
 * stand are moved on together, one character at a time (Thompson, 1968). Time is the length of the text times that of
 * the pattern, whatever the two are.
 */
import * as l10n from '@vscode/l10n';
import { HumanError } from '../errors';
import type { Bound, PatternNode } from './patternSyntax';
import { isWordUnit, parsePattern } from './patternSyntax';

const MOST_INSTRUCTIONS = 2000;
const LINE_BREAK = 10;

type Instruction =
  | { readonly kind: 'set'; readonly has: (unit: number) => boolean }
  | { readonly kind: 'bound'; readonly bound: Bound }
  /** Goes on at both places. */
  | { readonly kind: 'fork'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'match' };

/**
 * A test of whether a text has a match anywhere, without regard to case; `^` and `$` stand at line breaks too. A
 * HumanError says why a pattern cannot be read.
 */
export function compilePattern(pattern: string): (text: string) => boolean {
  const program: Instruction[] = [];
  emit(program, parsePattern(pattern));
  program.push({ kind: 'match' });
  const machine = new Machine(program);
  return (text) => machine.finds(text.toLowerCase());
}

function emit(program: Instruction[], node: PatternNode): void {
  if (program.length > MOST_INSTRUCTIONS)
    throw new HumanError(
      l10n.t('The pattern is too long once its repeats are written out: use fewer repeats.'),
    );
  if (node.kind === 'set' || node.kind === 'bound') program.push(node);
  else if (node.kind === 'sequence') for (const part of node.parts) emit(program, part);
  else if (node.kind === 'choice') emitChoice(program, node.options);
  else emitRepeat(program, node);
}

function emitChoice(program: Instruction[], options: readonly PatternNode[]): void {
  const ends: { kind: 'jump'; to: number }[] = [];
  for (const [i, option] of options.entries()) {
    if (i === options.length - 1) {
      emit(program, option);
      break;
    }
    const fork = { kind: 'fork' as const, first: program.length + 1, second: 0 };
    program.push(fork);
    emit(program, option);
    const end = { kind: 'jump' as const, to: 0 };
    program.push(end);
    ends.push(end);
    fork.second = program.length;
  }
  for (const end of ends) end.to = program.length;
}

function emitRepeat(
  program: Instruction[],
  { part, least, most }: Extract<PatternNode, { readonly kind: 'repeat' }>,
): void {
  for (let i = 0; i < least; i++) emit(program, part);
  if (most === Infinity) {
    const start = program.length;
    const fork = { kind: 'fork' as const, first: start + 1, second: 0 };
    program.push(fork);
    emit(program, part);
    program.push({ kind: 'jump', to: start });
    fork.second = program.length;
    return;
  }
  for (let i = least; i < most; i++) {
    const fork = { kind: 'fork' as const, first: program.length + 1, second: 0 };
    program.push(fork);
    emit(program, part);
    fork.second = program.length;
  }
}

/** Runs a program over texts; its lists are kept between texts. */
class Machine {
  /** Text position + 1 at which each instruction was last entered. */
  readonly #entered: Int32Array;
  #now: number[] = [];
  #next: number[] = [];
  readonly #stack: number[] = [];

  constructor(private readonly program: readonly Instruction[]) {
    this.#entered = new Int32Array(program.length);
  }

  finds(text: string): boolean {
    this.#entered.fill(0);
    this.#now.length = 0;
    for (let at = 0; at <= text.length; at++) {
      // A match may begin anywhere.
      if (this.#enter(0, text, { at, list: this.#now })) return true;
      if (at === text.length) return false;
      this.#next.length = 0;
      const unit = text.charCodeAt(at);
      for (const place of this.#now) {
        const instruction = this.program[place];
        if (instruction.kind !== 'set' || !instruction.has(unit)) continue;
        if (this.#enter(place + 1, text, { at: at + 1, list: this.#next })) return true;
      }
      [this.#now, this.#next] = [this.#next, this.#now];
    }
    return false;
  }

  /** Adds all instructions that can be reached without a character; true if the pattern is matched. */
  #enter(start: number, text: string, { at, list }: { at: number; list: number[] }): boolean {
    this.#stack.push(start);
    for (let place = this.#stack.pop(); place !== undefined; place = this.#stack.pop()) {
      if (this.#entered[place] === at + 1) continue;
      this.#entered[place] = at + 1;
      const instruction = this.program[place];
      if (instruction.kind === 'match') {
        this.#stack.length = 0;
        return true;
      }
      if (instruction.kind === 'set') list.push(place);
      else if (instruction.kind === 'jump') this.#stack.push(instruction.to);
      else if (instruction.kind === 'fork') this.#stack.push(instruction.first, instruction.second);
      else if (holds(instruction.bound, text, at)) this.#stack.push(place + 1);
    }
    return false;
  }
}

function holds(bound: Bound, text: string, at: number): boolean {
  if (bound === 'lineStart') return at === 0 || text.charCodeAt(at - 1) === LINE_BREAK;
  if (bound === 'lineEnd') return at === text.length || text.charCodeAt(at) === LINE_BREAK;
  const isBound = isWordAt(text, at - 1) !== isWordAt(text, at);
  return isBound === (bound === 'wordBound');
}

function isWordAt(text: string, at: number): boolean {
  return at >= 0 && at < text.length && isWordUnit(text.charCodeAt(at));
}
