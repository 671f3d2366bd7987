/** The keeper's socket against friends and strangers, in one process. */
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KeeperEvent } from '../../../../src/protocol/keeper';
import type { Endpoint } from '../../../../src/runs/endpoint';
import { createEndpoint } from '../../../../src/runs/endpoint';
import type { KeeperServer, RunCommand } from '../../../../src/runs/keeper/server';
import { listen } from '../../../../src/runs/keeper/server';
import { initialState } from '../../../../src/runs/keeper/stateRecord';
import { inChunks } from '../../../../src/runs/keeper/training';
import { connectToKeeper } from '../../../../src/runs/keeperClient';
import { openRuntimeFolder } from '../../../../src/runs/runtimeFolder';
import { temporaryFolder } from '../folders';

const before = process.env['XDG_RUNTIME_DIR'];
let endpoint: Endpoint;
let server: KeeperServer;
let commands: RunCommand[] = [];
const sockets: Socket[] = [];

beforeEach(async () => {
  process.env['XDG_RUNTIME_DIR'] = temporaryFolder();
  endpoint = await createEndpoint(await openRuntimeFolder());
  commands = [];
  const onCommand = (command: RunCommand) => {
    commands.push(command);
    return command === 'kill' ? 'Not now.' : null;
  };
  server = await listen({ endpoint, runId: 'r', state: () => initialState(0), onCommand });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await server.close();
  if (before === undefined) delete process.env['XDG_RUNTIME_DIR'];
  else process.env['XDG_RUNTIME_DIR'] = before;
});

function stranger(): Socket {
  const socket = connect(endpoint.path);
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

async function textUntilClosed(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (bytes) => (text += bytes.toString()));
  await new Promise((resolve) => socket.once('close', resolve));
  return text;
}

const hello = (token: string, formatVersion = 1) =>
  `${JSON.stringify({ type: 'hello', formatVersion, token })}\n`;

describe('the server', () => {
  it('welcomes a watcher, carries its commands out and sends it everything', async () => {
    const events: KeeperEvent[] = [];
    const keeper = await connectToKeeper(endpoint.name, { onEvent: (event) => events.push(event) });
    expect(keeper).toMatchObject({ canCommand: true, state: { state: 'queued' } });
    await keeper?.command('stop');
    await expect(keeper?.command('kill')).rejects.toThrow('Not now.');
    expect(commands).toEqual(['stop', 'kill']);
    const event: KeeperEvent = { type: 'appended', file: 'f', offset: 3, base64: 'YWJj' };
    server.broadcast(event);
    await expect.poll(() => events).toEqual([event]);
    keeper?.close();
  });

  it('tells a watcher when it goes', async () => {
    let closed = 0;
    await connectToKeeper(endpoint.name, { onClose: () => closed++ });
    await server.close();
    await expect.poll(() => closed).toBe(1);
  });

  it('refuses a wrong token and says nothing else', async () => {
    const socket = stranger();
    socket.write(hello('0'.repeat(64)));
    expect(await textUntilClosed(socket)).toMatch(/^\{"type":"refused","reason":"[^"]+"\}\n$/);
  });

  it('lets a watcher of another version look, not command', async () => {
    const socket = stranger();
    socket.write(`${hello(endpoint.token, 2)}{"type":"stop","id":1}\n`);
    let text = '';
    socket.on('data', (bytes) => (text += bytes.toString()));
    await expect
      .poll(() => text)
      .toMatch(/"canCommand":false.*\n.*"type":"reply","id":1,"error":"The run belongs/s);
    expect(commands).toEqual([]);
  });

  it.each([
    ['garbage', 'GET / HTTP/1.1\r\n\r\n'],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x0a])],
    ['a command before the hello', '{"type":"stop","id":1}\n'],
    ['a line of 10 MB', Buffer.alloc(10_000_000, 'x')],
    ['an endless number', `{"type":"hello","formatVersion":${'9'.repeat(1000)},"token":1}\n`],
  ])('closes the connection on %s', async (_, content) => {
    const socket = stranger();
    socket.write(content);
    await textUntilClosed(socket);
    expect(commands).toEqual([]);
    expect(await connectToKeeper(endpoint.name, {})).toBeDefined();
  });

  it('closes the connection of a watcher that turns hostile', async () => {
    const socket = stranger();
    socket.write(hello(endpoint.token));
    await once(socket, 'data');
    socket.write('{"type":"erase everything","id":1}\n');
    await textUntilClosed(socket);
  });

  it('drops a watcher that does not read, and serves the others on', async () => {
    const slow = stranger();
    slow.pause();
    slow.write(hello(endpoint.token));
    const files: string[] = [];
    await connectToKeeper(endpoint.name, { onEvent: (e) => files.push(e.type === 'appended' ? e.file : '') });
    const big = Buffer.alloc(1_000_000).toString('base64');
    for (let i = 0; i < 40; i++) {
      server.broadcast({ type: 'appended', file: String(i), offset: 0, base64: big });
      await expect.poll(() => files.length, { timeout: 10_000, interval: 5 }).toBe(i + 1);
    }
    slow.resume();
    expect((await textUntilClosed(slow)).length).toBeLessThan(20_000_000);
    expect(files).toEqual(Array.from({ length: 40 }, (_, i) => String(i)));
  });

  it('cannot be reached under a name that it does not have', async () => {
    expect(await connectToKeeper('0'.repeat(16), {})).toBeUndefined();
  });
});

describe('inChunks', () => {
  it('cuts large messages into bounded lines that fit together', () => {
    const bytes = Uint8Array.from({ length: 500_000 }, (_, i) => i % 251);
    const events = inChunks({ file: 'f', offset: 100, bytes: bytes.subarray(1) });
    let next = 100;
    const parts = events.map((event) => {
      if (event.type !== 'appended') throw new Error(event.type);
      expect(event.offset).toBe(next);
      const part = Buffer.from(event.base64, 'base64');
      next += part.length;
      return part;
    });
    expect(parts.length).toBeGreaterThan(1);
    expect(Buffer.concat(parts).equals(bytes.subarray(1))).toBe(true);
  });
});
