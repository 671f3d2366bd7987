/**
 * What agents can do with runs, without anything of the editor: each tool parses its input, says what a person is asked
 * before anything starts or stops, and answers with text of bounded length.
 */
import type { ToolInput } from '../../protocol/agentTools';

/** What a person is asked: a question, and what is about to happen, by label. */
export interface Confirmation {
  readonly title: string;
  readonly rows: readonly (readonly [label: string, value: string])[];
}

/** A tool. Input is whatever a model wrote. */
export interface AgentTool {
  /** The question; undefined for a tool that only reads. Throws HumanError if the tool would refuse. */
  confirm(input: unknown): Promise<Confirmation | undefined>;
  /** The answer. Throws HumanError with the sentence that the model is told. */
  invoke(input: unknown): Promise<string>;
}

/** What a tool is made of; its input is parsed before either function sees it. */
export interface ToolParts<Input> {
  readonly parse: ToolInput<Input>;
  readonly confirm?: (input: Input) => Promise<Confirmation>;
  readonly invoke: (input: Input) => Promise<unknown>;
}

/** Characters of an answer: what a model can read without losing its thread. */
export const MOST_CHARACTERS = 24_000;

/** A tool of its parts; what `invoke` gives is text, or a value that is written as JSON. */
export function createTool<Input>({ parse, confirm, invoke }: ToolParts<Input>): AgentTool {
  return {
    confirm: async (input) => confirm?.(parse(input)),
    invoke: async (input) => {
      const answer = await invoke(parse(input));
      return bounded(typeof answer === 'string' ? answer : JSON.stringify(answer, finiteOnly));
    },
  };
}

function bounded(text: string): string {
  if (text.length <= MOST_CHARACTERS) return text;
  return `${text.slice(0, MOST_CHARACTERS)}\n(cut: the whole answer has ${text.length} characters; ask for less)`;
}

/** JSON would write null for a NaN, and a model would take it for a value that is not there. */
function finiteOnly(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
