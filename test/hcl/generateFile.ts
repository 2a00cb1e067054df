import type { Random } from './random';

/** A random valid file with random spacing, for comparing with `terraform fmt`. */
export function generateFile(random: Random): string {
  return new Generator(random).file();
}

class Generator {
  constructor(private readonly random: Random) {}

  file(): string {
    const end = this.random.chance(0.1) ? '\r\n' : '\n';
    const text = this.bodyLines(0, new Set()).join('\n');
    const lines = this.random.chance(0.9) ? `${text}\n` : text;
    return end === '\n' ? lines : lines.replaceAll('\n', end);
  }

  private bodyLines(depth: number, taken: Set<string>): string[] {
    const lines: string[] = [];
    for (let left = this.random.below(depth === 0 ? 7 : 5); left > 0; left--) {
      const choice = this.random.below(10);
      if (choice === 0) lines.push('');
      else if (choice === 1) lines.push(`${this.blanks()}${this.lineComment()}`);
      else if (choice <= 3 && depth < 4) lines.push(...this.block(depth));
      else lines.push(this.attribute(depth, taken));
    }
    return lines;
  }

  private block(depth: number): string[] {
    const labels = this.random.times(2, () => `${this.space()}${this.label()}`).join('');
    const header = `${this.blanks()}${this.blockType()}${labels}${this.blanks()}`;
    switch (this.random.below(5)) {
      case 0:
        return [`${header}{${this.blanks()}}${this.trailing()}`];
      case 1:
        return [`${header}{ ${this.name()}${this.equals()}${this.expression(2, true)} }${this.trailing()}`];
      default:
        return [
          `${header}{${this.trailing()}`,
          ...this.bodyLines(depth + 1, new Set()),
          `${this.blanks()}}${this.trailing()}`,
        ];
    }
  }

  private attribute(depth: number, taken: Set<string>): string {
    let name = this.name();
    while (taken.has(name)) name += this.random.pick(['_x', 'a', '1']);
    taken.add(name);
    const start = `${this.blanks()}${this.random.chance(0.03) ? '/* n */ ' : ''}${name}${this.equals()}`;
    if (this.random.chance(0.08)) return `${start}${this.heredoc(depth)}`;
    return `${start}${this.expression(3, false)}${this.trailing()}`;
  }

  private expression(depth: number, oneLine: boolean): string {
    if (depth <= 0) return this.atom();
    const inner = (): string => this.expression(depth - 1, oneLine);
    const s = (): string => this.blanks();
    switch (this.random.below(17)) {
      case 0:
        return `${inner()}${this.operator()}${inner()}`;
      case 1:
        return `${this.random.pick(['-', '!', '- ', '! '])}${inner()}`;
      case 2:
        return `(${s()}${inner()}${s()})`;
      case 3:
        return `[${this.list(inner, oneLine)}]`;
      case 4:
      case 5:
        return this.object(inner, oneLine);
      case 6:
        return `${this.random.pick(['f', 'merge', 'provider::a::f'])}${this.random.pick(['(', ' ('])}${this.list(inner, oneLine)})`;
      case 7:
        return `${inner()}${s()}?${s()}${inner()}${this.space()}:${s()}${inner()}`;
      case 8:
        return `[${s()}for x in ${inner()}${s()}:${s()}${inner()}${this.random.chance(0.3) ? ` if ${inner()}` : ''}${s()}]`;
      case 9:
        return `{${s()}for k,${s()}v in ${inner()} :${s()}${this.atom()}${s()}=>${s()}${inner()}${this.random.pick(['', '...', ' ...'])}${s()}}`;
      case 10:
      case 11:
        return this.quoted(inner);
      case 12:
        return `${this.reference()}[${s()}${this.key(inner)}${s()}]`;
      default:
        return this.atom();
    }
  }

  /** Terraform's formatter deletes the key of `x[true]`, so that no text is expected for it. */
  private key(inner: () => string): string {
    const key = inner();
    return ['true', 'false', 'null'].includes(key) ? '"k"' : key;
  }

