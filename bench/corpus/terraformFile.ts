import type { Random } from '../../test/hcl/random';
import { ARGUMENTS, NESTED, NOUNS, QUALIFIERS, RESOURCES, SENTENCES } from './words';
import { ValueWriter } from './values';

/** How a file is written: by hand, by a careful module author, for deployment data, or before it was formatted. */
type Style = 'plain' | 'documented' | 'dense' | 'unformatted';

const STYLES: readonly [Style, ...Style[]] = ['plain', 'documented', 'documented', 'dense', 'unformatted'];

/**
 * A valid Terraform file of at least `length` characters: resources, data, modules, variables, outputs and locals with
 * the density of published modules (about 0.16 tree entries a character, 460 characters a block, 35 a line).
 */
export function terraformFile(random: Random, length: number): string {
  return new FileWriter(random, random.pick(STYLES)).write(length);
}

class FileWriter {
  private readonly lines: string[] = [];
  private readonly values: ValueWriter;
  private readonly taken = new Set<string>();
  private size = 0;

  constructor(
    private readonly random: Random,
    private readonly style: Style,
  ) {
    this.values = new ValueWriter(random);
  }

  write(length: number): string {
    if (this.style === 'documented') this.licence();
    while (this.size < length) {
      this.topLevel();
      this.line(0, '');
    }
    return `${this.lines.join('\n')}\n`;
  }

  private topLevel(): void {
    if (this.random.chance(this.style === 'documented' ? 0.5 : 0.1)) this.comment(0);
    switch (this.random.below(10)) {
      case 0:
      case 1:
        this.variable();
        return;
      case 2:
        this.output();
        return;
      case 3:
        this.block(0, 'locals', () => {
          this.arguments(1, 1 + this.random.below(4));
        });
        return;
      case 4:
        this.module();
        return;
      case 5:
        this.block(0, `data "${this.random.pick(RESOURCES)}" "${this.unique()}"`, () => {
          this.arguments(1, 1 + this.random.below(3));
        });
        return;
      default:
        this.resource();
    }
  }

  private resource(): void {
    this.block(0, `resource "${this.random.pick(RESOURCES)}" "${this.unique()}"`, () => {
      if (this.random.chance(0.3)) {
        this.assign(1, [['count', `var.create_${this.random.pick(NOUNS)} ? 1 : 0`]]);
        this.line(0, '');
      }
      this.arguments(1, 2 + this.random.below(7));
      for (let left = this.random.below(3); left > 0; left--) this.nested();
      if (this.random.chance(0.4)) {
        this.line(0, '');
        this.object(1, 'tags');
      }
      if (this.random.chance(0.15)) {
        this.line(0, '');
        this.block(1, 'lifecycle', () => {
          this.assign(2, [['create_before_destroy', 'true']]);
        });
      }
    });
  }

  private nested(): void {
    this.line(0, '');
    const dynamic = this.random.chance(0.25);
    const type = this.random.pick(NESTED);
    if (!dynamic) {
      this.block(1, type, () => {
        this.arguments(2, 1 + this.random.below(4));
      });
      return;
    }
    this.block(1, `dynamic "${type}"`, () => {
      this.assign(2, [['for_each', `var.${this.random.pick(NOUNS)}_${type}s`]]);
      this.line(0, '');
      this.block(2, 'content', () => {
        const names = this.names(1 + this.random.below(3));
        this.assign(
          3,
          names.map((name) => [name, `lookup(${type}.value, "${name}", null)`]),
        );
      });
    });
  }

  private module(): void {
    this.block(0, `module "${this.unique()}"`, () => {
      this.assign(1, [
        ['source', '"../../modules/network"'],
        ['version', '"~> 5.8"'],
      ]);
      this.line(0, '');
      this.arguments(1, 3 + this.random.below(8));
      this.object(1, 'tags');
    });
  }

  private variable(): void {
    this.block(0, `variable "${this.unique()}"`, () => {
      const type = this.random.pick(['string', 'bool', 'number', 'list(string)', 'map(any)', 'any']);
      this.assign(1, [
        ['description', `"${this.random.pick(SENTENCES)}"`],
        ['type', type],
        ['default', 'null'],
      ]);
      if (!this.random.chance(0.2)) return;
      this.line(0, '');
      this.block(1, 'validation', () => {
        this.assign(2, [
          ['condition', 'length(var.name) > 0 && length(var.name) < 64'],
          ['error_message', `"${this.random.pick(SENTENCES)}."`],
        ]);
      });
    });
  }

