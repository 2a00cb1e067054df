import type { Expression } from '../hcl/syntax';
import type { Range } from '../text/range';
import { LineIndex } from '../text/lineIndex';
import { freeVariables } from './freeVariables';
import type { FunctionDefinition, Templates } from './functions/function';
import { ArgumentError } from './functions/function';
import { isComposite } from './marks';
import { parseTemplate } from './parseTemplate';
import type { EvaluationError, Scope } from './scope';
import { withNames } from './scope';
import type { Value } from './value';
import { nullValue, withMarks } from './value';

type Evaluate = (
  expression: Expression,
  scope: Scope,
) => { readonly value: Value; readonly errors: readonly EvaluationError[] };

/** Renders templates for the functions called in a scope. */
export function templatesFor(scope: Scope, evaluate: Evaluate): Templates {
  return {
    render(text, variables, { files }) {
      const { template, errors } = parseTemplate(text);
      const fault = errors[0];
      if (fault)
        throw new Error(`the template has an error at ${place(text, fault.range)}: ${fault.message}`);
      const members = variableMembers(variables);
      checkNames(members);
      checkReferences(text, template, members);
      const inner = withNames(scope, {
        variable: (name) => members.get(name),
        functions: (name) => functionInside(name, scope, files),
      });
      const result = evaluate(template, inner);
      const wrong = result.errors[0];
      if (wrong) throw new Error(`the template fails at ${place(text, wrong.range)}: ${wrong.message}`);
      if (result.value.kind === 'null') throw new Error('the result of the template is null');
      return withMarks(result.value, variables.marks);
    },
  };
}

function variableMembers(variables: Value): ReadonlyMap<string, Value> {
  if (variables.kind === 'known' && isComposite(variables.content) && !Array.isArray(variables.content)) {
    return variables.content as ReadonlyMap<string, Value>;
  }
  throw new ArgumentError(1, 'invalid vars value: must be a map');
}

function checkNames(members: ReadonlyMap<string, Value>): void {
  for (const name of members.keys()) {
    if (/^\p{ID_Start}[\p{ID_Continue}-]*$/u.test(name)) continue;
    throw new ArgumentError(
      1,
      `invalid template variable name ${JSON.stringify(name)}: must start with a letter, followed by zero or more letters, digits, and underscores`,
    );
  }
}

function checkReferences(text: string, template: Expression, members: ReadonlyMap<string, Value>): void {
  for (const { name, range } of freeVariables(template)) {
    if (members.has(name)) continue;
    throw new ArgumentError(
      1,
      `vars map does not contain key ${JSON.stringify(name)}, referenced at ${place(text, range)}`,
    );
  }
}

const templateFunctions = new Set(['templatefile', 'templatestring']);
const fileFunctions = new Set([
  'file',
  'fileexists',
  'fileset',
  'filebase64',
  'filebase64sha256',
  'filebase64sha512',
  'filemd5',
  'filesha1',
  'filesha256',
  'filesha512',
]);

function functionInside(name: string, scope: Scope, files: boolean): FunctionDefinition | undefined {
  const plain = name.replace(/^core::/, '');
  if (templateFunctions.has(plain)) {
    return refusing(`cannot recursively call ${plain} from inside another template function`);
  }
  if (!files && fileFunctions.has(plain)) {
    return refusing(
      `cannot use filesystem access functions like ${plain} in templatestring templates; consider passing the function result as a template variable instead`,
    );
  }
  return scope.functions(name);
}

function refusing(reason: string): FunctionDefinition {
  return {
    parameters: [],
    variadic: { name: 'arguments', type: 'dynamic' },
    type: 'string',
    call: () => nullValue('string'),
    callLazily: () => {
      throw new Error(reason);
    },
  };
}

function place(text: string, range: Range): string {
  const { line, character } = new LineIndex(text).positionAt(range.start);
  return `line ${(line + 1).toString()}, column ${(character + 1).toString()}`;
}
