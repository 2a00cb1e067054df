import 'uplot/dist/uPlot.min.css';
import './style.css';
import { connect, onThemeChange, pageRoot } from '../page';
import type { TrainingState, TrainingToHost, TrainingToPage } from '../protocol';
import { TrainingView } from './view';

interface SavedState {
  readonly smoothing: number;
}

class TrainingPage {
  private state: TrainingState | undefined;
  private readonly view: TrainingView;
  private readonly host = connect<{ toPage: TrainingToPage; toHost: TrainingToHost; state: SavedState }>(
    (message) => {
      this.receive(message);
    },
  );

  constructor(root: HTMLElement) {
    this.view = new TrainingView({
      send: (message) => {
        this.host.send(message);
      },
      smoothed: (smoothing) => {
        this.host.saveState({ smoothing });
      },
    });
    const { smoothing } = this.host.savedState();
    if (smoothing !== undefined) this.view.smooth(smoothing);
    root.append(this.view.element);
    onThemeChange(() => {
      this.view.recolour();
    });
    this.host.send({ type: 'ready' });
  }

  private receive(message: TrainingToPage): void {
    if (message.type === 'state') this.state = message.state;
    else if (this.state !== undefined) {
      const points =
        message.points.length === 0 ? this.state.points : [...this.state.points, ...message.points];
      this.state = { ...this.state, ...message.change, points };
    }
    if (this.state !== undefined) this.view.show(this.state);
  }
}

new TrainingPage(pageRoot());
