/** What the usages of all commands share. */
import type { Command } from 'commander';

/** Told the exit code of a command. */
export type Finish = (code: number) => void;

export interface FolderOption {
  readonly dir?: string;
}

/** Adds commands that take a runs folder to a program. */
export function withFolder(program: Command): (usage: string, description: string) => Command {
  return (usage, description) =>
    program.command(usage).description(description).option('--dir <runs>', 'the folder that holds runs');
}
