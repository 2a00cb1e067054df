import { placeAt } from '../cursor';
import type { Place } from '../place';

/**
 * The place at `offset` of a template. Places are found in configuration, so the template is read as the heredoc that it
 * could be: the ranges of the place are offsets in `drawn`, larger by `shift` than those in the template.
 */
export function templatePlaceAt(
  text: string,
  offset: number,
): { readonly place: Place; readonly drawn: string; readonly shift: number } {
  let marker = 'T';
  while (text.includes(marker)) marker += 'T';
  const head = `_ = <<${marker}\n`;
  const drawn = head + text;
  return { place: placeAt(drawn, head.length + offset), drawn, shift: head.length };
}