  private list(inner: () => string, oneLine: boolean): string {
    const items = this.random.times(3, inner);
    if (oneLine || this.random.chance(0.6)) return items.join(`${this.blanks()},${this.blanks()}`);
    const comments = (): string => (this.random.chance(0.15) ? ` ${this.lineComment()}` : '');
    return `${comments()}\n${items.map((item) => `${this.blanks()}${item},${comments()}\n`).join('')}${this.blanks()}`;
  }

  private object(inner: () => string, oneLine: boolean): string {
    const items = this.random.times(
      3,
      () =>
        `${this.random.pick(['a', 'bcd', '"e f"', '(g)', 'hh.i', '"${j}"'])}${this.random.chance(0.15) ? `${this.blanks()}:${this.blanks()}` : this.equals()}${inner()}`,
    );
    if (oneLine || this.random.chance(0.4))
      return `{${this.blanks()}${items.join(`,${this.blanks()}`)}${this.blanks()}}`;
    const body = items.map(
      (item) => `${this.blanks()}${item}${this.random.pick(['', '', ','])}${this.trailing()}\n`,
    );
    return `{${this.trailing()}\n${body.join('')}${this.blanks()}}`;
  }

  private quoted(inner: () => string): string {
    const parts = this.random.times(2, () => {
      switch (this.random.below(5)) {
        case 0:
          return this.random.pick(['x', 'a b', '$', '%', '$${y}', '\\n', '日本', ' ', '-']);
        case 1:
          return `%{${this.blanks()}if ${this.atom()}${this.blanks()}}t%{${this.random.pick(['~', ''])} endif }`;
        default:
          return `\${${this.random.pick(['', '~'])}${this.blanks()}${inner()}${this.blanks()}${this.random.pick(['', '~'])}}`;
      }
    });
    return `"${parts.join('')}"`;
  }

  private heredoc(depth: number): string {
    const lines = this.random.times(3, () =>
      this.random.pick(['text', '  indented ${ x+1 }', '%{ if a }y%{ endif }', '', '"q" $${z}']),
    );
    const indented = this.random.chance(0.5);
    const close = `${indented ? ' '.repeat(depth) : ''}EOT`;
    return `<<${indented ? '-' : ''}EOT\n${[...lines, close].join('\n')}`;
  }

  private atom(): string {
    switch (this.random.below(6)) {
      case 0:
        return this.random.pick(['1', '2.5', '1e3', '042']);
      case 1:
        return this.random.pick(['true', 'false', 'null']);
      case 2:
        return this.random.pick(['"x"', '""', '"a-b"', '"日本"']);
      default:
        return this.reference();
    }
  }

  private reference(): string {
    return this.random.pick([
      'var.a',
      'x',
      'local.b',
      'aws_x.y[0].z',
      'x.*.y',
      'x[*].id',
      'x.0.y',
      'each.value',
    ]);
  }

  private operator(): string {
    const operator = this.random.pick([
      '+',
      '-',
      '*',
      '/',
      '%',
      '==',
      '!=',
      '<',
      '<=',
      '>',
      '>=',
      '&&',
      '||',
    ]);
    return operator === '-' ? ` - ` : `${this.blanks()}${operator}${this.blanks()}`;
  }

  private label(): string {
    return this.random.pick(['"a"', 'b', '"c d"', '"e\\"f"', 'list']);
  }

  private blockType(): string {
    return this.random.pick(['resource', 'variable', 'b', 'locals', 'data']);
  }

  private name(): string {
    return this.random.pick(['a', 'bb', 'type', 'long_name', 'count', 'default', '日本', 'x-y']);
  }

  private equals(): string {
    return `${this.blanks()}=${this.blanks()}`;
  }

  private trailing(): string {
    if (this.random.chance(0.15)) return `${this.blanks()}${this.lineComment()}`;
    return this.random.chance(0.04) ? ' /* b */' : this.random.pick(['', '', '', ' ', '\t']);
  }

  private lineComment(): string {
    return this.random.pick(['# c', '// d', '#', '# e = f  ', '## 日本']);
  }

  private blanks(): string {
    return this.random.pick(['', ' ', ' ', '  ', '\t', '    ']);
  }

  private space(): string {
    return this.random.pick([' ', '  ']);
  }
}
