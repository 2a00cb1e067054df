/** What VS Code gives a page: messages to the host, and a state that survives hiding and reloading. */
interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The page's end of its protocol. `State` is what a reload may lose without harm: zoom, selection, a slider. */
export interface Host<ToHost, State> {
  send(message: ToHost): void;
  /** What was saved last; every field may be missing, because an older version of the page may have saved it. */
  savedState(): Partial<State>;
  saveState(state: State): void;
}

/** The types of one page: what it hears, what it says, what it remembers. */
interface Protocol {
  readonly toPage: { readonly type: string };
  readonly toHost: { readonly type: string };
  readonly state: object;
}

/**
 * Listens to the host. Say `ready` once the page can take messages: the host answers with the whole state.
 */
export function connect<Page extends Protocol>(
  onMessage: (message: Page['toPage']) => void,
): Host<Page['toHost'], Page['state']> {
  const api = acquireVsCodeApi();
  // What the page is about stays in its state: from it the host makes the page anew after a reload of the window.
  const subject = document.body.dataset.subject ?? '';
  api.setState({ ...objectOf(api.getState()), subject });
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isMessage(event.data)) onMessage(event.data);
  });
  return {
    send: (message) => {
      api.postMessage(message);
    },
    savedState: () => objectOf(api.getState()),
    saveState: (state) => {
      api.setState({ ...state, subject });
    },
  };
}

/** The element that the host's page provides for everything. */
export function pageRoot(): HTMLElement {
  const root = document.getElementById('app');
  if (root === null) throw new Error('The page has no element with the id "app".');
  return root;
}

/** Calls back when the colours change, so that a canvas can be drawn again. */
export function onThemeChange(callback: () => void): void {
  new MutationObserver(callback).observe(document.body, {
    attributes: true,
    attributeFilter: ['class', 'data-vscode-theme-id'],
  });
}

/** A colour of the theme: `themeColour('--vscode-charts-blue', '#3794ff')`. */
export function themeColour(name: string, otherwise: string): string {
  const value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  return value === '' ? otherwise : value;
}

/** Whether the person asked for less motion. */
export function prefersLessMotion(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}

function objectOf(state: unknown): object {
  return typeof state === 'object' && state !== null ? state : {};
}

function isMessage(data: unknown): data is { readonly type: string } {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}
