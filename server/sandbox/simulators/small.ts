import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { convert } from '../../cty/convert';
import { emptyWorld } from '../../cty/emptyWorld';
import { evaluateTemplate } from '../../cty/evaluate';
import { findFunctionDefinition } from '../../cty/functions/table';
import { stringValue } from '../../cty/value';
import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { hashesOf, readInput, writeInside } from './files';
import { flagOf, textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';
import { crc32 } from './zip';

/** Providers that only compute: nothing is run or fetched, and nothing is written outside of the sandbox's folder. */
export const smallSimulators: Readonly<Record<string, Simulator>> = {
  cloudinit_config: cloudinit,
  external: () => ({ id: '-', result: {} }),
  http: () => ({ status_code: 200, response_body: '{}', body: '{}', response_body_base64: 'e30=' }),
  local_file: localFile,
  local_sensitive_file: localFile,
  null_data_source: ({ object }) => ({
    outputs: object.inputs ?? {},
    random: 'simulated',
    has_computed_default: 'default',
  }),
  null_resource: ({ fingerprint }) => ({ id: String(fingerprint.number(9_999_999_999_999)) }),
  template_cloudinit_config: cloudinit,
  template_file: ({ object }) => {
    const rendered = renderTemplate(textOf(object, 'template') ?? '', object.vars ?? null);
    return { rendered, id: createHash('sha256').update(rendered).digest('hex') };
  },
};

function localFile({ kind, object, files }: Simulation): ValueRecord {
  const name = textOf(object, 'filename') ?? '';
  const contents = kind === 'data' ? readInput(files, name) : contentsOf(object, files);
  if (kind === 'resource') writeInside(files, name, contents);
  const hashes = hashesOf(contents, 'content', 'sha1');
  return {
    ...hashes,
    id: hashes.content_sha1 ?? '',
    ...(kind === 'data' && {
      content: contents.toString('utf8'),
      content_base64: contents.toString('base64'),
    }),
  };
}

function contentsOf(object: ValueRecord, files: Simulation['files']): Buffer {
  const encoded = textOf(object, 'content_base64');
  if (encoded !== undefined) return Buffer.from(encoded, 'base64');
  const source = textOf(object, 'source');
  if (source !== undefined) return readInput(files, source);
  return Buffer.from(textOf(object, 'content') ?? textOf(object, 'sensitive_content') ?? '');
}

/** A message of several parts (RFC 2046), as cloud-init reads it. */
function cloudinit({ object }: Simulation): ValueRecord {
  const boundary = textOf(object, 'boundary') ?? 'MIMEBOUNDARY';
  const parts = (isList(object.part) ? object.part.filter(isRecord) : []).map((part) => {
    const filename = textOf(part, 'filename');
    const merge = textOf(part, 'merge_type');
    const headers = [
      ...(filename === undefined ? [] : [`Content-Disposition: attachment; filename="${filename}"`]),
      'Content-Transfer-Encoding: 7bit',
      `Content-Type: ${textOf(part, 'content_type') ?? 'text/plain'}`,
      'Mime-Version: 1.0',
      ...(merge === undefined ? [] : [`X-Merge-Type: ${merge}`]),
    ];
    return `--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n${textOf(part, 'content') ?? ''}\r\n`;
  });
  const head = `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\r\n\r\n`;
  const text = Buffer.from(`${head}${parts.join('')}--${boundary}--\r\n`);
  const packed = flagOf(object, 'gzip', true) ? gzipSync(text, { level: 9 }) : text;
  const rendered = flagOf(object, 'base64_encode', true)
    ? packed.toString('base64')
    : packed.toString('utf8');
  return { rendered, id: String(crc32(Buffer.from(rendered))), boundary };
}

/** The template with its variables, as Terraform's own templates are rendered. @throws Error where it has a fault */
function renderTemplate(template: string, vars: Value): string {
  const variables = new Map(
    Object.entries(isRecord(vars) ? vars : {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, stringValue(value)] as const] : [],
    ),
  );
  const { value, errors } = evaluateTemplate(template, variables, {
    variable: () => undefined,
    functions: findFunctionDefinition,
    world: emptyWorld,
  });
  const [fault] = errors;
  if (fault !== undefined) throw new Error(`The template cannot be rendered: ${fault.message}`);
  const text = convert(value, 'string');
  if (text.kind === 'known' && typeof text.content === 'string') return text.content;
  throw new Error(
    'The template reads a file or the time, which the sandbox does not. Use templatefile(), which terraform itself renders.',
  );
}
