/** Offers the tools to the editor's language models, in the real world. */
import { dirname } from 'node:path';
import * as vscode from 'vscode';
import { diffMarkdown } from '../../domain/diff/markdown';
import { HumanError } from '../../domain/errors';
import { compareRunFolders } from '../../runs/diff/compare';
import { readSeries } from '../../runs/readSeries';
import { readAlerts } from '../../runs/readAlerts';
import { alertDefaults } from '../alertSettings';
import { starterProgram } from '../commands/starterProgram';
import type { Disposable } from '../disposable';
import { DisposableStore } from '../disposable';
import { runsFolderFor } from '../runsFolders';
import { startWithConsent } from '../runs/starter';
import type { Services } from '../services';
import type { AgentTool, Confirmation } from './tool';
import { TOOL_NAMES, createTools } from './tools';
import type { AgentWorld } from './world';

/** Registers every tool of the manifest. */
export function registerAgentTools(services: AgentServices): Disposable {
  const owned = new DisposableStore();
  const tools = createTools(worldOf(services));
  for (const name of TOOL_NAMES) owned.add(vscode.lm.registerTool(name, asLanguageModelTool(tools[name])));
  return owned;
}

export type AgentServices = Pick<Services, 'context' | 'store' | 'backend'>;

function asLanguageModelTool(tool: AgentTool): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async ({ input }) => {
      const confirmation = await tool.confirm(input);
      return confirmation === undefined ? {} : { confirmationMessages: messagesOf(confirmation) };
    },
    invoke: async ({ input }) =>
      new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(await tool.invoke(input))]),
  };
}

/** Values are shown as code, so that nothing in a path becomes markup. */
function messagesOf({ title, rows }: Confirmation): vscode.LanguageModelToolConfirmationMessages {
  const message = new vscode.MarkdownString();
  for (const [label, value] of rows) message.appendText(label).appendCodeblock(value, 'text');
  return { title, message };
}

function worldOf({ context, store, backend }: AgentServices): AgentWorld {
  return {
    isTrusted: () => vscode.workspace.isTrusted,
    records: () => store.records,
    alertsOf: readAlerts,
    compare: async (folders) => diffMarkdown(await compareRunFolders(folders), 'differences'),
    series: readSeries,
    workspaceFolders: () => (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath),
    planStart: (file) => ({
      program: starterProgram(context, dirname(file)),
      request: {
        source: file,
        runsFolder: runsFolderFor(vscode.Uri.file(file), context.globalStorageUri),
        ...alertDefaults(vscode.Uri.file(file)),
        ownCode: 'refuse',
      },
    }),
    start: async ({ program, request }) => {
      const started = await startWithConsent(program, request, () => Promise.resolve(false));
      if (started === undefined)
        throw new HumanError('The run needs an agreement that only a person can give: start it yourself.');
      return started;
    },
    stop: (folder) => backend.requestStop(folder),
  };
}
