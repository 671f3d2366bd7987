/**
 * A watcher's end of a keeper's socket. A keeper that cannot be reached is an ordinary answer, not an error:
 * the run's files tell everything that the socket does, only later.
 */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import * as v from 'valibot';
import { HumanError } from '../domain/errors';
import { FORMAT_VERSION } from '../domain/run/layout';
import type { StateFile } from '../domain/run/state';
import type { KeeperEvent, WatcherMessage } from '../protocol/keeper';
import { keeperEventSchema } from '../protocol/keeper';
import { findEndpoint } from './endpoint';
import type { Endpoint } from './endpoint';
import { createLineSplitter, parseJsonLine } from './lines';

const WELCOME_DEADLINE_MS = 5000;
const REPLY_DEADLINE_MS = 5000;
const LONGEST_LINE_BYTES = 4 * 1024 * 1024;

export interface KeeperHandlers {
  /** Every event after the welcome, replies left out. */
  readonly onEvent?: (event: KeeperEvent) => void;
  /** The connection is gone; called once. */
  readonly onClose?: () => void;
}

export interface KeeperConnection {
  /** False if keeper and watcher differ in version: look, do not command. */
  readonly canCommand: boolean;
  /** The state at the time of the welcome. */
  readonly state: StateFile;
  /** Resolves when the keeper has accepted the command. Throws HumanError with its reason if not. */
  command(command: 'stop' | 'kill'): Promise<void>;
  close(): void;
}

/** Connects to the keeper that listens under a socket name; undefined if it cannot be reached. */
export async function connectToKeeper(
  socketName: string,
  handlers: KeeperHandlers,
): Promise<KeeperConnection | undefined> {
  const endpoint = await findEndpoint(socketName);
  return endpoint === undefined ? undefined : greetKeeper(endpoint, handlers);
}

function greetKeeper(endpoint: Endpoint, handlers: KeeperHandlers): Promise<KeeperConnection | undefined> {
  return new Promise((resolve) => {
    const socket = connect(endpoint.path);
    const replies = createReplies();
    let welcomed = false;
    const patience = setTimeout(() => socket.destroy(), WELCOME_DEADLINE_MS);
    const onEvent = (event: KeeperEvent) => {
      if (event.type === 'reply') replies.settle(event.id, event.error);
      else if (welcomed) handlers.onEvent?.(event);
      else if (event.type === 'welcome') {
        welcomed = true;
        clearTimeout(patience);
        resolve(connectionOf(socket, replies, event));
      } else socket.destroy();
    };
    readEvents(socket, onEvent);
    socket.on('connect', () =>
      send(socket, { type: 'hello', formatVersion: FORMAT_VERSION, token: endpoint.token }),
    );
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      clearTimeout(patience);
      replies.close();
      if (welcomed) handlers.onClose?.();
      else resolve(undefined);
    });
  });
}

function connectionOf(
  socket: Socket,
  replies: Replies,
  welcome: Extract<KeeperEvent, { type: 'welcome' }>,
): KeeperConnection {
  return {
    canCommand: welcome.canCommand,
    state: welcome.state,
    command: async (command) => {
      const { id, reply } = replies.expect();
      send(socket, { type: command, id });
      const error = await reply;
      if (error !== null) throw new HumanError(error);
    },
    close: () => socket.destroy(),
  };
}

function readEvents(socket: Socket, onEvent: (event: KeeperEvent) => void): void {
  const lines = createLineSplitter(LONGEST_LINE_BYTES);
  socket.on('data', (bytes) => {
    try {
      for (const line of lines.push(bytes)) {
        const event = v.safeParse(keeperEventSchema, parseJsonLine(line));
        // A kind of event that this version does not know is none of its business.
        if (event.success && !socket.destroyed) onEvent(event.output);
      }
    } catch {
      socket.destroy();
    }
  });
}

function send(socket: Socket, message: WatcherMessage): void {
  socket.write(`${JSON.stringify(message)}\n`);
}

interface Replies {
  /** A new id, and the reply to it: null, or why the command was not carried out. */
  expect(): { readonly id: number; readonly reply: Promise<string | null> };
  settle(id: number, error: string | null): void;
  /** No more replies will come. */
  close(): void;
}

function createReplies(): Replies {
  const waiting = new Map<number, (error: string | null) => void>();
  let lastId = 0;
  const settle = (id: number, error: string | null) => {
    waiting.get(id)?.(error);
    waiting.delete(id);
  };
  return {
    expect: () => {
      const id = ++lastId;
      const reply = new Promise<string | null>((resolve) => waiting.set(id, resolve));
      const late = setTimeout(() => settle(id, 'The run does not answer: try again.'), REPLY_DEADLINE_MS);
      return { id, reply: reply.finally(() => clearTimeout(late)) };
    },
    settle,
    close: () => {
      for (const id of [...waiting.keys()]) settle(id, 'The run ended before it answered.');
    },
  };
}
