/**
 * The bytes of text in the standard alphabet of base64 (RFC 4648, 4) with its padding; line breaks do not count.
 * Undefined for other text.
 */
export function base64Bytes(text: string): Buffer | undefined {
  const digits = text.replace(/[\r\n]/g, '');
  if (digits.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(digits)) return undefined;
  return Buffer.from(digits, 'base64');
}
