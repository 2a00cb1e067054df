// Reads as much of Go as schema declarations are written in: literals, calls, names and conditions.

const tokenPattern =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\]|\\.)+'|[A-Za-z_]\w*|\d[\w.]*|:=|&&|\|\||[=!<>]=|\.\.\.|[^\s]/g;

export function tokenize(text) {
  const tokens = [];
  for (const [token] of text.matchAll(tokenPattern))
    if (!token.startsWith('//') && !token.startsWith('/*')) tokens.push(token);
  return tokens;
}

/**
 * Functions and variables of one file by name: parameters, the expression returned, and what was assigned to local
 * names. The last `return` at the function's own level counts.
 */
export function declarations(text) {
  const tokens = tokenize(text);
  const found = new Map();
  for (let at = 0; at < tokens.length; at++) {
    if (tokens[at] === 'func') {
      const declared = readFunction(tokens, at);
      if (declared !== undefined) found.set(declared.name, declared);
    } else if (tokens[at] === 'var' && tokens[at + 2] === '=') {
      found.set(tokens[at + 1], { name: tokens[at + 1], parameters: [], locals: new Map(), added: new Map(), returned: readAt(tokens, at + 3).node });
    }
  }
  return found;
}

function readFunction(tokens, start) {
  let at = start + 1;
  let receiver;
  if (tokens[at] === '(') {
    const end = closing(tokens, at);
    receiver = tokens[end - 1];
    at = end + 1;
  }
  if (!/^[A-Za-z_]/.test(tokens[at] ?? '') || tokens[at + 1] !== '(') return undefined;
  const name = receiver === undefined ? tokens[at] : `${receiver}.${tokens[at]}`;
  const end = closing(tokens, at + 1);
  const parameters = tokens
    .slice(at + 2, end)
    .filter((token, index, all) => /^[a-zA-Z_]\w*$/.test(token) && (index === 0 || all[index - 1] === ','));
  const open = bodyStart(tokens, end + 1);
  const close = closing(tokens, open);
  return { name, parameters, ...readStatements(tokens, open + 1, close) };
}

/** Where a function's body opens: behind the type of its result, which has no brace of its own but interface{}'s. */
function bodyStart(tokens, start) {
  let at = start;
  while (at < tokens.length && (tokens[at] !== '{' || /^(interface|struct)$/.test(tokens[at - 1]))) at++;
  return at;
}

function readStatements(tokens, start, end) {
  const locals = new Map();
  /** What is put into a local map later: `fields["name"] = …`. */
  const added = new Map();
  let returned;
  for (let at = start; at < end; at++) {
    if (tokens[at] === 'func' && tokens[at + 1] === '(') {
      at = closing(tokens, bodyStart(tokens, closing(tokens, at + 1)));
    } else if (tokens[at + 1] === ':=') {
      const read = readAt(tokens, at + 2);
      locals.set(tokens[at], read.node);
      at = read.end - 1;
    } else if (tokens[at + 1] === '[' && tokens[at + 3] === ']' && tokens[at + 4] === '=') {
      const read = readAt(tokens, at + 5);
      added.set(tokens[at], (added.get(tokens[at]) ?? new Map()).set(textOf(tokens[at + 2]), read.node));
      at = read.end - 1;
    } else if (tokens[at] === 'return') {
      const read = readAt(tokens, at + 1);
      returned = read.node ?? returned;
      at = read.end - 1;
    }
  }
  return { locals, added, returned };
}

function readAt(tokens, at) {
  const reader = new Reader(tokens, at);
  try {
    return { node: reader.expression(), end: Math.max(reader.at, at + 1) };
  } catch {
    return { node: undefined, end: at + 1 };
  }
}

export function closing(tokens, open) {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if ('([{'.includes(tokens[at]) && tokens[at].length === 1) depth++;
    else if (')]}'.includes(tokens[at]) && tokens[at].length === 1 && --depth === 0) return at;
  }
  return tokens.length;
}

class Reader {
  constructor(tokens, at) {
    this.tokens = tokens;
    this.at = at;
  }

