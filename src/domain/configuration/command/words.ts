/** How a command is written for people, and named. Nothing here is ever handed to a shell. */
const PLAIN_WORD = /^[\w@%+=:,./{}-]+$/;
const LONGEST_NAME = 60;

/** A program and its arguments. */
export interface CommandWords {
  readonly program: string;
  readonly arguments: readonly string[];
}

/** The command as one line that could be typed, for example `python train.py --name "two words"`. */
export function commandLine({ program, arguments: words }: CommandWords): string {
  return wordsLine([program, ...words]);
}

/** Arguments as they could be typed. */
export function wordsLine(words: readonly string[]): string {
  return words.map((word) => (PLAIN_WORD.test(word) ? word : JSON.stringify(word))).join(' ');
}

/** A name for a run without one: the script where there is one, else the program, for example `train`. */
export function commandName({ program, arguments: words }: CommandWords): string {
  const script = words.find((word) => /\.(py|jl|r|sh|m?js|lua)$/i.test(word)) ?? moduleOf(words) ?? program;
  const file = script.split(/[\\/]/).at(-1) ?? script;
  return (file.replace(/\.[^.]+$/, '') || file).slice(0, LONGEST_NAME);
}

/** What stands after `-m`, as in `python -m torch.distributed.run`. */
function moduleOf(words: readonly string[]): string | undefined {
  const place = words.indexOf('-m');
  return place < 0 ? undefined : words[place + 1]?.replaceAll('.', '-');
}
