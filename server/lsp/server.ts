import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import {
  CodeLensRefreshRequest,
  DiagnosticRefreshRequest,
  DidChangeWatchedFilesNotification,
} from 'vscode-languageserver/node';
import type { Connection, InitializeParams, InitializeResult } from 'vscode-languageserver/node';
import { usedProviders } from '../features/usedProviders';
import type { SchemaLookup } from '../providers/schema';
import { readAbilities, serverCapabilities, watchedFiles } from './abilities';
import { Answering } from './answers/answering';
import { answerCallHierarchy } from './answers/callHierarchy';
import { answerCodeActions } from './answers/codeActions';
import { answerDiagnostics } from './answers/diagnostics';
import { answerHints } from './answers/hints';
import { answerNavigation } from './answers/navigation';
import { answerReading } from './answers/reading';
import { answerSemanticTokens } from './answers/semanticTokens';
import { answerStructure } from './answers/structure';
import { answerWriting } from './answers/writing';
import type { Abilities } from './convert';
import { Diagnosing } from './diagnosing';
import { Findings } from './findings';
import { Graphs } from './graphs';
import { InstalledProviders } from './installedProviders';
import { exportGraph, graph, nodeLocation, providers, rootModules, workspaceTrusted } from './protocol';
import type { InitializationOptions, TerraformProgram } from './protocol';
import { programAtHand } from './programAtHand';
import { ReportedProgress } from './progress';
import { SettingsFollower } from './settings';
import { toPath, toUri } from './uris';
import { Validation } from './validation';
import { warmUp } from './warmUp';
import { Workspace } from './workspace';

/**
 * Serves a connection until it closes. No request ends the server: what fails is logged and answered with nothing.
 */
export function startServer(connection: Connection, schemas: SchemaLookup, ports: ServerPorts = {}): void {
  new LanguageServer(connection, schemas, ports).start();
}

/**
 * V8 lets the space for young objects grow to 48 MB. Reading a whole workspace makes many objects that stay, for which
 * that is of no use, and answers to small questions are no slower without it (`npm run bench -- lsp`).
 */
const smallNursery = '--semi-space-growth-factor=1';

/** Milliseconds after the start. */
const firstIndexPause = 400;

/** What the program around the server can do for it. */
export interface ServerPorts {
  /** Finds terraform or tofu where the client names none. */
  readonly findTerraform?: () => Promise<TerraformProgram | undefined>;
}

class LanguageServer {
  private readonly workspace: Workspace;
  private readonly findings: Findings;
  private readonly diagnosing: Diagnosing;
  private readonly validation: Validation;
  private readonly graphs: Graphs;
  private readonly answering: Answering;
  private readonly providers: InstalledProviders;
  private readonly settings: SettingsFollower;
  private abilities: Abilities = readAbilities({});
  private initialOptions: InitializationOptions = {};
  private indexTimer: NodeJS.Timeout | undefined;
  private program: TerraformProgram | undefined;
  private isWarm = false;

  constructor(
    private readonly connection: Connection,
    bundle: SchemaLookup,
    private readonly ports: ServerPorts,
  ) {
    this.providers = new InstalledProviders({
      bundle,
      directories: () => this.workspace.workedIn(),
      onChange: () => {
        this.workspace.schemasChanged();
        this.diagnoseAgain();
      },
      onProblem: (message) => {
        connection.console.warn(message);
      },
    });
    const progress = new ReportedProgress(connection, () => this.abilities.showsProgress);
    this.workspace = new Workspace(this.providers.schemas, progress);
    this.answering = new Answering(connection, this.workspace, () => this.abilities);
    this.validation = this.makeValidation();
    this.findings = new Findings({
      workspace: this.workspace,
      linesOf: (snapshot, file) => this.answering.linesOf(snapshot, file),
      validated: (file) => this.validation.of(file),
      abilities: () => this.abilities,
    });
    this.diagnosing = new Diagnosing({
      connection,
      workspace: this.workspace,
      findings: this.findings,
      isPushing: () => !this.abilities.pullsDiagnostics,
      onError: (error) => {
        this.answering.log('diagnostics', error);
      },
    });
    this.graphs = new Graphs(connection, this.workspace);
    const log = (error: unknown) => {
      this.answering.log('settings', error);
    };
    this.settings = new SettingsFollower(connection, this.settingsChanged.bind(this), log);
  }

  start(): void {
    this.connection.onInitialize((params) => this.initialize(params));
    this.connection.onInitialized(() => {
      this.initialized();
    });
    this.connection.onShutdown(() => {
      this.diagnosing.stop();
      this.validation.stop();
      this.workspace.stop();
      clearTimeout(this.indexTimer);
      this.graphs.stop();
      this.providers.stop();
    });
    this.connection.onNotification(workspaceTrusted, (options) => {
      this.configure(options);
    });
    this.followDocuments();
    answerReading(this.answering);
    answerNavigation(this.answering);
    answerCallHierarchy(this.answering);
    answerStructure(this.answering);
    answerSemanticTokens(this.answering);
    answerWriting(this.answering);
    answerCodeActions(this.answering);
    answerHints(this.answering, this.settings);
    answerDiagnostics(this.answering, this.findings);
    this.answerGraphs();
    this.connection.listen();
  }

