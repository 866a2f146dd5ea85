import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import type { Heard, OpenInterface, Talker } from '../conformance/interface-conformance.ts';
import type { ConversationHost } from '../types/conversation-interface.ts';
import { waitUntil } from '../test-settle.ts';
import { chooseAgent } from './choose-agent.ts';
import { CliInterface } from './cli/cli-interface.ts';
import { type Answered, converse } from './converse.ts';
import { describeFailure } from './describe-failure.ts';
import { WebInterface } from './web/web-interface.ts';
import { ServerEvent } from './web/web-schemas.ts';

const silent = { write: () => undefined };

function answered(chunks: readonly string[], { response, agentName, degraded }: Answered): Heard {
  return { kind: 'answered', chunks, response, agentName, isDegraded: degraded !== undefined };
}

const refused = (error: unknown): Heard => ({ kind: 'refused', error: String(error) });

/** A program that calls the framework itself: what every interface is compared with. */
export const openDirectly: OpenInterface = async (talk) => async () => {
  const host: ConversationHost = talk;
  return {
    begin: () => host.createSession(),
    say: async (sessionId, message) => {
      const chunks: string[] = [];
      try {
        for await (const part of converse(host, { message, sessionId }))
          if (part.kind === 'text') chunks.push(part.text);
          else return answered(chunks, part.answered);
      } catch (error) {
        return refused(describeFailure(error).error);
      }
      throw new Error('The answer has no end');
    },
    choose: (sessionId, agentName) =>
      chooseAgent(host, sessionId, agentName).then(
        () => undefined,
        (error: unknown) => describeFailure(error).error,
      ),
    leave: () => Promise.resolve(),
  };
};

/** A server for a test, on any free port of this machine. */
async function serve(talk: Parameters<OpenInterface>[0]): Promise<WebInterface> {
  const web = new WebInterface({ port: 0, log: silent });
  await talk.addInterface(web);
  return web;
}

