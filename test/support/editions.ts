import assert from 'node:assert/strict';
import { checkEdition } from '../../server/features/checkEdition';
import { moduleOf } from '../../server/features/snapshot';
import type { TerraformAtHand } from '../../server/features/snapshot';
import type { SchemaLookup } from '../../server/providers/schema';
import { fixture } from './fixture';

/** The file drawn first, with the program at hand. */
export function drawn(text: string, terraform?: TerraformAtHand, schemas?: SchemaLookup) {
  const { snapshot, path, files } = fixture(text, schemas);
  const moment = { ...snapshot, terraform };
  const module = moduleOf(moment, path);
  const config = moment.index.file(path);
  assert.ok(config !== undefined);
  return { moment, module, config, text: files.get(path) ?? '' };
}

/** `severity code text` of what the edition of the language says about the file drawn first. */
export function said(text: string, terraform?: TerraformAtHand, schemas?: SchemaLookup): string[] {
  const { moment, module, config, text: source } = drawn(text, terraform, schemas);
  return checkEdition(moment, module, config).map(
    ({ severity, code, range }) => `${severity} ${code} ${source.slice(range.start, range.end)}`,
  );
}

export function messages(text: string, terraform?: TerraformAtHand): string[] {
  const { moment, module, config } = drawn(text, terraform);
  return checkEdition(moment, module, config).map(({ message }) => message);
}

export const required = (constraint: string) => `terraform {\n  required_version = "${constraint}"\n}\n`;
export const terraform = (version: string): TerraformAtHand => ({ product: 'terraform', version });
export const openTofu = (version: string): TerraformAtHand => ({ product: 'opentofu', version });
