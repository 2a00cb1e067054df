/**
 * How well `text` answers what was typed: `undefined` when it does not hold the letters of `query` in their order (case
 * does not matter); more for letters in a row, at the start and after a separator, so that `aitr` finds
 * `aws_instance.trainer` before `data.available_transit`.
 */
export function fuzzyScore(query: string, text: string): number | undefined {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const offered = text.toLowerCase();
  let score = 0;
  let at = 0;
  let run = 0;
  for (const letter of wanted) {
    const found = nextPlace(offered, letter, at);
    if (found < 0) return undefined;
    run = found === at ? run + 1 : 1;
    score += run + (isStart(offered, found) ? 4 : 0) - Math.min(3, (found - at) / 8);
    at = found + letter.length;
  }
  return score + (offered.includes(wanted) ? wanted.length * 2 : 0);
}

/** The next place of a letter; one at the start of a word is preferred where it comes soon. */
function nextPlace(text: string, letter: string, from: number): number {
  const first = text.indexOf(letter, from);
  if (first === from || first < 0) return first;
  for (let at = first; at >= 0 && at < first + 24; at = text.indexOf(letter, at + 1)) {
    if (isStart(text, at)) return at;
  }
  return first;
}

function isStart(text: string, at: number): boolean {
  return at === 0 || /[._\-/ ]/.test(text.charAt(at - 1));
}
