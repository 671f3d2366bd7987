/**
 * The keeper's socket. A watcher says hello with the token, then gets the state and every appended byte.
 * Nothing that arrives here can harm the run: lines are bounded and parsed, whoever misbehaves or reads too
 * slowly loses the connection, and every loss is made good from the files.
 */
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import * as v from 'valibot';
import { FORMAT_VERSION } from '../../domain/run/layout';
import type { StateFile } from '../../domain/run/state';
import type { KeeperEvent, WatcherMessage } from '../../protocol/keeper';
import { watcherMessageSchema } from '../../protocol/keeper';
import type { Endpoint } from '../endpoint';
import { tokensEqual } from '../endpoint';
import { createLineSplitter, parseJsonLine } from '../lines';

const HELLO_DEADLINE_MS = 5000;
const LONGEST_LINE_BYTES = 64 * 1024;
/** What a watcher may leave unread before it is dropped. */
const MOST_UNREAD_BYTES = 8 * 1024 * 1024;
const MOST_CONNECTIONS = 64;

export type RunCommand = 'stop' | 'kill';

export interface ServerOptions {
  readonly endpoint: Endpoint;
  readonly runId: string;
  readonly state: () => StateFile;
  /** Carries a command out; returns why not, or null. */
  readonly onCommand: (command: RunCommand) => string | null;
}

export interface KeeperServer {
  broadcast(event: KeeperEvent): void;
  close(): Promise<void>;
}

/** Listens on an endpoint. Throws what `listen` reports. */
export async function listen(options: ServerOptions): Promise<KeeperServer> {
  const watchers = new Set<Socket>();
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.on('close', () => {
      connections.delete(socket);
      watchers.delete(socket);
    });
    attend(socket, { ...options, onWelcome: () => watchers.add(socket) });
  });
  server.maxConnections = MOST_CONNECTIONS;
  await listening(server, options.endpoint.path);
  return {
    broadcast: (event) => {
      const line = encode(event);
      for (const socket of watchers) deliver(socket, line);
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of connections) socket.destroySoon();
      const cut = setTimeout(() => connections.forEach((socket) => socket.destroy()), 500);
      await closed;
      clearTimeout(cut);
    },
  };
}

interface Attendance extends ServerOptions {
  readonly onWelcome: () => void;
}

/** Serves one connection from hello to its end. */
function attend(socket: Socket, options: Attendance): void {
  const lines = createLineSplitter(LONGEST_LINE_BYTES);
  const patience = setTimeout(() => socket.destroy(), HELLO_DEADLINE_MS);
  let converse: ((message: WatcherMessage) => void) | undefined;
  const answer = (message: WatcherMessage) => {
    if (converse !== undefined) {
      converse(message);
    } else {
      clearTimeout(patience);
      converse = greet(socket, message, options);
    }
  };
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(patience));
  socket.on('data', (bytes) => {
    try {
      for (const line of lines.push(bytes)) {
        if (!socket.writableEnded && !socket.destroyed)
          answer(v.parse(watcherMessageSchema, parseJsonLine(line)));
      }
    } catch {
      socket.destroy();
    }
  });
}

/** Answers the first message; what it returns answers all later ones. */
function greet(
  socket: Socket,
  hello: WatcherMessage,
  options: Attendance,
): ((message: WatcherMessage) => void) | undefined {
  if (hello.type !== 'hello' || !tokensEqual(hello.token, options.endpoint.token)) {
    deliver(socket, encode({ type: 'refused', reason: 'The token is not the one of this run.' }));
    socket.destroySoon();
    return undefined;
  }
  const canCommand = hello.formatVersion === FORMAT_VERSION;
  const { runId } = options;
  deliver(
    socket,
    encode({ type: 'welcome', formatVersion: FORMAT_VERSION, runId, canCommand, state: options.state() }),
  );
  options.onWelcome();
  return (message) => reply(socket, message, canCommand ? options.onCommand : refuseToCommand);
}

function reply(socket: Socket, message: WatcherMessage, carryOut: ServerOptions['onCommand']): void {
  switch (message.type) {
    case 'hello':
      throw new Error('A second hello.');
    case 'ping':
      deliver(socket, encode({ type: 'reply', id: message.id, error: null }));
      return;
    case 'stop':
    case 'kill':
      deliver(socket, encode({ type: 'reply', id: message.id, error: carryOut(message.type) }));
  }
}

function refuseToCommand(): string {
  return 'The run belongs to another version of SupCon Lab, which can be watched but not commanded from here: stop it with the version that started it.';
}

/** Writes without waiting; a watcher that has too much unread is dropped. */
function deliver(socket: Socket, line: string): void {
  if (socket.destroyed || socket.writableEnded) return;
  if (socket.writableLength > MOST_UNREAD_BYTES) socket.destroy();
  else socket.write(line);
}

function encode(event: KeeperEvent): string {
  return `${JSON.stringify(event)}\n`;
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      server.on('error', () => undefined);
      resolve();
    });
  });
}