  private initialize(params: InitializeParams): InitializeResult {
    const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
    this.workspace.setFolders(folders.map(toPath));
    this.initialOptions = (params.initializationOptions ?? {}) as InitializationOptions;
    this.abilities = readAbilities(params.capabilities, this.initialOptions);
    return { capabilities: serverCapabilities(this.abilities), serverInfo: { name: 'terratrain' } };
  }

  /** What is shown already is asked for again. */
  private settingsChanged(): void {
    const { refreshesHints, refreshesLenses } = this.abilities;
    this.workspace.setIgnored(this.settings.current.diagnostics.ignore);
    if (refreshesHints) this.connection.languages.inlayHint.refresh().catch(this.notRefreshed);
    if (refreshesLenses) this.connection.sendRequest(CodeLensRefreshRequest.type).catch(this.notRefreshed);
    this.diagnoseAgain();
  }

  private readonly notRefreshed = (error: unknown): void => {
    this.answering.log('refreshing', error);
  };

  /** Something else than a text changed. */
  private diagnoseAgain(): void {
    this.findings.forget();
    this.diagnosing.schedule();
    if (!this.abilities.pullsDiagnostics || !this.abilities.refreshesDiagnostics) return;
    this.connection.sendRequest(DiagnosticRefreshRequest.type).catch(this.notRefreshed);
  }

  /** Programs of the workspace are run only for a person who trusts it. */
  private async useProgram(options: InitializationOptions): Promise<void> {
    const { known, runnable } = await programAtHand(options, this.ports.findTerraform);
    this.program = runnable;
    this.workspace.setTerraform(known);
    this.providers.configure(runnable);
    this.diagnoseAgain();
  }

  private configure(options: InitializationOptions): void {
    this.useProgram(options).catch((error: unknown) => {
      this.answering.log('the program', error);
    });
  }

  private makeValidation(): Validation {
    const { workspace } = this;
    return new Validation({
      program: () => this.program,
      isWanted: () => this.settings.current.diagnostics.validateOnSave,
      roots: (file) => {
        const { index } = workspace.snapshot();
        return index.rootsOf(index.module(path.dirname(file)));
      },
      read: (file) => workspace.documents.read(file),
      onChange: () => {
        this.diagnoseAgain();
      },
      onProblem: (message) => {
        this.connection.console.warn(message);
      },
    });
  }

  private initialized(): void {
    this.configure(this.initialOptions);
    const { configuration, changingConfiguration } = this.abilities;
    this.settings.start({ canAsk: configuration, canRegister: changingConfiguration });
    if (this.abilities.watchFiles) {
      const watchers = watchedFiles.map((globPattern) => ({ globPattern }));
      this.connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .then(() => {
          this.workspace.setWatched();
        })
        .catch((error: unknown) => {
          this.answering.log('watching files', error);
        });
    }
    // What the person opened is answered first; the rest of the workspace can wait that long.
    this.indexTimer = setTimeout(() => {
      setFlagsFromString(smallNursery);
      this.index();
    }, firstIndexPause);
    if (!this.abilities.changingFolders) return;
    this.connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      this.workspace.addFolders(
        added.map((folder) => toPath(folder.uri)),
        removed.map((folder) => toPath(folder.uri)),
      );
      this.providers.look();
      this.index();
    });
  }

  private followDocuments(): void {
    const { documents } = this.workspace;
    this.connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => {
      documents.open(uri, version, text);
      this.changed(uri);
      this.providers.look();
    });
    this.connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) => {
      documents.change(uri, version, contentChanges);
      this.validation.edited(toPath(uri));
      this.changed(uri);
    });
    this.connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
      this.validation.saved(toPath(uri)).catch((error: unknown) => {
        this.answering.log('validation', error);
      });
    });
    this.connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
      documents.close(uri);
      this.diagnosing.forget(uri);
      this.answering.closed(uri);
      this.changed(uri);
    });
    this.connection.onDidChangeWatchedFiles(({ changes }) => {
      const files = changes.map(({ uri }) => toPath(uri));
      this.workspace.filesChanged(files);
      this.providers.look();
      for (const file of files) this.graphs.fileChanged(file);
      this.diagnosing.schedule();
      this.index();
    });
  }

  /** Reads the whole workspace in the background; what is open then shows what only that could tell. */
  private index(): void {
    this.readAll().catch((error: unknown) => {
      this.answering.log('the index', error);
    });
  }

  private async readAll(): Promise<void> {
    await this.workspace.index();
    this.diagnosing.schedule();
    const [open] = this.workspace.documents.all();
    if (open === undefined || this.isWarm) return;
    this.isWarm = true;
    await warmUp(this.workspace, open.path);
  }

  private changed(uri: string): void {
    this.workspace.edited(toPath(uri));
    this.graphs.fileChanged(toPath(uri));
    this.diagnosing.schedule(uri);
  }

  private answerGraphs(): void {
    const { connection, graphs } = this;
    connection.onRequest(graph, (params) => graphs.picture(params));
    connection.onRequest(exportGraph, ({ root, format }) => graphs.text(root, format));
    connection.onRequest(nodeLocation, ({ root, id }) =>
      this.answering.guard('node location', () => graphs.location(root, id)),
    );
    connection.onRequest(providers, ({ root }) => ({
      providers: usedProviders(this.workspace.snapshot(), toPath(root)),
    }));
    connection.onRequest(rootModules, async () => ({
      roots: (await this.workspace.rootModules()).map(toUri),
    }));
  }
}
