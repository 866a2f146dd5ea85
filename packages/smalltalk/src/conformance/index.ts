export { cursorStoreConformance } from './cursor-store-conformance.ts';
export { deadLetterStoreConformance } from './dead-letter-store-conformance.ts';
export { eventLogConformance } from './event-log-conformance.ts';
export {
  conversationInterfaceConformance,
  type Heard,
  type OpenInterface,
  type Talker,
} from './interface-conformance.ts';
export { messageStoreConformance } from './message-store-conformance.ts';
export { storageAdapterConformance } from './storage-adapter-conformance.ts';
export type { Made } from './made.ts';
