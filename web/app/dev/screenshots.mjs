// Takes pictures of the pages on the fake server (or on BASE_URL) with a local Chromium: for eyes, not for tests.
import { mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';

const base = process.env.BASE_URL ?? 'http://localhost:8090';
const folder = process.env.OUT ?? '/tmp/handoff-screenshots';
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
mkdirSync(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });

async function visit(name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) console.log(name, message.type(), message.text());
  });
  page.on('pageerror', (error) => console.log(name, 'page error', error.message));
  const shoot = (step) => page.screenshot({ path: `${folder}/${name}-${step}.png` });
  const ask = async (text) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(text);
    await page.keyboard.press('Enter');
  };
  const whenAnswered = () => page.getByRole('button', { name: 'Send message' }).waitFor({ timeout: 30_000 });

  await page.goto(`${base}/ai/chat/`);
  await page.getByRole('heading', { name: 'Log in' }).waitFor();
  await page.getByRole('button', { name: /asha@demo.test/ }).waitFor();
  await shoot('1-login');
  await page.getByLabel('Username').fill('asha@demo.test');
  await page.getByLabel('Password').fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('alert').getByText('Wrong username').waitFor();
  await shoot('2-login-refused');
  await page.getByRole('button', { name: /asha@demo.test/ }).click();
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('What can I help with?').waitFor();
  await shoot('3-empty');
  await ask('What is 2x = 8?');
  await page.getByText('Analyzing image…').waitFor();
  await shoot('4-waiting');
  await page.getByText('Check it').waitFor();
  await shoot('5-streaming');
  await whenAnswered();
  await shoot('6-answer');
  await ask('offline please');
  await page.getByText('Half an hour').waitFor();
  await shoot('7-word-by-word');
  await page.getByText('Answered offline').waitFor();
  await page.getByRole('button', { name: 'Generate question' }).click();
  await shoot('8-question-mode');
  await ask('linear equations');
  await page.getByText('SAT PRACTICE QUESTION').waitFor();
  await ask('maybe');
  await page.getByText('Please enter A, B, C, or D').waitFor();
  await shoot('9-question');
  await ask('A');
  await page.getByText('Explanation:').waitFor();
  await shoot('10-verdict');
  await page.locator('input[type=file]').setInputFiles([
    {
      name: 'problem.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    },
    { name: 'notes.gif', mimeType: 'image/gif', buffer: Buffer.from('broken') },
    { name: 'essay.txt', mimeType: 'text/plain', buffer: Buffer.from('text') },
  ]);
  await page.getByText('Invalid file type').waitFor();
  await shoot('11-images');
  await page.getByText('Uploading…').waitFor({ state: 'detached' });
  await ask('fail on this picture');
  await page.getByText('Sorry, I encountered an error').waitFor();
  await shoot('12-failed');
  await ask('busy script');
  await page.getByText('The AI is busy').waitFor();
  await shoot('13-busy');
  await page.reload();
  await page.getByText('The AI is busy').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('You stopped').waitFor();
  await shoot('14-stopped');
  await ask('never');
  await page.getByText('Request timed out').waitFor({ timeout: 90_000 });
  await shoot('15-timed-out');
  const shortcuts = page.getByRole('button', { name: 'Shortcuts' });
  if (await shortcuts.isVisible()) {
    await shortcuts.click();
    await page.getByRole('dialog').waitFor();
    await shoot('16-shortcuts');
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: /^Account/ }).click();
  await shoot('17-account');
  await page.getByRole('menuitem', { name: 'Home' }).click();
  await page.getByText('Slow AI work').waitFor();
  await shoot('18-home');
  await page.goto(`${base}/nowhere/`);
  await page.getByText('Page not found').waitFor();
  await shoot('19-missing');
  await context.close();
}

const only = process.argv[2];
const visits = {
  'light-wide': { colorScheme: 'light', viewport: { width: 1280, height: 800 } },
  'dark-phone': {
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
  },
  'dark-wide': { colorScheme: 'dark', viewport: { width: 1280, height: 800 } },
  'light-phone': {
    colorScheme: 'light',
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    hasTouch: true,
  },
};
for (const [name, options] of Object.entries(visits))
  if (only === undefined || only === name) await visit(name, options);
await browser.close();
