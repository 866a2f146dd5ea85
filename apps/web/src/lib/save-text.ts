/** Hands a text to the person as a file of that name; it is plain text, whatever it holds. */
export function saveText(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name.replaceAll(/[^\w .-]/g, '_');
  link.click();
  URL.revokeObjectURL(link.href);
}
