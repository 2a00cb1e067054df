import path from 'node:path';
import { openWorld } from '../cty/world';
import type { Snapshot, TerraformAtHand } from '../features/snapshot';
import type { SchemaLookup } from '../providers/schema';
import { ancestors } from '../terraform/ancestors';
import { dialectOf } from '../terraform/dialect';
import { ModuleIndex } from '../terraform/moduleIndex';
import { ModuleStore } from '../terraform/moduleStore';
import { Documents } from './documents';
import { findModuleFolders } from './moduleFolders';

/** An older snapshot is compared with the disk before it answers, where the editor does not tell when files change. */
const oldestSnapshot = 1000;

/** Reading stops after so many milliseconds, so that a request never waits longer. */
const longestSlice = 5;

/** Told how far the background index is. */
export interface IndexProgress {
  begin(): void;
  report(read: number, all: number): void;
  end(): void;
}

/** The open documents and what is known around them, as snapshots that features look at. */
export class Workspace {
  readonly documents = new Documents();
  private watched = false;
  private readonly store = new ModuleStore(this.documents, this.documents.cache);
  private folders: readonly string[] = [];
  private moduleFolders: Promise<readonly string[]> | undefined;
  private indexed: readonly string[] | undefined;
  private current: { readonly snapshot: Snapshot; readonly made: number } | undefined;
  private closed = false;
  private terraform: TerraformAtHand | undefined;
  private ignored: readonly string[] = [];

  constructor(
    private readonly schemas: SchemaLookup,
    private readonly progress: IndexProgress,
  ) {}

  /** The editor tells when files of the disk change. */
  setWatched(): void {
    this.watched = true;
    this.documents.watched = true;
  }

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.moduleFolders = undefined;
    this.current = undefined;
  }

  addFolders(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed);
    this.setFolders([...this.folders.filter((folder) => !gone.has(folder)), ...added]);
  }

  /** The state of things now. The same object as long as nothing changed. */
  snapshot(): Snapshot {
    const now = Date.now();
    if (this.current !== undefined && (this.watched || now - this.current.made < oldestSnapshot))
      return this.current.snapshot;
    if (this.current !== undefined) this.store.recheck();
    const index = new ModuleIndex(this.documents, this.roots(), this.store);
    const { schemas, terraform, ignored } = this;
    const snapshot = { index, schemas, terraform, ignored, world: openWorld };
    this.current = { snapshot, made: now };
    return snapshot;
  }

  /** Where callers are looked for: nowhere before the workspace was read, because an answer never waits for that. */
  private roots(): readonly string[] {
    if (this.indexed === undefined) return [];
    const open = this.documents.all().map((document) => path.dirname(document.path));
    return [...new Set([...this.indexed, ...open])];
  }

  /** The program that the person runs. */
  setTerraform(terraform: TerraformAtHand | undefined): void {
    this.terraform = terraform;
    this.current = undefined;
  }

  /** Codes of diagnostics that nobody wants to hear of. */
  setIgnored(codes: readonly string[]): void {
    this.ignored = codes;
    this.current = undefined;
  }

  /** What is known of providers is other than before. */
  schemasChanged(): void {
    this.current = undefined;
  }

  /** A document was opened, changed or closed. */
  edited(file: string): void {
    this.store.changed(file);
    this.current = undefined;
  }

  /** Files of the disk came, went or changed. */
  filesChanged(files: readonly string[]): void {
    for (const file of files) {
      this.documents.forgetText(file);
      this.store.changed(file);
    }
    this.current = undefined;
    this.moduleFolders = undefined;
  }

  /** Files that terraform reads together with open ones, and that are not open. */
  filesBeside(): readonly string[] {
    const open = new Set(this.documents.all().map((document) => document.path));
    const folders = new Set([...open].map((file) => path.dirname(file)));
    return this.filesOf([...folders]).filter((file) => !open.has(file));
  }

  /** The files in those folders that something can be wrong with. */
  filesOf(folders: readonly string[]): readonly string[] {
    return folders.flatMap((folder) =>
      this.documents
        .list(folder)
        .filter((name) => dialectOf(name) !== undefined)
        .map((name) => path.join(folder, name)),
    );
  }

  /** Root modules below the workspace's folders, the nearest first. */
  async rootModules(): Promise<readonly string[]> {
    const folders = await this.index();
    const { index } = this.snapshot();
    return folders.filter((folder) => {
      const module = index.module(folder);
      return module.files.length > 0 && !index.isCalled(module);
    });
  }

  /** The directories somebody works in: the root modules, and those of open documents with all above them. */
  async workedIn(): Promise<readonly string[]> {
    const roots = await this.rootModules();
    const open = this.documents.all().flatMap((document) => ancestors(path.dirname(document.path)));
    return [...new Set([...roots, ...open])];
  }

  /** Reads every module of the workspace, a little at a time; resolves to their directories. */
  index(): Promise<readonly string[]> {
    this.moduleFolders ??= this.readAll();
    return this.moduleFolders;
  }

  stop(): void {
    this.closed = true;
  }

  private async readAll(): Promise<readonly string[]> {
    this.progress.begin();
    try {
      const folders = await findModuleFolders(this.folders);
      let begin = performance.now();
      for (const [read, folder] of folders.entries()) {
        if (this.closed) break;
        this.store.module(folder);
        if (performance.now() - begin < longestSlice) continue;
        this.progress.report(read, folders.length);
        // Requests and edits come in between.
        await new Promise((resolve) => setImmediate(resolve));
        begin = performance.now();
      }
      this.indexed = folders;
      this.current = undefined;
      return folders;
    } finally {
      this.progress.end();
    }
  }
}
