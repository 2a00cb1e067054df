/**
 * A type of Terraform's value system in the JSON form that Terraform itself uses
 * (`terraform providers schema -json`, plugin protocol).
 */
export type CtyType =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | readonly ['list' | 'set' | 'map', CtyType]
  | readonly ['object', Readonly<Record<string, CtyType>>]
  | readonly ['object', Readonly<Record<string, CtyType>>, readonly string[]]
  | readonly ['tuple', readonly CtyType[]];

/** The type as a person writes it in HCL: `list(string)`, `object({ name = string })`, `any`. */
export function typeToString(type: CtyType): string {
  if (typeof type === 'string') return type === 'dynamic' ? 'any' : type;
  switch (type[0]) {
    case 'object': {
      const optional = new Set(type[2] ?? []);
      const members = Object.entries(type[1]).map(
        ([name, member]) =>
          `${name} = ${optional.has(name) ? `optional(${typeToString(member)})` : typeToString(member)}`,
      );
      return members.length === 0 ? 'object({})' : `object({ ${members.join(', ')} })`;
    }
    case 'tuple':
      return `tuple([${type[1].map(typeToString).join(', ')}])`;
    default:
      return `${type[0]}(${typeToString(type[1])})`;
  }
}
