import { Agent, SmallTalk, WebInterface } from '@thalogos/smalltalk';
import { z } from 'zod';
import { byAgent, during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const Answer = z.object({ response: z.string(), sessionId: z.string() });

/** Where the playground and the web server listen: `smalltalk playground examples/web-api-server.ts`. */
export const playgroundConfig = { port: 3126, title: 'A shop' };

/** Agents that a browser or a program reaches over HTTP; the session is carried by its id. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  const location = environment['STORAGE_PATH'];
  return new SmallTalk({
    ...modelFor(
      environment,
      byAgent({ Seller: ['We have three kinds of tea.', 'The green one is 4 euros.'] }),
    ),
    ...(location !== undefined && { history: { location } }),
    agents: [new Agent({ name: 'Seller', personality: 'helpful' })],
  });
}

/** Two requests of one conversation, the second with the session of the first. */
export async function demo({ print, environment }: Stage): Promise<void> {
  const web = new WebInterface({ port: 0, log: { write: () => undefined } });
  const talk = makeTalk(environment);
  await talk.addInterface(web);
  await during(talk, async () => {
    const ask = async (body: { readonly message: string; readonly sessionId?: string }) => {
      const answer = await fetch(`${web.address}/api/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return Answer.parse(await answer.json());
    };
    const { response, sessionId } = await ask({ message: 'Which teas do you have?' });
    print(response);
    print((await ask({ message: 'What does the green one cost?', sessionId })).response);
    print(String((await fetch(`${web.address}/ready`)).status));
  });
}

await playDirectly(import.meta.url, demo);
