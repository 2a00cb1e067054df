import path from 'node:path';
import type { Snapshot } from '../features/snapshot';
import type { SchemaLookup } from '../providers/schema';
import { ModuleIndex } from '../terraform/moduleIndex';
import { Documents } from './documents';
import { findModuleFolders, rootsAmong } from './rootModules';

/** An older snapshot is made anew before it answers, because not every editor tells when the disk changed. */
const oldestSnapshot = 1000;

/** The open documents and what is known around them, as snapshots that features look at. */
export class Workspace {
  readonly documents = new Documents();
  private folders: readonly string[] = [];
  private moduleFolders: Promise<readonly string[]> | undefined;
  private knownRoots: readonly string[] = [];
  private current: { readonly snapshot: Snapshot; readonly made: number } | undefined;

  constructor(private readonly schemas: SchemaLookup) {}

  setFolders(folders: readonly string[]): void {
    this.folders = folders;
    this.filesChanged();
  }

  addFolders(added: readonly string[], removed: readonly string[]): void {
    const gone = new Set(removed);
    this.setFolders([...this.folders.filter((folder) => !gone.has(folder)), ...added]);
  }

  /** The state of things now. The same object as long as nothing changed. */
  snapshot(): Snapshot {
    const now = Date.now();
    if (this.current !== undefined && now - this.current.made < oldestSnapshot) return this.current.snapshot;
    const open = this.documents.all().map((document) => path.dirname(document.path));
    const roots = [...new Set([...this.knownRoots, ...open])];
    const index = new ModuleIndex(this.documents, this.documents.cache, roots);
    const snapshot = { index, schemas: this.schemas };
    this.current = { snapshot, made: now };
    return snapshot;
  }

  /** An open document changed. */
  edited(): void {
    this.current = undefined;
  }

  /** Files on the disk came, went or changed. */
  filesChanged(): void {
    this.current = undefined;
    this.moduleFolders = undefined;
    void this.rootModules();
  }

  /** Root modules below the workspace's folders, the nearest first. */
  async rootModules(): Promise<readonly string[]> {
    this.moduleFolders ??= findModuleFolders(this.folders);
    const folders = await this.moduleFolders;
    this.knownRoots = rootsAmong(folders, this.snapshot().index);
    return this.knownRoots;
  }
}
