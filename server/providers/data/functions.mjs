const types = { string: 'string', number: 'number', boolean: 'bool', any: 'dynamic', object: 'dynamic' };

/**
 * The functions of a provider, from the text of `lib/provider-functions` of its bindings. The members of an object
 * result are not told there; overlays give them.
 *
 * @returns {object[]} ProviderFunction of ../schema.ts
 */
export function readFunctions(text) {
  const method = / {2}\/\*\*\n((?: {2}\*.*\n)+?) {2}\*\/\n {2}public \w+\((.*)\): .*\{\n(.*)\n/g;
  return [...text.matchAll(method)].flatMap(([, comment, signature, body]) => {
    const name = /\.invoke\(this\.providerLocalName, "(\w+)"/.exec(body)?.[1];
    return name === undefined ? [] : [readFunction(name, comment, signature, body)];
  });
}

function readFunction(name, comment, signature, body) {
  const lines = comment.split('\n').map((line) => line.replace(/^ {2}\* ?/, ''));
  const description = lines.filter((line) => !line.startsWith('@')).join('\n').trim();
  const all = lines.flatMap((line) => readParameter(line) ?? []);
  const isVariadic = signature.includes('...') || /\[[^\]]*\.\.\.\w+\]/.test(body);
  const returns = /^@returns \{(.+?)\}/m.exec(lines.join('\n'))?.[1] ?? 'any';
  return {
    name,
    parameters: isVariadic ? all.slice(0, -1) : all,
    ...(isVariadic && { variadic: all.at(-1) }),
    returns: toType(returns),
    ...(description !== '' && { description }),
  };
}

/** `@param {string} accountId - AWS account identifier` */
function readParameter(line) {
  const [, type, name, description] = /^@param \{(.+?)\} (?:\.\.\.)?\[?(\w+)\]?(?: - (.*))?$/.exec(line) ?? [];
  if (name === undefined) return undefined;
  return {
    name: name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type: toType(type),
    ...(description && { description }),
  };
}

function toType(text) {
  const list = /^(?:Array<(.+)>|(.+)\[\])$/.exec(text);
  if (list) return ['list', toType(list[1] ?? list[2])];
  const map = /^(?:Record<string, (.+)>|\{ ?\[key: string\]: (.+?);? ?\})$/.exec(text);
  if (map) return ['map', toType(map[1] ?? map[2])];
  return types[text] ?? 'dynamic';
}