/** Sends JSON and reads JSON. */
export async function call(
  url: string,
  {
    method = 'POST',
    body,
    headers = {},
  }: { method?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const response = await fetch(url, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
  return { response, status: response.status, answer };
}

function restTalker(address: string, say: Talker['say']): Talker {
  return {
    begin: async () => String((await call(`${address}/api/sessions`, { body: {} })).answer['sessionId']),
    say,
    choose: async (sessionId, agentName) => {
      const asked = { method: 'PUT', body: { agentName } };
      const { answer } = await call(`${address}/api/sessions/${sessionId}/agent`, asked);
      return typeof answer['error'] === 'string' ? answer['error'] : undefined;
    },
    leave: () => Promise.resolve(),
  };
}

/** A program that speaks REST and hears the answer as a stream of events. */
export const openRest: OpenInterface = async (talk) => {
  const { address } = await serve(talk);
  return async () =>
    restTalker(address, async (sessionId, message) => {
      const response = await fetch(`${address}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
        body: JSON.stringify({ message, sessionId }),
      });
      const text = await response.text();
      if (!response.ok) return refused((JSON.parse(text) as { error: string }).error);
      const events = text
        .trim()
        .split('\n\n')
        .map((event) => event.match(/^event: (\w+)\ndata: (.+)$/)?.slice(1) ?? []);
      const data = (kind: string) =>
        events
          .filter(([each]) => each === kind)
          .map(([, json]) => JSON.parse(json ?? '') as Answered & { text: string; error: string });
      const [whole] = data('answered');
      if (whole === undefined) return refused(data('failed')[0]?.error);
      return answered(
        data('text').map((each) => each.text),
        whole,
      );
    });
};

/** A WebSocket of a test, and what came over it. */
export async function connect(address: string) {
  const socket = new WebSocket(`${address.replace('http', 'ws')}/api/socket`);
  const events: ServerEvent[] = [];
  socket.addEventListener('message', ({ data }) => events.push(ServerEvent.parse(JSON.parse(String(data)))));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve());
    socket.addEventListener('error', () => reject(new Error('The WebSocket was refused')));
  });
  const send = (event: unknown) => socket.send(JSON.stringify(event));
  return { socket, events, send };
}

/** A program on a WebSocket. */
export const openSocket: OpenInterface = async (talk) => {
  const { address } = await serve(talk);
  return async () => {
    const { socket, events, send } = await connect(address);
    const ask = async (event: object) => {
      const messageId = crypto.randomUUID();
      send({ messageId, ...event });
      const mine = () => events.filter((each) => 'messageId' in each && each.messageId === messageId);
      await waitUntil(() => mine().some(({ type }) => type !== 'streaming_response'));
      return mine();
    };
    return {
      ...restTalker(address, () => Promise.reject(new Error('Not over REST'))),
      say: async (sessionId, message) => {
        const heard = await ask({ type: 'chat_message', sessionId, message });
        const end = heard.at(-1);
        if (end?.type !== 'message_response') return refused(end?.type === 'error' ? end.error : end);
        return answered(
          heard.flatMap((event) => (event.type === 'streaming_response' ? [event.chunk] : [])),
          { ...end, degraded: end.degraded as never },
        );
      },
      choose: async (sessionId, agentName) => {
        const end = (await ask({ type: 'agent_switch', sessionId, agentName })).at(-1);
        return end?.type === 'error' ? end.error : undefined;
      },
      leave: async () => {
        if (socket.readyState === WebSocket.CLOSED) return;
        const closed = once(socket as never, 'close');
        socket.close();
        await closed;
      },
    };
  };
};

/** A terminal that somebody types into; `written` has each piece that it wrote. */
function makeTerminal() {
  const written: string[] = [];
  const input = new PassThrough();
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const type = (line: string) => input.write(`${line}\n`);
  return { input, output, written, type };
}

let terminals = 0;

/** A person at a terminal. */
export const openTerminal: OpenInterface = async (talk) => async () => {
  const { input, output, written, type } = makeTerminal();
  terminals += 1;
  const cli = new CliInterface({ name: `cli-${String(terminals)}`, input, output });
  await talk.addInterface(cli);
  let current = '';
  /** What is written from now on, up to a piece that ends it. */
  const ask = async (line: string, isEnd: (piece: string) => boolean) => {
    const from = written.length;
    type(line);
    await waitUntil(() => written.slice(from).some(isEnd));
    return written.slice(from);
  };
  const goTo = async (sessionId: string) => {
    if (sessionId === current) return undefined;
    const [answer = ''] = await ask(`/session ${sessionId}`, (piece) => piece.endsWith('\n'));
    if (!answer.startsWith('Session ')) return answer.slice(2).trim();
    current = sessionId;
    return undefined;
  };
  return {
    begin: async () => {
      const [answer = ''] = await ask('/new', (piece) => piece.startsWith('Session '));
      current = answer.slice('Session '.length).trim();
      return current;
    },
    say: async (sessionId, message) => {
      const error = await goTo(sessionId);
      if (error !== undefined) return refused(error);
      const pieces = await ask(message, (piece) => piece.startsWith('— ') || piece.startsWith('! '));
      const end = (pieces.at(-1) ?? '').trim();
      if (end.startsWith('! ')) return refused(end.slice(2));
      const chunks = pieces.slice(0, -2);
      const [, agentName = '', degraded] = /^— (\w+)(?: \((.+)\))?$/.exec(end) ?? [];
      const response = chunks.join('');
      return { kind: 'answered', chunks, response, agentName, isDegraded: degraded !== undefined };
    },
    choose: async (sessionId, agentName) => {
      await goTo(sessionId);
      const isEnd = (piece: string) => /answers\n$|^! /.test(piece);
      const end = (await ask(`/agent ${agentName ?? ''}`, isEnd)).at(-1) ?? '';
      return end.startsWith('! ') ? end.slice(2).trim() : undefined;
    },
    leave: async () => {
      input.end();
      await cli.ended;
    },
  };
};
