/** A quick pick of several words at once, in which what is typed can be chosen too. */
import * as vscode from 'vscode';

/** One thing to choose. */
export interface Token extends vscode.QuickPickItem {
  readonly value: string;
}

/** What is asked. */
export interface TokenQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly tokens: readonly Token[];
  /** Values that are chosen at first. */
  readonly picked: readonly string[];
  /** What is typed, as something to choose; undefined if it is nothing. */
  readonly typed: (text: string) => Token | undefined;
}

/** The values that were chosen; undefined if the user turns away. */
export function pickTokens(question: TokenQuestion): Promise<string[] | undefined> {
  const pick = vscode.window.createQuickPick<Token>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.items = question.tokens;
  pick.selectedItems = question.tokens.filter(({ value }) => question.picked.includes(value));
  let chosenBefore: readonly string[] = [...question.picked].sort();
  pick.onDidChangeValue((text) => {
    chosenBefore = valuesOf(pick);
    offerTyped(pick, question, text);
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(answerOf(pick, question, chosenBefore));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** What is typed is offered below what fits it; what was chosen stays, whatever is typed. */
function offerTyped(pick: vscode.QuickPick<Token>, { tokens, typed }: TokenQuestion, text: string): void {
  const chosen = pick.selectedItems;
  const own = chosen.filter(({ value }) => !tokens.some((token) => token.value === value));
  const fresh = typed(text);
  const isNew = fresh !== undefined && ![...tokens, ...own].some(({ value }) => value === fresh.value);
  pick.items = [...own, ...tokens, ...(isNew ? [{ ...fresh, alwaysShow: true }] : [])];
  pick.selectedItems = chosen;
}

/**
 * Enter takes what is typed even if its box was not ticked, as people expect of a new tag; but not what was typed only
 * to find something, which shows in a tick that was set since.
 */
function answerOf(
  pick: vscode.QuickPick<Token>,
  { typed }: TokenQuestion,
  chosenBefore: readonly string[],
): string[] {
  const chosen = valuesOf(pick);
  const fresh = typed(pick.value);
  const isUntouched = JSON.stringify(chosen) === JSON.stringify(chosenBefore);
  return fresh === undefined || !isUntouched ? chosen : [...new Set([...chosen, fresh.value])];
}

function valuesOf(pick: vscode.QuickPick<Token>): string[] {
  return pick.selectedItems.map(({ value }) => value).sort();
}
