import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Where documents that are no files seem to be: each alone in a folder of its own that does not exist. */
const nowhere = path.resolve('/', '.terratrain-untitled');

/** The path that a document's URI stands for. What is no file gets a path that nothing else has. */
export function toPath(uri: string): string {
  if (uri.startsWith('file:')) {
    try {
      return fileURLToPath(uri);
    } catch (error) {
      // A host that this platform cannot reach, or letters that are encoded wrongly.
      if (!(error instanceof TypeError || error instanceof URIError)) throw error;
    }
  }
  return path.join(nowhere, encodeURIComponent(uri), 'main.tf');
}

export function toUri(file: string): string {
  return pathToFileURL(file).href;
}
