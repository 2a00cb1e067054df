import * as path from 'node:path';
import { setValue } from '../set';
import type { CtyType } from '../type';
import type { Marks, Value } from '../value';
import { boolValue, sensitive, stringValue, unknownValue, withMarks } from '../value';
import { deepMarks, withoutDeepMarks } from '../marks';
import { textOf } from './argumentValues';
import { argument, faultOf, redacted } from './contents';
import { baseName, cleanPath, folderName, pathOf, readPath, withHome, withSlashes } from './files';
import type { FunctionDefinition, FunctionTable, Parameter, Templates, World } from './function';
import { MissingFileError } from './function';

const markedPath: Parameter = { name: 'path', type: 'string', allowMarked: true, allowUnknown: true };

/** Functions of paths and files. Facts: Terraform 1.11 `lang/funcs`, go-homedir. */
export const filesystemFunctions: FunctionTable = {
  abspath: ofPath((name, world) => withSlashes(cleanPath(path.resolve(world.baseFolder, name)))),
  basename: ofPath((name) => baseName(name)),
  dirname: ofPath((name) => folderName(name)),
  file: {
    parameters: [markedPath],
    type: 'string',
    notNull: true,
    call: (args, type, world) => {
      const name = argument(args, 0);
      if (name.kind === 'unknown') return name;
      const text = textIn(textOf(name), name.marks, world);
      return withMarks(text === undefined ? unknownValue(type) : stringValue(text), name.marks);
    },
  },
  filebase64: {
    parameters: [markedPath],
    type: 'string',
    notNull: true,
    call: (args, type, world) => {
      const name = argument(args, 0);
      if (name.kind === 'unknown') return name;
      const bytes = bytesIn(textOf(name), name.marks, world);
      const result =
        bytes === undefined ? unknownValue(type) : stringValue(Buffer.from(bytes).toString('base64'));
      return withMarks(result, name.marks);
    },
  },
  fileexists: {
    parameters: [markedPath],
    type: 'bool',
    notNull: true,
    call: (args, type, world) => {
      const name = argument(args, 0);
      if (name.kind === 'unknown') return withMarks(unknownValue(type), name.marks);
      return withMarks(boolValue(fileExists(textOf(name), name.marks, world)), name.marks);
    },
  },
  fileset: {
    parameters: [markedPath, { ...markedPath, name: 'pattern' }],
    type: ['set', 'string'],
    notNull: true,
    call: fileset,
  },
  pathexpand: ofPath(withHome),
  templatefile: {
    parameters: [markedPath, { name: 'vars', type: 'dynamic', allowMarked: true, allowUnknown: true }],
    type: 'dynamic',
    call: templatefile,
  },
};

function ofPath(change: (name: string, world: World) => string): FunctionDefinition {
  return {
    parameters: [{ name: 'path', type: 'string' }],
    type: 'string',
    notNull: true,
    call: (args, _, world) => stringValue(change(textOf(args[0]), world)),
  };
}

function bytesIn(name: string, marks: Marks, world: World): Uint8Array | undefined {
  return faultOf(0, () => {
    try {
      return readPath(name, world);
    } catch (error) {
      if (!(error instanceof MissingFileError)) throw error;
      throw new Error(
        `no file exists at ${redacted(name, marks)}; this function works only with files that are distributed as part of the configuration source code, so if this file will be created by a resource in this configuration you must instead obtain this result from an attribute of that resource`,
        { cause: error },
      );
    }
  });
}

function textIn(name: string, marks: Marks, world: World): string | undefined {
  const bytes = bytesIn(name, marks, world);
  if (bytes === undefined) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  // Only what is no UTF-8 comes back as other bytes than it was.
  if (Buffer.from(text).equals(bytes)) return text;
  throw new Error(
    `contents of ${redacted(name, marks)} are not valid UTF-8; use the filebase64 function to obtain the Base64 encoded contents or the other file functions (e.g. filemd5, filesha256) to obtain file hashing results instead`,
  );
}

function fileExists(name: string, marks: Marks, world: World): boolean {
  const file = pathOf(name, world);
  try {
    return world.fileExists(file);
  } catch (error) {
    if ((marks & sensitive) === 0) throw error;
    // The message names the file.
    throw new Error('(sensitive value) is not a regular file, or cannot be looked at', { cause: error });
  }
}

function fileset(args: readonly Value[], type: CtyType, world: World): Value {
  const [folder, pattern] = [argument(args, 0), argument(args, 1)];
  const marks = folder.marks | pattern.marks;
  if (folder.kind === 'unknown' || pattern.kind === 'unknown') return withMarks(unknownValue(type), marks);
  const [folderText, patternText] = [textOf(folder), textOf(pattern)];
  let names: readonly string[] | undefined;
  try {
    names = world.findFiles(cleanPath(folderText), patternText);
  } catch (error) {
    const shown = redacted(path.join(folderText, patternText), marks);
    throw new Error(
      `failed to glob pattern ${shown}: ${error instanceof Error ? error.message : String(error)}`,
      {
        cause: error,
      },
    );
  }
  return withMarks(
    names === undefined ? unknownValue(type) : setValue('string', names.map(stringValue)),
    marks,
  );
}

function templatefile(args: readonly Value[], type: CtyType, world: World, templates: Templates): Value {
  const [name, variables] = [argument(args, 0), argument(args, 1)];
  const marks = name.marks | deepMarks(variables);
  if (name.kind === 'unknown' || variables.kind === 'unknown') return withMarks(unknownValue(type), marks);
  const text = textIn(textOf(name), name.marks, world);
  const result =
    text === undefined
      ? unknownValue(type)
      : templates.render(text, withoutDeepMarks(variables), { files: true });
  if (result.kind === 'null')
    throw new Error('the result of the template is null; a template must give a value');
  return withMarks(result, marks);
}
