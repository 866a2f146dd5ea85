/** A fresh and empty subject for one test, and how to clear it away afterwards. */
export type Made<T> = { readonly subject: T; readonly dispose: () => void | Promise<void> };
