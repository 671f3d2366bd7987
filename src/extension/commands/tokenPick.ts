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
  pick.onDidChangeValue((text) => offerTyped(pick, question, text));
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      resolve(valuesOf(pick, question));
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** What is typed is offered first; what was chosen stays, whatever is typed. */
function offerTyped(pick: vscode.QuickPick<Token>, { tokens, typed }: TokenQuestion, text: string): void {
  const chosen = pick.selectedItems;
  const own = chosen.filter(({ value }) => !tokens.some((token) => token.value === value));
  const fresh = typed(text);
  const isNew = fresh !== undefined && ![...tokens, ...own].some(({ value }) => value === fresh.value);
  pick.items = [...(isNew ? [{ ...fresh, alwaysShow: true }] : []), ...own, ...tokens];
  pick.selectedItems = chosen;
}

/** Enter takes what is typed even if its box was not ticked: that is what people expect of a tag. */
function valuesOf(pick: vscode.QuickPick<Token>, { tokens, typed }: TokenQuestion): string[] {
  const chosen = pick.selectedItems.map(({ value }) => value);
  const fresh = typed(pick.value);
  const isKnown = tokens.some(({ value }) => value === fresh?.value);
  return [...new Set([...chosen, ...(fresh === undefined || isKnown ? [] : [fresh.value])])];
}