  private output(): void {
    this.block(0, `output "${this.unique()}"`, () => {
      this.assign(1, [
        ['description', `"${this.random.pick(SENTENCES)}"`],
        ['value', this.values.reference()],
      ]);
    });
  }

  private arguments(depth: number, count: number): void {
    const names = this.names(count);
    const together: [string, string][] = [];
    for (const name of names) {
      if (this.style === 'documented' && this.random.chance(0.08)) {
        this.assign(depth, together.splice(0));
        this.comment(depth);
      }
      if (this.random.chance(0.04)) {
        this.assign(depth, together.splice(0));
        this.heredoc(depth, name);
      } else together.push([name, this.value(depth)]);
    }
    this.assign(depth, together);
  }

  private value(depth: number): string {
    if (this.random.chance(0.12)) return this.values.list(depth, this.style === 'dense');
    if (this.random.chance(0.06)) return this.values.forExpression(depth);
    return this.values.inline();
  }

  private object(depth: number, name: string): void {
    this.line(depth, `${name} = merge(`);
    this.line(depth + 1, 'var.tags,');
    this.line(depth + 1, '{');
    const items = this.names(1 + this.random.below(3));
    this.assign(
      depth + 2,
      items.map((item) => [item, this.values.inline()]),
    );
    this.line(depth + 1, '},');
    this.line(depth, ')');
  }

  private heredoc(depth: number, name: string): void {
    this.line(depth, `${name} = <<-EOT`);
    this.line(depth + 1, '#!/bin/bash');
    for (let left = 2 + this.random.below(6); left > 0; left--) {
      const word = this.random.pick(NOUNS);
      this.line(
        depth + 1,
        this.random.pick([
          `export ${word.toUpperCase()}="\${var.${word}_name}"`,
          `systemctl enable --now ${word}.service`,
          `/usr/local/bin/start ${word} --region \${data.aws_region.current.name} || exit 1`,
          `%{ if var.debug ~}set -x%{ endif ~}`,
        ]),
      );
    }
    this.line(depth, 'EOT');
  }

  /** Lines of a body with their `=` in one column, unless the file was never formatted. */
  private assign(depth: number, pairs: readonly (readonly [string, string])[]): void {
    const width = pairs.reduce((most, [name]) => Math.max(most, name.length), 0);
    for (const [name, value] of pairs) {
      const loose = this.style === 'unformatted';
      const gap = loose ? this.random.pick(['', ' ', '   ']) : ' '.repeat(width - name.length + 1);
      const trailing = this.random.chance(0.02) ? ` # ${this.random.pick(NOUNS)}` : '';
      this.line(loose ? this.random.below(4) : depth, `${name}${gap}= ${value}${trailing}`);
    }
  }

  private block(depth: number, header: string, body: () => void): void {
    this.line(depth, `${header} {`);
    body();
    this.line(depth, '}');
  }

  private comment(depth: number): void {
    for (let left = 1 + this.random.below(2); left > 0; left--)
      this.line(depth, `# ${this.random.pick(SENTENCES)}.`);
  }

  private licence(): void {
    if (this.random.chance(0.5)) {
      this.line(0, '/**');
      this.line(0, ' * Copyright of the authors. Licensed under terms that are long enough to fill');
      this.line(0, ' * several lines at the beginning of every file, as is the custom.');
      this.line(0, ' */');
    } else this.line(0, '#'.repeat(80));
    this.line(0, '');
  }

  private names(count: number): string[] {
    const names = new Set<string>();
    while (names.size < count) names.add(this.random.pick(ARGUMENTS));
    return [...names];
  }

  private unique(): string {
    let name = `${this.random.pick(QUALIFIERS)}_${this.random.pick(NOUNS)}`;
    while (this.taken.has(name)) name += `_${this.random.below(10)}`;
    this.taken.add(name);
    return name;
  }

  private line(depth: number, text: string): void {
    const line = text === '' ? '' : `${'  '.repeat(depth)}${text}`;
    this.lines.push(line);
    this.size += line.length + 1;
  }
}
