import type { SaveView } from '@thalogos/contracts';
import { tellStage } from './stages.ts';

/** A Save as it is seen, with what stands in its way, where something does, said by the stage that it is in. */
export function withTrouble(
  view: SaveView,
  { trouble }: { readonly trouble: (save: string) => string | null },
): SaveView {
  const sentence = trouble(view.id);
  return sentence === null ? view : { ...view, stages: [...tellStage(view.stages, view.stage, sentence)] };
}
