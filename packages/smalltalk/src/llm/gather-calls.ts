import { randomUUID } from 'node:crypto';
import type { ToolCall } from '../types/language-model.ts';
import type { CallDelta } from './read-chunk.ts';

type Gathered = { id: string; name: string; json: string };

/** Puts tool calls together that arrive in pieces. */
export class CallGatherer {
  readonly #calls = new Map<number, Gathered>();

  add({ index, id, function: part }: CallDelta): void {
    const place = index ?? this.#placeOf(id);
    const call = this.#calls.get(place) ?? { id: '', name: '', json: '' };
    if (id != null && id !== '') call.id = id;
    if (part?.name != null && call.name === '') call.name = part.name;
    call.json += part?.arguments ?? '';
    this.#calls.set(place, call);
  }

  /** Every call, whole and in order; arguments that are no JSON stay text, which no tool accepts. */
  finished(): ToolCall[] {
    return [...this.#calls.entries()]
      .sort(([one], [other]) => one - other)
      .map(([, { id, name, json }]) => ({ id: id || randomUUID(), name, arguments: readArguments(json) }));
  }

  #placeOf(id: string | null | undefined): number {
    const known = [...this.#calls.entries()].find(([, call]) => id == null || call.id === id);
    return known?.[0] ?? this.#calls.size;
  }
}

function readArguments(json: string): unknown {
  if (json.trim() === '') return {};
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}
