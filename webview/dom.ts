type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;
type Child = Node | string | undefined;

/** An element with attributes and children. `true` sets an attribute without a value, `false` and `undefined` none. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  setAttributes(node, attributes);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** The same for SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const node = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(node, attributes);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

export interface ButtonOptions {
  readonly label: string;
  readonly onClick: () => void;
  readonly kind?: 'primary' | 'secondary' | 'icon' | 'link';
  readonly icon?: IconName;
  /** Shown on hover; for an icon button also its name. */
  readonly title?: string;
}

/** A button as VS Code draws it. An icon button shows only its icon and is named by its label. */
export function button({
  label,
  onClick,
  kind = 'secondary',
  icon: name,
  title,
}: ButtonOptions): HTMLButtonElement {
  const isIcon = kind === 'icon';
  const node = element(
    'button',
    {
      type: 'button',
      class: `button ${kind}`,
      title: title ?? (isIcon ? label : undefined),
      'aria-label': isIcon ? label : undefined,
    },
    name === undefined ? undefined : icon(name),
    isIcon ? undefined : element('span', {}, label),
  );
  node.addEventListener('click', onClick);
  return node;
}

/** Outlines in a square of 16 units, drawn in the colour of the text around. */
const icons = {
  resource: 'M8 1.5 13.8 4.8v6.4L8 14.5 2.2 11.2V4.8zM2.2 4.8 8 8.1l5.8-3.3M8 8.1v6.4',
  data: 'M2.5 3.9c0-1.2 2.5-2.1 5.5-2.1s5.5.9 5.5 2.1S11 6 8 6 2.5 5.1 2.5 3.9zv8.2c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.9M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1',
  ephemeral: 'M4 1.8h8M4 14.2h8M5 1.8v2.4L8 8l-3 3.8v2.4M11 1.8v2.4L8 8l3 3.8v2.4',
  module: 'M1.8 3h4.4l1.6 2h6.4v8.2H1.8z',
  missing: 'M5.4 6a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.7M8 12.6v.6',
  variable:
    'M5.5 2.5c-2 0-2 1-2 2.5s0 3-1.5 3c1.5 0 1.5 1.5 1.5 3s0 2.5 2 2.5M10.5 2.5c2 0 2 1 2 2.5s0 3 1.5 3c-1.5 0-1.5 1.5-1.5 3s0 2.5-2 2.5',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 5.5v-3h3M10.5 2.5h3v3M13.5 10.5v3h-3M5.5 13.5h-3v-3',
  search: 'M7 2.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM10.3 10.3 14 14',
  save: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 12.5v1.5h11v-1.5',
  play: 'M4.5 2.8v10.4L13 8z',
  stop: 'M3.5 3.5h9v9h-9z',
  resume: 'M3 2.8v10.4M6 2.8v10.4L14 8z',
  folder: 'M1.8 3h4.4l1.6 2h6.4v8.2H1.8z',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  clear: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  check: 'M2.8 8.5 6.3 12l7-8',
  error: 'M8 1.8a6.2 6.2 0 1 1 0 12.4A6.2 6.2 0 0 1 8 1.8zM8 4.5v4.5M8 10.8v.8',
  file: 'M3.5 1.8h6l3 3v9.4h-9zM9.5 1.8v3h3',
  spark: 'M8 1.8 9.6 6.4 14.2 8 9.6 9.6 8 14.2 6.4 9.6 1.8 8l4.6-1.6z',
} as const;

export type IconName = keyof typeof icons;

export function iconPath(name: IconName): string {
  return icons[name];
}

export function icon(name: IconName): SVGSVGElement {
  return svg(
    'svg',
    { class: 'glyph', viewBox: '0 0 16 16', 'aria-hidden': 'true' },
    svg('path', { d: icons[name] }),
  );
}

function setAttributes(node: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? '' : String(value));
  }
}
