import type { Dialect } from './dialect';
import { factsOf } from './facts';
import type { ConfigFile, Declaration, Module, Reference } from './model';

/** Files that are read together, and what they declare. */
export class FileView implements Module {
  readonly declarations: readonly Declaration[];
  readonly requirements: Module['requirements'];
  private readonly byAddress = new Map<string, Declaration>();

  constructor(
    readonly directory: string,
    readonly dialect: Dialect,
    readonly files: readonly ConfigFile[],
    readonly unread: readonly string[] = [],
  ) {
    const facts = files.map(factsOf);
    this.declarations = facts.flatMap(({ declarations }) => declarations);
    this.requirements = facts.flatMap(({ requirements }) => requirements);
    for (const declaration of this.declarations) {
      if (!this.byAddress.has(declaration.address)) this.byAddress.set(declaration.address, declaration);
    }
  }

  references(declaration: Declaration): readonly Reference[] {
    return factsOf(declaration.file).uses.get(declaration.node) ?? [];
  }

  find(address: string): Declaration | undefined {
    return this.byAddress.get(address);
  }
}
