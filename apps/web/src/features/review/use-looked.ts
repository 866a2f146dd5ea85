import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import { useWriteBlock } from '../../lib/live-state.ts';
import { useTRPC } from '../../lib/trpc.ts';

/** Whoever leaves sooner has not looked. */
const LONG_ENOUGH_MS = 2_000;

/** Keeps what a person has looked at when they leave it, or when another tree takes its place; gives a way to say so at once. */
export function useLooked(task: string, tree: string | null): () => void {
  const trpc = useTRPC();
  const block = useWriteBlock();
  const { mutate } = useMutation(trpc.changes.looked.mutationOptions());
  const mark = useEffectEvent((seen: string | null) => {
    if (seen !== null && block === null) mutate({ task, tree: seen });
  });
  useEffect(() => {
    const since = performance.now();
    return () => {
      if (performance.now() - since >= LONG_ENOUGH_MS) mark(tree);
    };
  }, [tree]);
  return () => {
    if (tree !== null && block === null) mutate({ task, tree });
  };
}
