import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { artifacts } from './codeServer';

/** What a person does in VS Code, in steps that wait for what they need. */
export class Workbench {
  private pictures = 0;

  private readonly folder: string;

  /** @param name of the suite: its pictures lie together, and those of an earlier run are gone */
  constructor(
    readonly page: Page,
    name: string,
  ) {
    this.folder = path.join(artifacts, 'screenshots', name);
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder, { recursive: true });
  }

  /** Saves what is on the screen as `out/screenshots/SUITE/NN-name.png`. */
  async picture(name: string): Promise<void> {
    this.pictures += 1;
    await this.page.screenshot({
      path: path.join(this.folder, `${String(this.pictures).padStart(2, '0')}-${name}.png`),
    });
  }

  /** Opens a file of the workspace by its path through Quick Open. */
  async openFile(file: string): Promise<void> {
    await this.quickInput('Control+P', file);
    await this.page
      .locator('.quick-input-list .monaco-list-row', { hasText: path.basename(file) })
      .first()
      .click();
    await this.page.locator(`.tab.active[data-resource-name="${path.basename(file)}"]`).waitFor();
    await this.page.locator('.editor-group-container.active .view-lines').first().waitFor();
  }

  /** Runs a command by its title, as typed into the palette. */
  async command(title: string): Promise<void> {
    await this.quickInput('F1', `>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().click();
  }

  /** Opens the quick input with a key and fills it; opens it again when something closed it in between. */
  private async quickInput(key: string, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    const input = widget.locator('input').first();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await this.page.keyboard.press(key);
      const filled = await input
        .fill(text, { timeout: 3000 })
        .then(() => true)
        .catch(() => false);
      if (filled && (await widget.isVisible())) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`The quick input never took "${text}".`);
  }

  /** Chooses an entry of an open quick pick. */
  async pick(text: string): Promise<void> {
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first().click();
  }

  /** Puts the cursor at the end of a line, numbered from 1. */
  async goToLine(line: number): Promise<void> {
    await this.quickInput('Control+G', `:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('End');
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 15 });
  }

  /** Asks for completion until an entry is offered; the language server may still be starting. */
  async completion(label: string): Promise<void> {
    const entry = this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await this.page.keyboard.press('Control+Space');
      const shown = await entry
        .waitFor({ timeout: 1500 })
        .then(() => true)
        .catch(() => false);
      if (shown) return;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`Completion never offered "${label}".`);
  }

  /** Opens the quick fixes at the cursor until one is offered; what arrives in the meantime closes them. */
  async quickFix(title: string): Promise<Locator> {
    const fix = this.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    for (let attempt = 0; attempt < 10; attempt += 1) {
      await this.page.keyboard.press('Control+.');
      const shown = await fix
        .waitFor({ timeout: 2000 })
        .then(() => true)
        .catch(() => false);
      if (shown) return fix;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`No quick fix "${title}" was offered.`);
  }

  /** The text of the active editor as drawn. */
  async editorText(): Promise<string> {
    const lines = this.page.locator('.editor-group-container.active .view-lines').first();
    return ((await lines.textContent()) ?? '').replaceAll('\u00a0', ' ');
  }

  /** Waits until the active editor draws a text. */
  async textIs(wanted: RegExp): Promise<void> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      if (wanted.test(await this.editorText())) return;
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The editor never showed ${String(wanted)}. It shows:\n${await this.editorText()}`);
  }

  /** Waits until the terminal's text holds all of `texts`, and returns it. */
  async terminal(texts: readonly (string | RegExp)[], timeout = 120_000): Promise<string> {
    const end = Date.now() + timeout;
    let text = '';
    while (Date.now() < end) {
      text = await this.terminalText();
      if (texts.every((each) => (typeof each === 'string' ? text.includes(each) : each.test(text))))
        return text;
      await this.page.waitForTimeout(250);
    }
    throw new Error(`The terminal never showed ${texts.map(String).join(', ')}. It shows:\n${text}`);
  }

  private async terminalText(): Promise<string> {
    const rows = this.page.locator('.terminal-wrapper.active .xterm-rows > div');
    const lines = await rows.allTextContents();
    return lines.map((line) => line.replaceAll('\u00a0', ' ').trimEnd()).join('\n');
  }

  /** The visible document of a page; it is another one after a reload of the window. */
  async webview(name: 'graph' | 'training' | 'inference'): Promise<Frame> {
    for (let attempt = 0; attempt < 300; attempt += 1) {
      for (const frame of this.page.frames()) {
        if (await isShown(frame, name)) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`The page "${name}" never appeared.`);
  }

  /** Replaces the whole text of the active editor. */
  async replaceAll(text: string): Promise<void> {
    await this.page.locator('.editor-group-container.active .view-lines').first().click();
    await this.page.keyboard.press('Control+A');
    // Pasting keeps VS Code from closing brackets and indenting, which typing would do.
    await this.page.evaluate((value) => navigator.clipboard.writeText(value), text);
    await this.page.keyboard.press('Control+V');
  }

  /** Takes back what was typed into a file since it was saved. */
  async revert(file?: string): Promise<void> {
    if (file !== undefined) await this.page.locator(`.tab[data-resource-name="${file}"]`).first().click();
    await this.command('File: Revert File');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
  }

  /** Puts the cursor `offset` characters into the first occurrence of a text. */
  async placeCursor(text: string, offset: number): Promise<void> {
    await this.page.keyboard.press('Control+F');
    const input = this.page.locator('.find-widget.visible textarea').first();
    await input.waitFor();
    await input.fill(text);
    await this.page.keyboard.press('Enter');
    await this.page.keyboard.press('Escape');
    await this.page.keyboard.press('ArrowLeft');
    for (let step = 0; step < offset; step += 1) await this.page.keyboard.press('ArrowRight');
  }

  /** Opens the documentation beside the list of completions, where it is not open yet. */
  async showDetails(): Promise<void> {
    const details = this.page.locator('.suggest-details-container').first();
    if (!(await details.isVisible())) await this.page.keyboard.press('Control+Space');
    await details.waitFor();
  }

  async dialogButton(label: string): Promise<void> {
    await this.page
      .locator('.monaco-dialog-box .dialog-buttons a, .monaco-dialog-box .monaco-button', { hasText: label })
      .first()
      .click();
  }

  async notification(text: string): Promise<void> {
    await this.page
      .locator('.notification-toast, .notifications-center', { hasText: text })
      .first()
      .waitFor();
    // It slides in.
    await this.page.waitForTimeout(700);
  }
}

/** VS Code shows a page two frames deep, and keeps the frames of hidden ones. */
async function isShown(frame: Frame, name: string): Promise<boolean> {
  try {
    if ((await frame.title()) !== name) return false;
    const host = await frame.parentFrame()?.frameElement();
    return (await host?.isVisible()) === true;
  } catch (error) {
    // Frames come and go while they are looked at.
    if (error instanceof Error) return false;
    throw error;
  }
}
