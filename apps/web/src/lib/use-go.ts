import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Goes to an address of the console that the server has named, such as `/tasks/t-1?at=7`; anything else it refuses. */
export function useGo(): (address: string) => void {
  const router = useRouter();
  return useCallback(
    (address) => {
      if (isOwnAddress(address)) router.history.push(address);
    },
    [router],
  );
}

/** Whether an address is one of this console: it names no other host. */
export function isOwnAddress(address: string): boolean {
  return /^\/(?![/\\])/.test(address);
}
