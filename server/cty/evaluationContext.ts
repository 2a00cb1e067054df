import type { Expression } from '../hcl/syntax';
import type { Range } from '../text/range';
import type { EvaluationError, Scope } from './scope';
import type { Value } from './value';
import { unknownValue } from './value';

type Evaluator = (expression: Expression, context: EvaluationContext) => Value;

/** What is left to spend, shared by all contexts of one evaluation. */
interface Budget {
  expressions: number;
}

/** Deeper than any configuration, and far from the end of the stack. */
const deepest = 400;
const defaultLimit = 2_000_000;

/** One evaluation in progress: the names in reach, and the errors so far. */
export class EvaluationContext {
  private seen: Set<string> | undefined;
  readonly errors: EvaluationError[] = [];

  private constructor(
    readonly scope: Scope,
    private readonly variables: ReadonlyMap<string, Value>,
    private readonly evaluator: Evaluator,
    private readonly budget: Budget,
    private depth: number,
  ) {}

  static start(scope: Scope, evaluator: Evaluator): EvaluationContext {
    const budget = { expressions: scope.limit ?? defaultLimit };
    return new EvaluationContext(scope, new Map(), evaluator, budget, 0);
  }

  /** The expression's value. Its errors are added to the context's. */
  evaluate(expression: Expression): Value {
    if (this.depth >= deepest) {
      return this.fail(
        expression.range,
        'too-deep',
        `This expression is nested in ${deepest.toString()} others, more than can be evaluated. Give a part of it a name with a local value.`,
      );
    }
    if (--this.budget.expressions < 0) {
      return this.fail(
        expression.range,
        'too-long',
        'Evaluating this takes too many steps, so its value is not shown. Use smaller collections in nested for expressions.',
      );
    }
    this.depth++;
    const value = this.evaluator(expression, this);
    this.depth--;
    return value;
  }

  /** The value of a name that starts a traversal. */
  variable(name: string): Value | undefined {
    return this.variables.get(name) ?? this.scope.variable(name);
  }

  /** Notes an error, once, and gives the value that stands for anything. */
  fail(range: Range, code: string, message: string): Value {
    this.add({ range, code, message });
    return unknownValue('dynamic');
  }

  add(error: EvaluationError): void {
    const key = `${error.range.start.toString()}:${error.range.end.toString()}:${error.code}:${error.message}`;
    this.seen ??= new Set();
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.errors.push(error);
  }

  addAll(errors: readonly EvaluationError[]): void {
    for (const error of errors) this.add(error);
  }

  /** The same place with errors of its own, for what may turn out not to matter. */
  apart(): EvaluationContext {
    return new EvaluationContext(this.scope, this.variables, this.evaluator, this.budget, this.depth);
  }

  /** A place inside, with errors of its own, where these names hide others. */
  within(variables: Iterable<readonly [string, Value]>): EvaluationContext {
    const all = new Map([...this.variables, ...variables]);
    return new EvaluationContext(this.scope, all, this.evaluator, this.budget, this.depth);
  }
}
