const SUSPICIOUS: readonly (readonly [string, RegExp])[] = [
  ['role tokens of a model', /<\|[a-z_]{2,30}\|>|\[\/?INST\]|<<\/?SYS>>|<\/?(?:system|assistant)>/i],
  ['a line that plays another role', /^\s*(?:system|assistant|developer)\s*:/im],
  [
    'an order to forget instructions',
    /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|system)\b.{0,40}\b(?:instructions?|prompts?|rules?|directions?)\b/is,
  ],
  [
    'a question for hidden instructions',
    /\b(?:reveal|print|show|repeat|output)\b.{0,40}\b(?:system prompt|your instructions|hidden instructions)\b/is,
  ],
  ['a new identity', /\byou are now\b.{0,60}\b(?:dan|jailbroken|unrestricted|developer mode|root)\b/is],
];

/** What in a text tries to pass for an instruction: words for a person or a policy, never a proof. */
export function findInstructions(text: string): readonly string[] {
  return SUSPICIOUS.flatMap(([name, pattern]) => (pattern.test(text) ? [name] : []));
}
