import type { CompletionItem } from './completionItems';
import type { StringPlace } from './stringPlace';

/** Constraints that a known version suggests: its minor releases, its major, that or newer, and itself alone. */
export function versionItems(version: string, origin: string, at: StringPlace): CompletionItem[] {
  const [major = '0', minor = '0'] = version.split('.');
  const constraints: [string, string][] = [
    [`~> ${major}.${minor}`, `${major}.${minor} or newer, below ${String(Number(major) + 1)}.0`],
    [`~> ${version}`, `${version} or newer, below ${major}.${String(Number(minor) + 1)}`],
    [`>= ${version}`, `${version} or newer`],
    [version, 'this version alone'],
  ];
  if (minor !== '0') constraints.splice(1, 0, [`~> ${major}.0`, `any ${major}`]);
  return constraints.map(([label, says], index) => ({
    label,
    kind: 'value',
    range: at.range,
    insert: `${label}${at.closing}`,
    detail: `${says} (${version} is ${origin})`,
    group: index / 100,
  }));
}
