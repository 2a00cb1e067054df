import type { Dialect } from '../dialect';
import { factsOf } from '../facts';
import type { ConfigFile, Declaration, Module, Reference } from '../model';

/**
 * What files beside a module see: what they declare themselves, then what the module declares, then what they are given
 * from elsewhere.
 */
export class SideView implements Module {
  private readonly own = new Map<string, Declaration>();
  private all: readonly Declaration[] | undefined;

  constructor(
    readonly dialect: Dialect,
    readonly files: readonly ConfigFile[],
    /** The module they are about. */
    readonly about: Module,
    /** What the files set for it; the first of a name wins. */
    readonly given: readonly Declaration[] = [],
  ) {
    for (const declaration of this.ownDeclarations()) {
      if (!this.own.has(declaration.address)) this.own.set(declaration.address, declaration);
    }
  }

  get directory(): string {
    return this.about.directory;
  }

  get declarations(): readonly Declaration[] {
    const others = this.about.declarations.filter(({ address }) => !this.own.has(address));
    this.all ??= [...this.ownDeclarations(), ...others, ...this.given];
    return this.all;
  }

  get requirements(): Module['requirements'] {
    return this.about.requirements;
  }

  get unread(): readonly string[] {
    return this.about.unread;
  }

  references(declaration: Declaration): readonly Reference[] {
    const isOwn = this.files.includes(declaration.file);
    return isOwn
      ? (factsOf(declaration.file).uses.get(declaration.node) ?? [])
      : this.about.references(declaration);
  }

  find(address: string): Declaration | undefined {
    return (
      this.own.get(address) ??
      this.about.find(address) ??
      this.given.find((declaration) => declaration.address === address)
    );
  }

  /** In file order, with what is declared twice. */
  ownDeclarations(): readonly Declaration[] {
    return this.files.flatMap((file) => factsOf(file).declarations);
  }
}
