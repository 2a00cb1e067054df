import type { Random } from '../../test/hcl/random';
import { ARGUMENTS, FUNCTIONS, NOUNS, QUALIFIERS, RESOURCES } from './words';

/** Expressions as they are common in modules. */
export class ValueWriter {
  constructor(private readonly random: Random) {}

  /** An expression on one line. */
  inline(): string {
    switch (this.random.below(16)) {
      case 0:
      case 1:
      case 2:
        return `"${this.random.pick(QUALIFIERS)}-${this.random.pick(NOUNS)}"`;
      case 3:
        return this.random.pick(['true', 'false', 'null']);
      case 4:
        return String(this.random.below(4096));
      case 5:
        return this.template();
      case 6:
        return this.call();
      case 7:
        return this.conditional();
      case 8:
        return `"${this.random.pick(['arn:aws:iam::aws:policy/AmazonEKSClusterPolicy', '10.0.0.0/16', 't3.medium', 'registry.example.com/models/classifier:v1.4.2', this.random.chance(0.02) ? '東京の学習用クラスター' : 'eu-central-1'])}"`;
      case 9:
        return `{ ${this.argument()} = ${this.reference()} }`;
      case 10:
        return `[${this.reference()}, ${this.reference()}]`;
      default:
        return this.reference();
    }
  }

  reference(): string {
    const noun = this.random.pick(NOUNS);
    switch (this.random.below(8)) {
      case 0:
        return `local.${noun}_${this.argument()}`;
      case 1:
        return `module.${noun}.${this.argument()}`;
      case 2:
        return `${this.random.pick(RESOURCES)}.${noun}[0].${this.argument()}`;
      case 3:
        return `${this.random.pick(RESOURCES)}.${this.random.pick(QUALIFIERS)}.arn`;
      case 4:
        return `each.value.${this.argument()}`;
      case 5:
        return `aws_subnet.${noun}[*].id`;
      default:
        return `var.${noun}_${this.argument()}`;
    }
  }

  /** Over several lines, unless `oneLine`. */
  list(depth: number, oneLine: boolean): string {
    const items = Array.from({ length: 2 + this.random.below(4) }, () =>
      this.random.chance(0.6) ? `"${this.random.pick(NOUNS)}-${this.random.below(100)}"` : this.reference(),
    );
    if (oneLine) return `[${items.join(', ')}]`;
    const inner = '  '.repeat(depth + 1);
    return `[\n${items.map((item) => `${inner}${item},\n`).join('')}${'  '.repeat(depth)}]`;
  }

  forExpression(depth: number): string {
    const over = this.reference();
    if (this.random.chance(0.5)) return `[for item in ${over} : item.${this.argument()} if item.enabled]`;
    const inner = '  '.repeat(depth + 1);
    return `{\n${inner}for key, value in ${over} : key => value.${this.argument()}\n${'  '.repeat(depth)}}`;
  }

  private template(): string {
    return this.random.pick([
      `"\${var.${this.random.pick(NOUNS)}_name}-${this.random.pick(NOUNS)}"`,
      `"arn:\${data.aws_partition.current.partition}:s3:::\${${this.reference()}}/*"`,
      `"%{ if var.enabled }on%{ else }off%{ endif }"`,
      `"\${local.prefix}/\${each.key}/\${lower(${this.reference()})}"`,
    ]);
  }

  private call(): string {
    const name = this.random.pick(FUNCTIONS);
    const inner = this.random.chance(0.3) ? `${this.random.pick(FUNCTIONS)}(${this.reference()}, [])` : '{}';
    return `${name}(${this.reference()}, ${inner})`;
  }

  private conditional(): string {
    const test = this.random.pick(['var.create', 'length(var.names) > 0', 'local.enabled && !var.dry_run']);
    return `${test} ? ${this.reference()} : ${this.random.pick(['null', '""', '[]', this.reference()])}`;
  }

  private argument(): string {
    return this.random.pick(ARGUMENTS);
  }
}
