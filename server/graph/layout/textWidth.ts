/** Widths of characters in a common sans-serif font, in units of the font size. Estimates lie on the wide side. */
const narrow = new Set("iljtfrI.,:;'|!()[]{}/ ");
const wide = new Set('mwMW@%');

/** About how wide a text is drawn, in pixels, in a semi-bold weight or lighter. */
export function textWidth(text: string, fontSize: number): number {
  let units = 0;
  for (const character of text) {
    if (narrow.has(character)) units += 0.38;
    else if (wide.has(character)) units += 0.96;
    else if (character > '\u2e80') units += 1.05;
    else if (character >= 'A' && character <= 'Z') units += 0.74;
    else units += 0.62;
  }
  return units * fontSize;
}

/** The text, cut to a width with an ellipsis where it is longer. */
export function fitText(text: string, fontSize: number, width: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = Array.from(text);
  let kept = characters.length;
  while (kept > 1 && textWidth(`${characters.slice(0, kept).join('')}…`, fontSize) > width) kept--;
  return `${characters.slice(0, kept).join('')}…`;
}
