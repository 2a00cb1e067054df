import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openBundledSchemas } from '../providers/bundled';
import type { ProviderSchema } from '../providers/schema';
import { isRunning } from './exclusive';
import { Identifiers } from './identifiers';
import { serveProvider } from './providerServer';
import type { ProviderServer, ServedProvider } from './providerServer';
import { reattachKeys } from './reattach';
import type { ProviderRequest, SimulatorAnswer, SimulatorOrder, SimulatorRequest } from './request';
import { ScenarioProvider, isScenarioNeeded } from './scenarioProvider';
import { encodeSchemaAnswer } from './schemaAnswer';
import { servedSchema } from './servedSchema';
import { SimulatedProvider } from './simulatedProvider';
import type { ServedSchema } from './simulatedProvider';

/** How long nothing may be connected before a simulator without parent ends: terraform connects anew in each phase. */
const idleMilliseconds = 10_000;
const watchMilliseconds = 1_000;

/** The process that plays all providers of one session. It ends when its standard input does and nobody needs it. */
function main(): void {
  const servers: ProviderServer[] = [];
  const held = new Set<number>();
  let folder: string | undefined;
  const end = (): void => {
    for (const server of servers) server.close();
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGTERM', end);
  // Ctrl-C is meant for terraform, which still needs its providers to stop gracefully.
  process.on('SIGINT', () => undefined);
  process.on('SIGHUP', () => undefined);

  const lines = createInterface({ input: process.stdin });
  lines.once('line', (line) => {
    lines.on('line', (next) => held.add((JSON.parse(next) as SimulatorOrder).holdFor));
    folder = process.platform === 'win32' ? undefined : mkdtempSync(path.join(socketRoot(), 'terratrain-'));
    serve(JSON.parse(line) as SimulatorRequest, folder, servers).then(
      (answer) => {
        print(answer);
      },
      (error: unknown) => {
        print({ error: error instanceof Error ? error.message : String(error) });
        end();
      },
    );
  });
  lines.once('close', () => {
    endWhenUnused(servers, held, end);
  });
}

/** mkdtemp makes the folder private (0700). The system's own, because the path of a socket may have 104 bytes only. */
function socketRoot(): string {
  const wanted = os.tmpdir();
  return Buffer.byteLength(wanted) <= 60 ? wanted : '/tmp';
}

async function serve(
  request: SimulatorRequest,
  folder: string | undefined,
  servers: ProviderServer[],
): Promise<SimulatorAnswer> {
  const schemas = openBundledSchemas(request.dataFolder, {
    onProblem: (message) => process.stderr.write(`${message}\n`),
  });
  const identifiers = new Identifiers(request.identifiersFile);
  const reattach: Record<string, unknown> = {};
  for (const [index, wanted] of request.providers.entries()) {
    const schema = wanted.inferred ?? bundledSchema(wanted, schemas.provider(wanted.source));
    const socket = folder === undefined ? undefined : path.join(folder, String(index));
    const server = await serveProvider(servedProvider(schema, identifiers, request), socket);
    servers.push(server);
    for (const source of reattachKeys(wanted.source)) {
      // `Test` keeps terraform from ending this process; version 6 serves providers of version 5 as well.
      reattach[source] = {
        Protocol: 'grpc',
        ProtocolVersion: 6,
        Pid: process.pid,
        Test: true,
        Addr: server.address,
      };
    }
  }
  return { reattach };
}

function servedProvider(
  schema: ServedSchema,
  identifiers: Identifiers,
  { scenario: wanted, files }: SimulatorRequest,
): ServedProvider {
  const provider = new SimulatedProvider(schema, identifiers, files);
  const scenario =
    wanted === undefined || !isScenarioNeeded(wanted)
      ? undefined
      : new ScenarioProvider(provider.handlers, schema, wanted);
  let answer: Buffer | undefined;
  return {
    handlers: scenario?.handlers ?? provider.handlers,
    schemaAnswer: () => {
      if (answer === undefined) {
        const untyped = new SimulatedProvider(
          { ...schema, resource: {}, data: {}, ephemeral: {} },
          identifiers,
        );
        const base = untyped.handlers.GetProviderSchema({}, { configuration: {} });
        answer = encodeSchemaAnswer(base, schema, (type, block) => scenario?.shown(type, block) ?? block);
      }
      return answer;
    },
  };
}

function bundledSchema(wanted: ProviderRequest, schema: ProviderSchema | undefined): ServedSchema {
  if (schema === undefined) throw new Error(`There is no schema of ${wanted.source} to simulate it from.`);
  return servedSchema(schema, wanted.types);
}

function endWhenUnused(servers: readonly ProviderServer[], held: Set<number>, end: () => void): void {
  let unusedSince = Date.now();
  const check = (): void => {
    for (const pid of held) if (!isRunning(pid)) held.delete(pid);
    const used = held.size > 0 || servers.some((server) => server.connections > 0);
    if (used) unusedSince = Date.now();
    else if (Date.now() - unusedSince >= idleMilliseconds) end();
  };
  setInterval(check, watchMilliseconds);
}

function print(answer: SimulatorAnswer): void {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

main();
