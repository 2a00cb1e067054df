import { button, element, icon } from '../dom';
import type { InferenceState } from '../protocol';
import { curlLine } from './ranking';

export interface ServerActions {
  readonly start: () => void;
  readonly stop: () => void;
  readonly copy: (text: string) => void;
}

const words: Readonly<Record<InferenceState['server']['status'], string>> = {
  stopped: 'Stopped',
  starting: 'Starting',
  running: 'Running',
  failed: 'Failed',
};

/** The server behind the panel: its state, where it answers, and how to ask it from a shell. */
export class ServerView {
  readonly element: HTMLElement;
  private readonly status = element('span', { class: 'status', role: 'status' });
  private readonly url = element('code', { class: 'url' });
  private readonly start: HTMLButtonElement;
  private readonly stop: HTMLButtonElement;
  private readonly failure = element('div', { class: 'notice error hidden', role: 'alert' });
  private readonly command = element('code', {});
  private readonly shell: HTMLElement;
  private readonly copied = element('span', { class: 'copied muted', role: 'status' });

  constructor(actions: ServerActions) {
    this.start = button({ kind: 'primary', icon: 'play', label: 'Start Server', onClick: actions.start });
    this.stop = button({ icon: 'stop', label: 'Stop Server', onClick: actions.stop });
    const copy = button({
      kind: 'icon',
      icon: 'copy',
      label: 'Copy the command',
      onClick: () => {
        actions.copy(this.command.textContent);
        this.copied.textContent = 'Copied';
        setTimeout(() => {
          this.copied.textContent = '';
        }, 2000);
      },
    });
    this.shell = element(
      'div',
      { class: 'shell' },
      element('p', { class: 'muted' }, 'From a terminal ', this.copied),
      element('div', { class: 'command' }, this.command, copy),
    );
    this.element = element(
      'section',
      { class: 'server card', 'aria-label': 'Inference server' },
      element(
        'div',
        { class: 'server-head' },
        element('h2', {}, 'Server'),
        this.status,
        this.url,
        this.stop,
        this.start,
      ),
      this.failure,
      this.shell,
    );
  }

  show(server: InferenceState['server']): void {
    this.status.textContent = words[server.status];
    this.status.className = `status ${server.status}`;
    this.start.classList.toggle('hidden', server.status === 'running' || server.status === 'starting');
    this.stop.classList.toggle('hidden', server.status === 'stopped' || server.status === 'failed');
    this.url.textContent = server.status === 'running' ? server.url : '';
    this.shell.classList.toggle('hidden', server.status !== 'running');
    if (server.status === 'running') this.command.textContent = curlLine(server.url);
    this.failure.classList.toggle('hidden', server.status !== 'failed');
    if (server.status === 'failed')
      this.failure.replaceChildren(icon('error'), element('p', {}, server.error));
  }
}
