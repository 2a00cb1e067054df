const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * A consonant after a mark: newer versions of Unicode join the two in some scripts of India, the version that Terraform
 * uses (15.0) does not. Emoji, whose parts join as well, are no letters.
 */
const joinedConsonant = /(?<=[\p{M}\u200c\u200d])(?=\p{Lo})/u;

/** For each segment V8 makes a copy of the whole text it is given, so long texts are given in parts. */
const usualPart = 256;

/** The characters as a person counts them (extended grapheme clusters of Unicode 15.0), in order. */
export function graphemes(text: string): string[] {
  // Plain ASCII needs no rules, except that a line break of two characters counts as one.
  if (/^[\n\x20-\x7e]*$/.test(text)) return text.split('');
  const clusters: string[] = [];
  let size = usualPart;
  for (let start = 0; start < text.length;) {
    const end = partEnd(text, start + size);
    const segments = Array.from(segmenter.segment(text.slice(start, end)), ({ segment }) => segment);
    // What comes after the part may belong to its last character.
    if (end < text.length) segments.pop();
    for (const segment of segments) {
      start += segment.length;
      // Most are a single unit; the rest is rare enough to be looked at closely.
      if (segment.length < 3) clusters.push(segment);
      else clusters.push(...segment.split(joinedConsonant));
    }
    size = segments.length > 0 ? usualPart : size * 2;
  }
  return clusters;
}

/** Not between the two halves of a surrogate pair. */
function partEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  return /[\ud800-\udbff]/.test(text.charAt(end - 1)) ? end - 1 : end;
}
