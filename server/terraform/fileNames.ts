import path from 'node:path';
import { dialectOf } from './dialect';

/** Whether a file of that name is part of its directory's module. */
export function isConfigName(name: string): boolean {
  return dialectOf(name) === 'configuration';
}

/** Override files change what other files declare (`override.tf`, `west_override.tf.json`). */
export function isOverride(file: string): boolean {
  return /^(.*_)?override\.(tf|tofu)(\.json)?$/.test(path.basename(file));
}

/** Whether a file is written in HCL's JSON notation. */
export function isJsonConfig(file: string): boolean {
  return file.endsWith('.json') && dialectOf(file) !== undefined;
}

/** Whether a file gives values to variables. */
export function isVariablesName(file: string): boolean {
  return dialectOf(file) === 'variables';
}

/** Whether only OpenTofu reads a file of that name. */
export function isOpenTofuName(name: string): boolean {
  return /\.tofu(\.json)?$/.test(name);
}

/**
 * The files of a module, sorted. Where `main.tf` and `main.tofu` are both there, OpenTofu reads only the latter;
 * Terraform reads only the former. A `.tofu` file without such a twin always counts.
 */
export function configNames(names: readonly string[], isOpenTofu: boolean): string[] {
  const all = new Set(names);
  const isReplaced = (name: string): boolean =>
    isOpenTofuName(name)
      ? !isOpenTofu && all.has(name.replace(/\.tofu(\.json)?$/, '.tf$1'))
      : isOpenTofu && all.has(name.replace(/\.tf(\.json)?$/, '.tofu$1'));
  return names.filter((name) => isConfigName(name) && !isReplaced(name)).sort();
}
