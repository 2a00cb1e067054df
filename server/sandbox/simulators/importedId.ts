import { idForms } from './awsNames';

/** What the identifier of an imported object says about its arguments: a bucket's is its name. */
export function attributesInId(type: string, id: string): Readonly<Record<string, string>> {
  const form = idForms[type];
  if (form === undefined || !/^\{\w+\}([:/_,|]\{\w+\})*$/.test(form)) return {};
  const names = [...form.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const pattern = form.replaceAll(/\{\w+\}/g, '(.+?)').replaceAll('|', '\\|');
  const values = new RegExp(`^${pattern}$`).exec(id)?.slice(1) ?? [];
  return Object.fromEntries(
    names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]]])),
  );
}
