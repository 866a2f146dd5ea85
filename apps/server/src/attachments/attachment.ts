import type { Attachment, AttachmentType } from '@thalogos/contracts';

/** How much of a file's beginning says what it is. */
export const PREFIX_BYTES = 4096;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

interface Signature {
  readonly type: AttachmentType;
  readonly fits: (bytes: Uint8Array) => boolean;
}

const SIGNATURES: readonly Signature[] = [
  { type: 'image/png', fits: (bytes) => ascii(bytes, 0, 8) === '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', fits: (bytes) => ascii(bytes, 0, 3) === '\xff\xd8\xff' },
  { type: 'image/gif', fits: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)) },
  {
    type: 'image/webp',
    fits: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP',
  },
  { type: 'application/pdf', fits: (bytes) => ascii(bytes, 0, 5) === '%PDF-' },
  { type: 'application/zip', fits: (bytes) => ascii(bytes, 0, 4) === 'PK\x03\x04' },
];

/** What a file is, told by its first bytes and by nothing that anybody claims; an SVG is text. */
export function typeOf(prefix: Uint8Array): AttachmentType {
  const known = SIGNATURES.find(({ fits }) => fits(prefix));
  if (known !== undefined) return known.type;
  return isText(prefix) ? 'text/plain' : 'application/octet-stream';
}

/** UTF-8 without a zero byte; the last character may be cut through. */
function isText(prefix: Uint8Array): boolean {
  if (prefix.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(prefix, { stream: true });
    return true;
  } catch {
    return false;
  }
}

const EXTENSIONS: Readonly<Partial<Record<AttachmentType, string>>> = {
  'image/png': '.png',
  'image/jpeg': '.jpg',
  'image/gif': '.gif',
  'image/webp': '.webp',
};

/** Whether it is a picture that a browser may draw and an agent may look at. */
export function isPicture({ mediaType }: Pick<Attachment, 'mediaType'>): boolean {
  return EXTENSIONS[mediaType] !== undefined;
}

const MOST_CHARACTERS = 120;

/** Controls, and signs that turn the direction of what follows, by which a name could look like another. */
const UNSHOWN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A name as people read it: the last part of what was sent, without what can't be seen. */
export function shownName(sent: string): string {
  const last = sent.replaceAll('\\', '/').split('/').at(-1) ?? '';
  const shown = [...last.normalize('NFC').replace(UNSHOWN, '').trim()].slice(-MOST_CHARACTERS).join('');
  return shown === '' || /^\.+$/.test(shown) ? 'file' : shown;
}

/** Names that one folder can hold on any system, in order: letters, digits and a few signs, each once. */
export function fileNames(attachments: readonly Attachment[]): readonly string[] {
  const taken = new Set<string>();
  return attachments.map((attachment) => {
    const { stem, extension } = partsOf(attachment);
    let name = `${stem}${extension}`;
    for (let again = 2; taken.has(name.toLowerCase()); again += 1) name = `${stem}-${again}${extension}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function partsOf({ name, mediaType }: Attachment): { readonly stem: string; readonly extension: string } {
  const [extension = ''] = /\.[A-Za-z0-9]{1,12}$/.exec(name) ?? [];
  const plain = name
    .slice(0, name.length - extension.length)
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+|[._-]+$/g, '');
  // Windows keeps these names for its devices.
  const isDevice = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain);
  const stem = plain === '' ? 'file' : plain.slice(0, 80);
  // What an agent takes a picture for is told by its name.
  return { stem: isDevice ? `file-${stem}` : stem, extension: EXTENSIONS[mediaType] ?? extension };
}
