import { connect, type Socket } from 'node:net';

/** One frame of a stream of events as it came. */
export interface Frame {
  readonly id: number;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** A client that reads a stream of events, or stops reading. */
export interface TestViewer {
  readonly socket: Socket;
  readonly head: () => string;
  readonly frames: readonly Frame[];
  readonly comments: readonly string[];
  /** Settles when the server has ended the stream. */
  readonly ended: Promise<void>;
  readonly close: () => void;
}

/** Opens a stream on a bare socket, so that a test decides what is read. */
export function watch({
  port,
  token,
  path = '/events',
  lastEventId,
}: {
  port: number;
  token: string;
  path?: string;
  lastEventId?: number | string;
}): TestViewer {
  const socket = connect(port, '127.0.0.1');
  const frames: Frame[] = [];
  const comments: string[] = [];
  const ended = Promise.withResolvers<void>();
  let head = '';
  let rest = '';
  const take = (block: string) => {
    const line = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1];
    if (block.startsWith(': ')) comments.push(block.slice(2));
    const data = line('data');
    if (data !== undefined)
      frames.push({
        id: Number(line('id')),
        event: line('event') ?? '',
        data: JSON.parse(data) as Record<string, unknown>,
      });
  };
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const blocks = (rest + text).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const end = block.indexOf('\r\n\r\n');
      if (head === '' && end >= 0) {
        head = block.slice(0, end);
        take(block.slice(end + 4));
      } else take(block);
    }
    if (head === '' && rest.includes('\r\n\r\n')) head = rest.slice(0, rest.indexOf('\r\n\r\n'));
  });
  socket.on('error', () => undefined);
  socket.on('close', () => ended.resolve());
  const resume = lastEventId === undefined ? '' : `Last-Event-ID: ${lastEventId}\r\n`;
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n${resume}\r\n`,
  );
  return {
    socket,
    head: () => head,
    frames,
    comments,
    ended: ended.promise,
    close: () => void socket.destroy(),
  };
}
