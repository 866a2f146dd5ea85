import { Agent, SmallTalk } from '@thalogos/smalltalk';
import { z } from 'zod';
import { during, type Environment, modelFor, playDirectly, type Stage } from './support/stage.ts';

const Correction = z.object({ corrected: z.string(), rule: z.string() });

/** A template whose variables come with each message, and an answer of a shape that a program can use. */
export default function makeTalk(environment: Environment = process.env): SmallTalk {
  return new SmallTalk({
    ...modelFor(environment, ({ format, messages }) => {
      if (format === 'json') return '{"corrected":"Ich bin müde.","rule":"sein: ich bin"}';
      return messages.some(({ content }) => content.includes('teach German')) ? 'Guten Tag!' : 'Hello!';
    }),
    agents: [
      new Agent({
        name: 'Tutor',
        personality: 'teacher',
        promptTemplates: {
          system: 'You teach {{language}}.{{#if level}} Your pupil is at level {{level}}.{{/if}}',
        },
      }),
    ],
  });
}

/** A question to the tutor, then a correction as an object. */
export async function demo({ print, environment }: Stage): Promise<void> {
  await during(makeTalk(environment), async (talk) => {
    const variables = { language: 'German', level: 'A1' };
    const { sessionId, content } = await talk.chat('How do I greet somebody?', { variables });
    print(content);
    const answer = await talk.chat('Correct me: "Ich sein müde."', {
      sessionId,
      variables,
      schema: Correction,
    });
    // Most models keep to a shape that they are asked for; none has to.
    const { success, data } = Correction.safeParse(answer.data);
    print(success ? `${data.corrected} (${data.rule})` : answer.content);
  });
}

await playDirectly(import.meta.url, demo);
