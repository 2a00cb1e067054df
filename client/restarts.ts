import * as vscode from 'vscode';

/** So often within `soon` milliseconds, and starting again would only end the same way. */
const mostDeaths = 5;
const soon = 3 * 60_000;

/** Starts the language server again when it ends unexpectedly, and says so; gives up on one that cannot live. */
export class Restarts {
  private deaths: number[] = [];

  constructor(
    private readonly showLog: () => void,
    /** Starts it again although it was given up. */
    private readonly startAgain: () => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** The server ended; answers whether it is to be started again. */
  died(): boolean {
    const now = this.now();
    this.deaths = [...this.deaths.filter((time) => now - time < soon), now];
    if (this.deaths.length < mostDeaths) {
      void this.say(
        vscode.window.showWarningMessage(
          'The language server of Terratrain ended unexpectedly and was started again. The log says why.',
          'Show Log',
        ),
      );
      return true;
    }
    this.deaths = [];
    void this.say(
      vscode.window.showErrorMessage(
        `The language server of Terratrain ended ${mostDeaths} times within three minutes and stays stopped: completion and problems are missing until it is started again.`,
        'Start Again',
        'Show Log',
      ),
    );
    return false;
  }

  private async say(question: Thenable<string | undefined>): Promise<void> {
    const answer = await question;
    if (answer === 'Show Log') this.showLog();
    if (answer === 'Start Again') this.startAgain();
  }
}
