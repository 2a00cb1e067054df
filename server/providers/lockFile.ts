/** One provider of a dependency lock file. */
export interface LockedProvider {
  /** Full source address as Terraform writes it. */
  readonly source: string;
  readonly version: string;
  /** Checksums of the provider's packages. */
  readonly hashes: readonly string[];
}

/**
 * The providers of a `.terraform.lock.hcl`. Terraform itself writes that file, always in the same form, so its lines
 * are read without a parser; an entry of another form is left out.
 */
export function readLockFile(text: string): readonly LockedProvider[] {
  const entry = /^provider\s+"([^"\\\s]+)"\s*\{([^}]*)\}/gm;
  return [...text.matchAll(entry)].flatMap(([, source = '', body = '']): LockedProvider[] => {
    const version = /^\s*version\s*=\s*"([^"\\\s]+)"/m.exec(body)?.[1];
    if (version === undefined || source.split('/').length !== 3) return [];
    const hashes = [...body.matchAll(/"((?:h1|zh):[^"\\\s]+)"/g)].flatMap(([, hash]) => hash ?? []);
    return [{ source, version, hashes }];
  });
}
