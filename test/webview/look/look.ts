/**
 * Photographs the three pages with sample messages, outside of VS Code, to be looked at while working on them:
 *
 *   npx tsx test/webview/look/look.ts OUT-FOLDER [part of a shot's name]
 *
 * Needs a Chromium: the one named in CHROMIUM, else `chromium` where Debian installs it.
 */
import { build } from 'esbuild';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { shots } from './shots';
import type { Shot } from './shots';
import { bodyClass, themes } from './themes';
import type { ThemeName } from './themes';

const webview = path.join(__dirname, '../../../webview');

async function main([out, wanted = '']: readonly string[]): Promise<void> {
  if (out === undefined) throw new Error('Name the folder for the pictures.');
  mkdirSync(out, { recursive: true });
  const bundles = mkdtempSync(path.join(os.tmpdir(), 'terratrain-look-'));
  const pages = ['graph', 'training', 'inference'].map((page) => ({
    in: path.join(webview, page, 'main.ts'),
    out: page,
  }));
  await build({
    entryPoints: pages,
    outdir: bundles,
    bundle: true,
    format: 'iife',
    target: 'chrome120',
    logLevel: 'warning',
  });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    for (const shot of shots()) {
      for (const theme of shot.themes ?? (['dark', 'light'] as const)) {
        if (`${shot.name}-${theme}`.includes(wanted)) await take(browser, bundles, shot, theme, out);
      }
    }
  } finally {
    await browser.close();
    rmSync(bundles, { recursive: true, force: true });
  }
}

async function take(
  browser: Browser,
  bundles: string,
  shot: Shot,
  theme: ThemeName,
  out: string,
): Promise<void> {
  const page = await browser.newPage({ viewport: { width: shot.width ?? 1000, height: shot.height ?? 760 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  const address = 'http://page.test/';
  await page.route(`${address}**`, (route) => {
    const file = new URL(route.request().url()).pathname.slice(1);
    if (file === '') return route.fulfill({ contentType: 'text/html', body: hostPage(shot.page, theme) });
    const body =
      file === 'theme.css'
        ? themeStyle(theme)
        : file === 'api.js'
          ? apiScript
          : readFileSync(path.join(bundles, file), 'utf8');
    return route.fulfill({ contentType: file.endsWith('.css') ? 'text/css' : 'text/javascript', body });
  });
  await page.goto(address);
  for (const message of shot.messages) {
    await page.evaluate((data) => {
      window.postMessage(data, '*');
    }, message);
  }
  await page.waitForTimeout(300);
  await shot.act?.(page);
  await page.waitForTimeout(300);
  await page.screenshot({ path: path.join(out, `${shot.name}-${theme}.png`) });
  await page.close();
  const seen = complaints.length === 0 ? '' : `: ${complaints.join(' | ')}`;
  process.stdout.write(`${shot.name}-${theme}${seen}\n`);
}

/** The same document and policy as the extension gives its panels. */
function hostPage(page: string, theme: ThemeName): string {
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-n'; style-src http://page.test; img-src http://page.test data: blob:; font-src http://page.test">
<link rel="stylesheet" href="theme.css"><link rel="stylesheet" href="${page}.css"></head>
<body class="${bodyClass[theme]}"><main id="app"></main>
<script nonce="n" src="api.js"></script><script nonce="n" src="${page}.js"></script></body></html>`;
}

function themeStyle(theme: ThemeName): string {
  const variables = Object.entries(themes[theme]).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `:root { ${variables.join(' ')} color-scheme: ${theme === 'light' ? 'light' : 'dark'}; }`;
}

const apiScript = `
window.sent = [];
let state;
window.acquireVsCodeApi = () => ({ postMessage: (m) => { window.sent.push(m); }, getState: () => state, setState: (s) => { state = s; } });
`;

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
