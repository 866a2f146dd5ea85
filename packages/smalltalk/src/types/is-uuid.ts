const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** Whether a text is a version 4 UUID, the only kind of id that SmallTalk accepts. */
export function isUuid(text: string): boolean {
  return UUID_V4.test(text);
}
