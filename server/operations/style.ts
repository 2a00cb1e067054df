/** How text for a terminal is made. */
export interface Style {
  readonly colour: boolean;
  /** Columns of the terminal; text is wrapped to it where that loses nothing. */
  readonly width: number;
}

export type Tone = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** The sixteen colours of the terminal's own theme, so that light and high-contrast themes work. */
const CODES: Readonly<Record<Tone, string>> = {
  bold: '1',
  dim: '90',
  red: '31',
  green: '32',
  yellow: '33',
  cyan: '36',
};

const ESCAPE = '\u001b';
const BELL = '\u0007';
/** CSI sequences (colours, cursor), OSC sequences (titles, links), and two-character escapes. */
const SEQUENCES = new RegExp(
  `${ESCAPE}(?:\\[[0-?]*[ -/]*[@-~]|\\][^${BELL}${ESCAPE}]*(?:${BELL}|${ESCAPE}\\\\)|[@-Z^_])`,
  'g',
);
const CONTROLS = /[^\P{Cc}\t\n]/gu;
const SEGMENTER = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function paint(style: Style, text: string, ...tones: readonly Tone[]): string {
  if (!style.colour || text === '' || tones.length === 0) return text;
  return `${ESCAPE}[${tones.map((tone) => CODES[tone]).join(';')}m${text}${ESCAPE}[0m`;
}

/** Columns a text takes: one for each character as a person counts, which is right for all but wide scripts. */
export function columnsOf(text: string): number {
  return isAscii(text) ? text.length : [...SEGMENTER.segment(text)].length;
}

/** Blanks as wide as the text; tabs stay tabs, so that marks stand below what they mark. */
export function blanksFor(text: string): string {
  return [...SEGMENTER.segment(text)].map(({ segment }) => (segment === '\t' ? '\t' : ' ')).join('');
}

/**
 * Text of somebody else without control sequences: a provisioner's output must not move the cursor, retitle the window
 * or colour what follows. Line ends and tabs stay.
 */
export function plainText(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROLS, '');
}

/** Breaks at spaces. A line that begins with a space is laid out already and stays as it is, a long word too. */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => (/^\s/.test(line) ? [line] : wrapLine(line, width)));
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    if (current !== '' && columnsOf(current) + 1 + columnsOf(word) > width) {
      lines.push(current);
      current = word;
    } else {
      current = current === '' ? word : `${current} ${word}`;
    }
  }
  return [...lines, current];
}

/** `0.3s`, `12s`, `3m05s`, `1h02m`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)}s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole}s`;
  const two = (value: number): string => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  return minutes < 60
    ? `${minutes}m${two(whole % 60)}s`
    : `${Math.floor(minutes / 60)}h${two(minutes % 60)}m`;
}

function isAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}
