import type { Declaration } from '../../terraform/model';
import { checkContext, tokenMembers } from '../../terraform/stacks/checkContext';
import type { GivenValue } from '../../terraform/stacks/checkContext';
import type { Traversal } from '../../terraform/traversal';
import { afterStep, detailOf, membersOf, typeShape, unknown } from '../shapes';
import type { Member, Shape } from '../shapes';

/** What reading a declaration of a deployment configuration gives, where only HCP Terraform makes it. */
export function stackShape({ kind }: Declaration): Shape {
  switch (kind) {
    case 'identity_token':
      return given(tokenMembers);
    case 'store':
      return storeShape;
    default:
      return unknown;
  }
}

/** What `context` is in the condition of a check. */
export function contextShape(): Shape {
  return given(checkContext);
}

/** The member of `context` at a step of a traversal. */
export function contextMember({ steps }: Traversal, step: number): Member | undefined {
  const pointed = steps[step];
  const before = steps.slice(0, step).reduce(afterStep, contextShape());
  return pointed?.kind === 'name' ? membersOf(before).find(({ name }) => name === pointed.name) : undefined;
}

/** Its keys are known to HCP Terraform alone. */
const storeShape: Shape = {
  kind: 'object',
  complete: false,
  members: () => [
    {
      name: 'stable',
      shape: unknown,
      detail: 'the same values, kept in the state',
      description:
        'Without it a value is only known during the operation. What was read through `stable` once cannot be read without it.',
    },
  ],
};

function given(values: Readonly<Record<string, GivenValue>>): Shape {
  return {
    kind: 'object',
    complete: true,
    members: () =>
      Object.entries(values).map(([name, { type, description }]): Member => {
        const shape = typeShape(type);
        return { name, shape, detail: detailOf(shape), description };
      }),
  };
}
