import type { Page } from '@playwright/test';
import { expect } from '@playwright/test';

import { test } from './story.ts';
import { tallElephants, Trader } from './trader.ts';

/** A replay of three days. */
const slowJuly = 'A slow July';

/** Keeps the page's scripts back until what is answered is called. */
async function holdScripts(page: Page): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/assets/*.js', async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

test('without a script, what was refused comes back to be mended, and never a password', async ({
  visitor,
}) => {
  const { page } = await visitor({ script: false });
  const email = page.getByLabel('Email');
  const password = page.getByLabel('Password', { exact: true });

  await page.goto('/register');
  await page.getByLabel('Name').fill('Nila Noscript');
  await email.fill('nila@example.com');
  await password.fill('short');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(password).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Name')).toHaveValue('Nila Noscript');
  await expect(email).toHaveValue('nila@example.com');
  await expect(password).toHaveValue('');

  for (const [path, button] of [
    ['/login', 'Log in'],
    ['/restore', 'Restore account'],
  ] as const) {
    await page.goto(path);
    await email.fill('nila@example.com');
    await password.fill('not mine');
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('Email or password is wrong');
    await expect(email).toHaveValue('nila@example.com');
    await expect(password).toHaveValue('');
  }

  // A browser takes this for an address, and the platform does not.
  await page.goto('/forgot-password');
  await email.fill('nila@example');
  await page.getByRole('button', { name: 'Send the letter' }).click();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveValue('nila@example');
});

test('the speed of a replay is set before the page is alive, and without a script', async ({
  page,
  visitor,
}) => {
  const trader = new Trader(page);
  await trader.register('Speedy Sana', 'sana@example.com');
  await trader.createReplay(slowJuly, '60× real time');
  const speed = page.getByLabel(`Speed of ${slowJuly}`);

  await test.step('a choice that the page’s script comes too late for is heard all the same', async () => {
    const release = await holdScripts(page);
    await page.goto('/replays', { waitUntil: 'commit' });
    await speed.selectOption({ label: '10× real time' });
    const told = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().includes('/replays'),
    );
    release();
    expect((await told).postData()).toContain('speed=10');
    await trader.isLive();
    await page.reload();
    await expect(speed).toHaveValue('10');
  });

  await test.step('where no script ever comes, a button sends it', async () => {
    const other = await visitor({ script: false });
    await other.logIn('sana@example.com', tallElephants);
    await expect(other.heading('Dashboard')).toBeVisible();
    await other.page.goto('/replays');
    const choice = other.page.getByLabel(`Speed of ${slowJuly}`);
    await choice.selectOption({ label: '300× real time' });
    await other.page.getByRole('button', { name: `Set this speed for ${slowJuly}` }).click();
    await expect(other.page).toHaveURL(/\/replays$/);
    await expect(choice).toHaveValue('300');
  });
});

test('without a script, the form of limits stands open with its answer', async ({ visitor }) => {
  await (await visitor()).register('Lata Limits', 'lata@example.com');
  const trader = await visitor({ script: false });
  const { page } = trader;
  await trader.logIn('lata@example.com');
  await expect(trader.heading('Dashboard')).toBeVisible();
  await page.goto('/risk');
  const form = page.getByRole('form', { name: 'Limits: All you trade' });
  const [orders, loss] = [form.getByLabel('Orders today'), form.getByLabel('Day’s loss (₹)')];
  const save = form.getByRole('button', { name: 'Save limits' });
  await trader.panel('All you trade').getByText('Change limits').click();

  await loss.fill('5,000');
  await orders.fill('1.5');
  await save.click();
  await expect(orders).toHaveAttribute('aria-invalid', 'true');
  await expect(orders).toBeVisible();
  await expect(orders).toHaveValue('1.5');
  await expect(loss).toHaveValue('5,000');

  await orders.fill('3');
  await save.click();
  await expect(form.getByRole('status')).toContainText('The limits are saved');
  await expect(orders).toBeVisible();
  await expect(orders).toHaveValue('3');
});
