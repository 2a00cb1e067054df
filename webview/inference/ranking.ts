export interface RankedClass {
  readonly label: number;
  readonly name: string;
  /** From 0 to 1. */
  readonly probability: number;
}

/** The classes by falling probability; equal ones by label. A class without a name is called by its number. */
export function rankClasses(probabilities: readonly number[], names: readonly string[]): RankedClass[] {
  return probabilities
    .map((probability, label) => ({ label, name: names[label] ?? `class ${label}`, probability }))
    .sort((a, b) => b.probability - a.probability || a.label - b.label);
}

/** A line for a shell that sends an image to the server. */
export function curlLine(url: string): string {
  return `curl -F image=@shirt.png ${url.replace(/\/+$/, '')}/predict`;
}

/** The base64 text of a `data:` URL; `undefined` for anything else. */
export function base64Of(dataUrl: string): string | undefined {
  return /^data:[^,]*;base64,(.+)$/s.exec(dataUrl)?.[1];
}

/** Width and height that a model wants, from the shape of its input: `[28, 28, 1]`, with or without a batch in front. */
export function inputSize(shape: readonly number[]): { readonly width: number; readonly height: number } {
  const [height, width] = shape.length === 4 ? shape.slice(1) : shape;
  const usable = (value: number | undefined): value is number =>
    value !== undefined && Number.isInteger(value) && value > 0 && value <= 1024;
  return usable(width) && usable(height) && shape.length >= 2 ? { width, height } : { width: 28, height: 28 };
}
