/** What the product adds to a model file, so that it can be served from the file alone. Keras ignores it. */
export interface ModelMetadata {
  readonly name: string;
  readonly classes: readonly string[];
  /** Whether the images it was trained on are light things on a dark ground. */
  readonly lightOnDark: boolean;
  /** The run that made it. */
  readonly run: string;
}

/** Name of the attribute that holds {@link ModelMetadata} as JSON. */
export const METADATA_ATTRIBUTE = 'terratrain';
