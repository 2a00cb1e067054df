/** The byte at which Go's `encoding/base64` gives up on a text that is not base64. */
export function base64Fault(text: string): number {
  const data = /^[A-Za-z0-9+/\r\n]*/.exec(text)?.[0] ?? '';
  const open = data.replace(/[\r\n]/g, '').length % 4;
  const tail = text.slice(data.length);
  if (tail === '') return text.length - open;
  if (!tail.startsWith('=') || open < 2) return data.length;
  // Two digits need a second sign of padding; line breaks do not count.
  const padding = open === 2 ? /^=[\r\n]*=/ : /^=/;
  const found = padding.exec(tail)?.[0];
  if (found === undefined) return /^=[\r\n]*$/.test(tail) ? text.length : data.length;
  const breaks = /^[\r\n]*/.exec(tail.slice(found.length))?.[0].length ?? 0;
  return data.length + found.length + breaks;
}
