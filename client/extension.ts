import { cp } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { State, type LanguageClient } from 'vscode-languageclient/node';
import { graphChanged, rootModules } from '../server/lsp/protocol';
import { registerCommands, type CommandTable } from './commands';
import { GraphPanels } from './graphPanel';
import { InferencePanels } from './inferencePanel';
import { InfrastructureView } from './infrastructureView';
import { installationAt } from './installation';
import { applyTrace, createLanguageClient, restart, showReferences, tellTrust } from './languageServer';
import { log, report } from './log';
import { OperationsController } from './operationsController';
import { restorePages } from './page';
import { askWhichAnswers } from './otherServers';
import { pickRoot } from './roots';
import { RunsView } from './runsView';
import { ServerStatus } from './serverStatus';
import { setting } from './settings';
import { Status } from './status';
import { selectTarget } from './target';
import { runInit, runTests, runValidate } from './terraformTasks';
import { TrainingPanels } from './trainingPanel';
import { specSelector, TrainSpecLens } from './trainSpecLens';

/** What other extensions and the tests may use. */
export interface TerratrainApi {
  /** Resolves when the language server answers. */
  readonly ready: Promise<void>;
}

export function activate(context: vscode.ExtensionContext): TerratrainApi {
  const installation = installationAt(context.extensionPath);
  const client = createLanguageClient(context);
  const status = new Status();
  const serverStatus = new ServerStatus(client);
  const operations = new OperationsController(context, installation, status);
  const graphs = new GraphPanels(context.extensionUri, client);
  const inference = new InferencePanels(context.extensionUri, installation);
  const runs = new RunsView();
  const training = new TrainingPanels(context, installation, status, runs, (model) => {
    inference.show(model);
  });
  const infrastructure = new InfrastructureView(client);
  const roots = async (): Promise<readonly string[]> => {
    const answer = await client.sendRequest(rootModules, null);
    return answer.roots.map((uri) => vscode.Uri.parse(uri).fsPath);
  };
  context.subscriptions.push(
    client,
    status,
    operations,
    graphs,
    inference,
    training,
    ...restorers(graphs, training, inference),
    vscode.window.registerTreeDataProvider('terratrain.infrastructure', infrastructure),
    vscode.window.registerTreeDataProvider('terratrain.runs', runs),
    vscode.languages.registerCodeLensProvider(specSelector, new TrainSpecLens()),
    operations.onDidPlan(({ directory, model }) => {
      graphs.paint(directory, model);
    }),
    serverStatus,
    ...followServer(client, serverStatus, graphs, infrastructure),
    followSettings(client, serverStatus, status, runs),
  );
  registerCommands(
    context,
    commandTable({
      client,
      operations,
      graphs,
      training,
      inference,
      runs,
      infrastructure,
      roots,
      example: installation.example,
    }),
  );
  const ready = start(client);
  if (vscode.workspace.isTrusted) void resume(operations, training);
  reporting(
    'The choice between two language servers could not be saved',
    askWhichAnswers(context.globalState),
  );
  return { ready };
}

const untold = 'The language server could not be told what it needs';

/** What nobody waits for fails in the open. */
function reporting(what: string, work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    report(what, error);
  });
}

/** What is shown follows the language server, and the server what the person trusts. */
function followServer(
  client: LanguageClient,
  serverStatus: ServerStatus,
  graphs: GraphPanels,
  infrastructure: InfrastructureView,
): { dispose(): unknown }[] {
  return [
    // A message has one handler: whoever draws graphs hears of changes from here.
    client.onNotification(graphChanged, ({ root }) => {
      graphs.refresh(vscode.Uri.parse(root).fsPath);
      infrastructure.refresh();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      reporting(untold, tellTrust(client, serverStatus));
    }),
    // A server that was started again knows nothing of what the last one was told.
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running)
        reporting(untold, started(client, serverStatus, graphs, infrastructure));
    }),
  ];
}