  expression() {
    const left = this.unary();
    const operator = this.tokens[this.at];
    if (!['+', '-', '*', '/', '&&', '||', '==', '!=', '<', '>', '<=', '>='].includes(operator)) return left;
    this.at++;
    return { kind: 'operation', operator, left, right: this.expression() };
  }

  unary() {
    const token = this.tokens[this.at];
    if (token === '&' || token === '*') {
      this.at++;
      return this.unary();
    }
    if (token === '!' || token === '-') {
      this.at++;
      return { kind: 'operation', operator: token, right: this.unary() };
    }
    return this.primary();
  }

  primary() {
    const token = this.tokens[this.at];
    if (token === undefined) throw new Error('the end');
    if (token === '(') {
      this.at++;
      const inner = this.expression();
      this.at++;
      return this.after(inner);
    }
    if (token === '{') return this.literal('');
    if (/^["`]/.test(token)) {
      this.at++;
      return this.after({ kind: 'value', value: textOf(token) });
    }
    if (/^\d/.test(token)) {
      this.at++;
      return { kind: 'value', value: Number(token) };
    }
    if (token === 'func') return this.functionLiteral();
    if (token === '[' || token === 'map') return this.typed();
    if (!/^[A-Za-z_]/.test(token)) throw new Error(`unexpected ${token}`);
    this.at++;
    if (token === 'true' || token === 'false') return { kind: 'value', value: token === 'true' };
    if (token === 'nil') return { kind: 'value', value: null };
    return this.after({ kind: 'name', name: token });
  }

  /** Members, calls, indexes and literals behind a name. */
  after(start) {
    let node = start;
    for (;;) {
      const token = this.tokens[this.at];
      if (token === '.' && node.kind === 'name') {
        node = { kind: 'name', name: `${node.name}.${this.tokens[this.at + 1]}` };
        this.at += 2;
      } else if (token === '.') {
        node = { kind: 'name', name: this.tokens[this.at + 1], of: node };
        this.at += 2;
      } else if (token === '(') {
        node = { kind: 'call', name: node.name ?? '', of: node.of, args: this.list(')') };
      } else if (token === '[') {
        this.at = closing(this.tokens, this.at) + 1;
      } else if (token === '{' && node.kind === 'name' && /(^|\.)[A-Z]/.test(node.name)) {
        return this.literal(node.name);
      } else return node;
    }
  }

  /** `[]T{…}`, `map[K]V{…}`. */
  typed() {
    while (this.at < this.tokens.length && this.tokens[this.at] !== '{' && this.tokens[this.at] !== '(') {
      if (this.tokens[this.at] === '[') this.at = closing(this.tokens, this.at);
      if (this.tokens[this.at] === 'interface') this.at += 2;
      this.at++;
    }
    return this.tokens[this.at] === '(' ? { kind: 'call', name: '', args: this.list(')') } : this.literal('');
  }

  functionLiteral() {
    const open = bodyStart(this.tokens, closing(this.tokens, this.tokens.indexOf('(', this.at)));
    this.at = closing(this.tokens, open) + 1;
    if (this.tokens[this.at] === '(') this.list(')');
    return { kind: 'function', ...readStatements(this.tokens, open + 1, this.at - 1) };
  }

  literal(type) {
    const fields = new Map();
    const items = [];
    this.at++;
    while (this.tokens[this.at] !== '}' && this.at < this.tokens.length) {
      const key = this.expression();
      if (this.tokens[this.at] === ':') {
        this.at++;
        fields.set(key.kind === 'value' ? String(key.value) : key.name, this.expression());
      } else items.push(key);
      if (this.tokens[this.at] === ',') this.at++;
    }
    this.at++;
    return { kind: 'literal', type, fields, items };
  }

  list(end) {
    const items = [];
    this.at++;
    while (this.tokens[this.at] !== end && this.at < this.tokens.length) {
      items.push(this.expression());
      if (this.tokens[this.at] === '...') this.at++;
      if (this.tokens[this.at] === ',') this.at++;
    }
    this.at++;
    return items;
  }
}

function textOf(token) {
  if (token.startsWith('`')) return token.slice(1, -1);
  try {
    return JSON.parse(token);
  } catch {
    return token.slice(1, -1);
  }
}
