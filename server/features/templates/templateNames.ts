import type { ConfigFile } from '../../terraform/model';
import { keyName } from '../../terraform/values';
import { touches } from '../../text/range';
import { keyRange } from '../names/memberSources';
import { distinct, rewritten } from '../names/named';
import type { Named, NamedPlace } from '../names/named';
import { existingFile } from '../namedFiles';
import type { Snapshot } from '../snapshot';
import { callsOfTemplate, givenBy, templateCallsIn } from './templateCalls';
import { readTemplate, templateOf } from './templateFile';

/** The variable of a template whose name stands at `offset` of it. */
export function templateNameAt(snapshot: Snapshot, file: ConfigFile, offset: number): Named | undefined {
  const read = templateOf(file)?.reads.find(({ range }) => touches(range, offset));
  return read === undefined ? undefined : namedVariable(snapshot, file.path, read.name);
}

/** The variable of a template whose key stands at `offset` of a call of `templatefile()`. */
export function templateKeyAt(snapshot: Snapshot, file: ConfigFile, offset: number): Named | undefined {
  for (const { module, name, variables } of templateCallsIn(snapshot, file)) {
    if (variables.kind !== 'object' || !touches(variables.range, offset)) continue;
    const item = variables.items.find(({ key }) => touches(keyRange(key), offset));
    const key = item === undefined ? undefined : keyName(item.key);
    const template = key === undefined ? undefined : existingFile(snapshot, module, name);
    if (key !== undefined && template !== undefined) return namedVariable(snapshot, template, key);
  }
  return undefined;
}

/** A variable of a template as something that can be found and renamed: its keys at the calls, and where it is read. */
function namedVariable(snapshot: Snapshot, template: string, name: string): Named {
  const given = callsOfTemplate(snapshot, template).map((call) => givenBy(snapshot, call));
  const keys = given.flatMap(({ call, variables }): NamedPlace[] => {
    const key = variables.get(name)?.key;
    return key === undefined ? [] : [{ path: call.file.path, range: keyRange(key.key), role: 'declaration' }];
  });
  const read = readTemplate(snapshot, template);
  const reads = (read?.reads ?? [])
    .filter((each) => each.name === name)
    .map(({ range }): NamedPlace => ({ path: template, range, role: 'read' }));
  const places = distinct([...keys, ...reads]);
  return {
    name,
    places,
    refusal: () => {
      const elsewhere = given.find(({ variables }) => {
        const variable = variables.get(name);
        return variable !== undefined && variable.key === undefined;
      });
      const open = given.find(({ variables, complete }) => !complete && !variables.has(name));
      const whose = elsewhere ?? open;
      return whose === undefined
        ? undefined
        : `A call of templatefile() does not write its variables out, so the name would stay there: ${excerpt(whose.call)}.`;
    },
    rename: (newName) => {
      const isTaken =
        given.some(({ variables }) => variables.has(newName)) ||
        read?.reads.some((each) => each.name === newName) === true;
      if (isTaken) throw new Error(`"${newName}" is a variable of this template already.`);
      return rewritten(places, newName);
    },
  };
}

function excerpt({
  file,
  variables,
}: {
  readonly file: ConfigFile;
  readonly variables: { readonly range: { start: number; end: number } };
}): string {
  const [line = ''] = file.syntax.text.slice(variables.range.start, variables.range.end).split('\n');
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
