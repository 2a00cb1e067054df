import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exportGraph, graphFormats } from '../graph/exports';
import type { GraphFormat } from '../graph/exports';
import { buildGraph } from '../graph/graph';
import type { DependencyGraph } from '../graph/model';
import { blockAddress, planActions, withActions } from '../graph/planActions';
import { focusGraph } from '../graph/view';
import { openDiskFiles } from '../terraform/diskFiles';
import { readModuleTree } from '../terraform/moduleTree';
import { UsageError } from './command';
import type { Command } from './command';

const help = `Usage: terratrain graph [DIR] [--format FORMAT] [--plan FILE] [--focus ADDRESS [--depth N]]

The dependency graph of the configuration in DIR (the current directory unless given), on stdout. It is drawn from the
files alone: without terraform, without init, and also when the configuration is broken or cyclic.

Options:
  --format FORMAT   json (default), dot, mermaid, svg or html; svg and html are single files that load nothing
  --plan FILE       paint what a plan does; FILE is what "terraform show -json PLANFILE" writes
  --focus ADDRESS   only this block or module and what is near it
  --depth N         how many dependencies away from the focus, 1 unless given
  --help            this text

Examples:
  terratrain graph examples/image-classifier --format html > graph.html
  terratrain graph --focus aws_ecs_service.classifier --depth 2 --format mermaid
`;

interface Request {
  readonly directory: string;
  readonly format: GraphFormat;
  readonly plan: string | undefined;
  readonly focus: string | undefined;
  readonly depth: number;
}

export const graph: Command = {
  name: 'graph',
  summary: 'the dependency graph of a configuration, as JSON, DOT, Mermaid, SVG or HTML',
  help,
  run(args, io) {
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(help);
      return Promise.resolve(0);
    }
    return new Promise((resolve) => {
      const request = readRequest(args, io.cwd);
      io.stdout.write(exportGraph(requestedGraph(request), request.format));
      resolve(0);
    });
  },
};

function readRequest(args: readonly string[], cwd: string): Request {
  const { values, positionals } = parse(args);
  const [directory = '.', ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Give one directory, not ${positionals.length}.`);
  const format = graphFormats.find((each) => each === values.format);
  if (format === undefined) {
    throw new UsageError(`Unknown format "${values.format}"; use one of ${graphFormats.join(', ')}.`);
  }
  if (values.depth !== undefined && !/^\d{1,4}$/.test(values.depth)) {
    throw new UsageError(`--depth takes a whole number from 0, not "${values.depth}".`);
  }
  if (values.depth !== undefined && values.focus === undefined) {
    throw new UsageError('--depth needs --focus ADDRESS, which says from where to count.');
  }
  return {
    directory: path.resolve(cwd, directory),
    format,
    plan: values.plan === undefined ? undefined : path.resolve(cwd, values.plan),
    focus: values.focus,
    depth: Number(values.depth ?? 1),
  };
}

function parse(args: readonly string[]): {
  values: { format: string; plan?: string; focus?: string; depth?: string };
  positionals: string[];
} {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      strict: true,
      options: {
        format: { type: 'string', default: 'json' },
        plan: { type: 'string' },
        focus: { type: 'string' },
        depth: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function requestedGraph(request: Request): DependencyGraph {
  if (statSync(request.directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`${request.directory} is not a directory.`);
  }
  const whole = buildGraph(readModuleTree(request.directory, openDiskFiles()));
  const painted =
    request.plan === undefined ? whole : withActions(whole, planActions(readPlan(request.plan)));
  if (request.focus === undefined) return painted;
  const focused = focusGraph(painted, blockAddress(request.focus), request.depth);
  if (focused === undefined) {
    throw new UsageError(
      `The configuration has no block "${request.focus}".${suggestion(painted, request.focus)}`,
    );
  }
  return focused;
}

function readPlan(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(
      `Cannot read the plan ${file}: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
  if (text.startsWith('PK')) {
    throw new UsageError(
      `${file} is a binary plan; give the output of "terraform show -json ${path.basename(file)}".`,
    );
  }
  try {
    const document: unknown = JSON.parse(text);
    planActions(document);
    return document;
  } catch (error) {
    throw new UsageError(
      `${file} is not a plan in JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function suggestion(graph: DependencyGraph, wanted: string): string {
  const name = wanted.split('.').at(-1)?.toLowerCase() ?? wanted;
  const near = graph.nodes.filter((node) => node.id.toLowerCase().includes(name)).slice(0, 3);
  return near.length === 0 ? '' : ` Did you mean ${near.map((node) => node.id).join(' or ')}?`;
}
