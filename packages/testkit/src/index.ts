export { hashTree, type TreeHash } from './repositories/hash-tree.ts';
export {
  makeRepository,
  type RepositoryOptions,
  type RepositoryVariant,
  type TestRepository,
} from './repositories/make-repository.ts';
export { runTestGit, TEST_PERSON } from './repositories/run-test-git.ts';
export { makeTemporaryDirectory, type TemporaryDirectory } from './repositories/temporary-directory.ts';
export { type FileContent, type Files, writeFiles } from './repositories/write-files.ts';
export { type ProgramStart, startOf } from './programs/start-of.ts';
export type {
  Conversation as ProviderConversation,
  Reply as ProviderReply,
} from './provider/conversation.ts';
export {
  type ProviderScript,
  type ScriptedProvider,
  startScriptedProvider,
} from './provider/scripted-provider.ts';