/** What is shown or known follows the settings at once. */
function followSettings(
  client: LanguageClient,
  serverStatus: ServerStatus,
  status: Status,
  runs: RunsView,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration('terratrain.operations.target')) status.showTarget();
    if (change.affectsConfiguration('terratrain.languageServer.trace')) reporting(untold, applyTrace(client));
    if (change.affectsConfiguration('terratrain.languageServer.enable'))
      reporting('The language server could not be restarted', restart(client));
    if (change.affectsConfiguration('terratrain.terraform.path'))
      reporting(untold, tellTrust(client, serverStatus));
    if (change.affectsConfiguration('terratrain.training.runsFolder')) runs.refresh();
  });
}

/** Pages come back where they were when the window is loaded again. */
function restorers(
  graphs: GraphPanels,
  training: TrainingPanels,
  inference: InferencePanels,
): vscode.Disposable[] {
  return [
    restorePages('graph', (panel, directory) => graphs.restore(panel, directory)),
    restorePages('training', (panel, spec) => training.restore(panel, spec)),
    restorePages('inference', (panel, model) => inference.restore(panel, model)),
  ];
}

async function start(client: LanguageClient): Promise<void> {
  try {
    await client.start();
  } catch (error) {
    report('The language server did not start', error);
  }
}

/** Tells a server that just started what the last one knew, and draws anew what comes from it. */
async function started(
  client: LanguageClient,
  serverStatus: ServerStatus,
  graphs: GraphPanels,
  infrastructure: InfrastructureView,
): Promise<void> {
  await applyTrace(client);
  await tellTrust(client, serverStatus);
  graphs.refreshAll();
  infrastructure.refresh();
}

/** What went on while the window was closed is taken up again. */
async function resume(operations: OperationsController, training: TrainingPanels): Promise<void> {
  try {
    await Promise.all([operations.reattach(), training.reattach()]);
  } catch (error) {
    report('What ran before could not be taken up again', error);
  }
}

interface Parts {
  readonly client: LanguageClient;
  readonly operations: OperationsController;
  readonly graphs: GraphPanels;
  readonly training: TrainingPanels;
  readonly inference: InferencePanels;
  readonly runs: RunsView;
  readonly infrastructure: InfrastructureView;
  readonly roots: () => Promise<readonly string[]>;
  readonly example: string;
}

function commandTable(parts: Parts): CommandTable {
  const { client, operations, graphs, training, inference, runs, infrastructure, roots } = parts;
  const atRoot = (work: (directory: string) => unknown) => async (argument?: unknown) => {
    const directory = await pickRoot(argument, roots);
    return directory === undefined ? undefined : work(directory);
  };
  return {
    plan: atRoot((directory) => operations.plan(directory)),
    apply: atRoot((directory) => operations.apply(directory)),
    destroy: atRoot((directory) => operations.destroy(directory)),
    runProvisioners: atRoot((directory) => operations.runProvisioners(directory)),
    stopOperation: () => operations.stop(),
    selectTarget: () => selectTarget(),
    showGraph: atRoot((directory) => {
      graphs.show(directory);
    }),
    openNode: (directory, id) =>
      typeof directory === 'string' && typeof id === 'string'
        ? infrastructure.open(directory, id)
        : undefined,
    exportGraph: atRoot((directory) => graphs.export(directory)),
    trainModel: (argument) => training.show(argument),
    openRun: (argument) => {
      training.showRun(argument);
    },
    openRunFolder: (argument) => runs.reveal(argument),
    openModel: (argument) => inference.open(argument),
    refreshRuns: () => {
      runs.refresh();
    },
    openExample: () => openExample(parts.example),
    restartLanguageServer: () => restart(client),
    init: atRoot(runInit),
    validate: atRoot(runValidate),
    runTests: (...given) => runTests(given),
    showReferences: (...given) => showReferences(client, given),
    showLog: () => {
      log().show();
    },
  };
}

/** Copies the example to where the person wants it and opens the copy. */
async function openExample(example: string): Promise<void> {
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: 'Where should the example go?',
      openLabel: 'Copy the Example Here',
      canSelectFolders: true,
      canSelectFiles: false,
    })) ?? [];
  if (parent === undefined) return;
  const target = path.join(parent.fsPath, 'image-classifier');
  // What a person changed in an earlier copy stays as it is.
  await cp(example, target, { recursive: true, force: false, errorOnExist: false });
  log().info(`Example copied; runs go to ${setting('training.runsFolder')} inside it.`);
  await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(target));
}
