import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';

import { expect } from '@playwright/test';

import { codeAt, wrongCodeAt } from '../kit/authenticator-app.ts';

import { ask, letterAbout, linkInLetter } from './outbox.ts';
import { test } from './story.ts';
import { tallElephants } from './trader.ts';

let people = 0;
/** An address that no other story uses. */
const somebody = (name: string) => `${name}.${(people += 1)}.${process.pid}@example.com`;

test('a newcomer registers, finds the letter in the outbox of the demo account, confirms, and logs in', async ({
  visitor,
}) => {
  const [newcomer, demo] = [await visitor(), await visitor()];
  const email = somebody('nila');
  const { page } = newcomer;

  await page.goto('/register');
  await page.getByLabel('Name').fill('Nila Newcomer');
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill('password');
  await page.getByRole('button', { name: 'Create account' }).click();
  // Refused, and the cursor stands where it has to be mended.
  await expect(page.getByLabel('Password')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Password')).toBeFocused();

  await page.getByLabel('Password').fill(tallElephants);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(newcomer.heading('Check your mail')).toBeVisible();
  await expect(page.getByText('outbox that the demo account shows')).toBeVisible();
  await newcomer.logIn(email);
  await expect(page.getByRole('alert')).toBeVisible();

  await linkInLetter(email, '/confirm');
  await demo.logInAsDemo();
  await demo.page.getByRole('button', { name: /^Account menu/ }).click();
  await demo.page.getByRole('link', { name: 'Outbox' }).click();
  const letter = demo.page.getByRole('region', { name: /Confirm your address/ }).first();
  await expect(letter).toContainText(email);
  const link = await letter.getByRole('link').first().getAttribute('href');

  const opened = await page.goto(link ?? '');
  expect(opened?.headers()['referrer-policy']).toContain('no-referrer');
  // The look of a mail scanner makes no account.
  const scanner = await visitor();
  await scanner.page.goto(link ?? '');
  await page.getByRole('button', { name: 'Confirm and make the account' }).click();
  await expect(newcomer.heading('Your account is ready')).toBeVisible();
  await newcomer.logIn(email);
  await newcomer.seesDashboard();

  await scanner.page.getByRole('button', { name: 'Confirm and make the account' }).click();
  await expect(scanner.page.getByRole('alert')).toContainText('used up');
  await page.goto('/outbox');
  await expect(newcomer.heading('There is nothing here.')).toBeVisible();
});

test('a forgotten password is replaced, and every device that was logged in is thrown out', async ({
  visitor,
}) => {
  const [here, there] = [await visitor(), await visitor()];
  const email = somebody('farid');
  await here.register('Farid Forgetful', email);

  const { page } = there;
  await page.goto('/login');
  await page.getByRole('link', { name: 'Forgotten your password?' }).click();
  await expect(there.heading('Forgotten your password?')).toBeVisible();
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Send the letter' }).click();
  await expect(there.heading('Check your mail')).toBeVisible();

  await page.goto(await linkInLetter(email, '/reset-password'));
  await page.getByLabel('New password').fill('eight small hedgehogs');
  await page.getByRole('button', { name: 'Change the password' }).click();
  await expect(there.heading('Your password is changed')).toBeVisible();
  await expect(here.heading('Log in')).toBeVisible();
  await expect(here.page.getByText('Your session has ended')).toBeVisible();

  await there.logIn(email);
  await expect(page.getByRole('alert')).toBeVisible();
  await there.logIn(email, 'eight small hedgehogs');
  await there.seesDashboard();
});

test('an authenticator app becomes the second factor: its codes log in, a recovery code does once', async ({
  visitor,
}) => {
  const trader = await visitor();
  const { page } = trader;
  const email = somebody('tara');
  await trader.register('Tara Twofold', email);

  await page.goto('/account/security');
  const panel = trader.panel('Authenticator app');
  await panel.getByLabel('Your password').fill('not mine');
  await panel.getByRole('button', { name: 'Set up the app' }).click();
  await expect(panel.getByLabel('Your password')).toBeFocused();
  await expect(panel.getByText('This is not your password.')).toBeVisible();
  await panel.getByLabel('Your password').fill(tallElephants);
  await panel.getByRole('button', { name: 'Set up the app' }).click();
  await expect(panel.getByRole('img', { name: /QR code/ })).toBeVisible();
  const secret = (await panel.getByLabel('Key for your app').innerText()).replace(/\s/g, '');
  // A code is good once, so the app is half a minute fast the second time.
  const code = (fastBySeconds = 0) => codeAt(secret, new Date(Date.now() + fastBySeconds * 1000));
  const wrongCode = wrongCodeAt(secret, new Date());

  await panel.getByLabel('Code that the app shows').fill(wrongCode);
  await panel.getByRole('button', { name: 'Turn it on' }).click();
  await expect(panel.getByText('That code is not right')).toBeVisible();
  await panel.getByLabel('Code that the app shows').fill(code());
  await panel.getByRole('button', { name: 'Turn it on' }).click();
  const codes = panel.getByRole('group', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const recoveryCode = await codes.first().innerText();
  await expect(panel.getByText('Set up', { exact: true })).toBeVisible();

  await trader.logOut();
  trader.moves();
  await trader.logIn(email);
  await expect(trader.heading('One more step')).toBeVisible();
  await page.getByLabel('Code of your authenticator app').fill(wrongCode);
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(page.getByText('4 attempts are left.')).toBeVisible();
  expect(new URL(page.url()).search).toBe('');
  await page.getByLabel('Code of your authenticator app').fill(code(30));
  await page.getByRole('button', { name: 'Log in', exact: true }).click();
  await trader.seesDashboard();

  const useRecoveryCode = async () => {
    await trader.logIn(email);
    await page.getByText('Use a recovery code').click();
    await page.getByLabel('Recovery code').fill(recoveryCode);
    await page.getByRole('button', { name: 'Log in with this code' }).click();
  };
  await trader.logOut();
  await useRecoveryCode();
  await trader.seesDashboard();
  await page.goto('/account/security');
  await expect(trader.panel('Recovery codes')).toContainText('9 left');
  await trader.logOut();
  await useRecoveryCode();
  await expect(page.getByText('it was used already')).toBeVisible();
});

test('a passkey is added and logs in without email or password, and as the second step', async ({
  visitor,
}) => {
  const trader = await visitor();
  const { page } = trader;
  const email = somebody('pia');
  await trader.register('Pia Passkey', email);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });

  await page.goto('/account/security');
  const panel = trader.panel('Passkeys');
  await panel.getByLabel('Name of the passkey').fill('Pocket');
  await panel.getByLabel('Your password').fill(tallElephants);
  await panel.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(panel.getByRole('listitem').filter({ hasText: 'Pocket' })).toBeVisible();
  await expect(
    panel.getByRole('group', { name: 'Recovery codes' }).getByRole('listitem'),
  ).toHaveCount(10);

  await trader.logOut();
  await page.getByRole('button', { name: 'Log in with a passkey' }).click();
  await trader.seesDashboard();

  await trader.logOut();
  await trader.logIn(email);
  await expect(trader.heading('One more step')).toBeVisible();
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await trader.seesDashboard();

  trader.moves();
  await page.goto('/account/security');
  await panel.getByRole('button', { name: 'Remove Pocket' }).click();
  const question = page.getByRole('dialog', { name: 'Remove Pocket?' });
  await question.getByLabel('Your password').fill(tallElephants);
  await question.getByRole('button', { name: 'Remove passkey' }).click();
  await expect(panel.getByText('Pocket')).toHaveCount(0);
  await trader.logOut();
  await trader.logIn(email);
  await trader.seesDashboard();
});

test('an API key is shown once, opens what its scopes say and nothing else, and ends when revoked', async ({
  visitor,
}) => {
  const trader = await visitor();
  const { page } = trader;
  await trader.register('Kiran Key', somebody('kiran'));

  await page.goto('/account/api-keys');
  const form = page.getByRole('form', { name: 'New API key' });
  await form.getByLabel('Name').fill('Notebook');
  await form.getByLabel('Your password').fill(tallElephants);
  await form.getByRole('button', { name: 'Create key' }).click();
  const shown = page.getByRole('group', { name: 'The key Notebook' });
  const secret = await shown.locator('code').last().innerText();
  const authorization = `Bearer ${secret.trim()}`;

  const portfolios = '{ portfolios { nodes { name } } }';
  expect(await ask(portfolios, {}, { authorization })).toEqual({
    portfolios: { nodes: [{ name: 'Paper' }] },
  });
  await expect(
    ask(
      `mutation { createPortfolio(input: { name: "x", initialCapital: "1.00" }) { __typename } }`,
      {},
      { authorization },
    ),
  ).rejects.toThrow(/scope|API key/i);

  await page.reload();
  await expect(page.getByText(secret.trim())).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke Notebook' }).click();
  await page
    .getByRole('dialog', { name: 'Revoke Notebook?' })
    .getByRole('button', { name: 'Revoke key' })
    .click();
  await expect(page.getByRole('table', { name: 'API keys' })).toContainText('Revoked');
  await expect(ask(portfolios, {}, { authorization })).rejects.toThrow(/ended/);
});

test('a device that is revoked in one browser is thrown out of the other at once', async ({
  visitor,
}) => {
  const [laptop, phone] = [await visitor(), await visitor()];
  const email = somebody('dev');
  await laptop.register('Dev Devices', email);
  await phone.logIn(email);
  await phone.seesDashboard();
  await phone.page.goto('/strategies');
  await phone.isLive();

  await laptop.page.goto('/account/security');
  await expect(laptop.panel('Devices')).toContainText('2 logged in');
  await laptop
    .panel('Devices')
    .getByRole('button', { name: /^Log out Chrome/ })
    .click();
  await laptop.page.getByRole('button', { name: 'Log it out' }).click();

  await expect(phone.heading('Log in')).toBeVisible();
  await expect(laptop.panel('Devices')).toContainText('1 logged in');
  await laptop.isLive();

  // The way back leads to where it was.
  await phone.page.getByLabel('Email').fill(email);
  await phone.page.getByLabel('Password').fill(tallElephants);
  await phone.page.getByRole('button', { name: 'Log in', exact: true }).click();
  await expect(phone.heading('Strategies')).toBeVisible();

  await laptop.page.getByRole('button', { name: 'Log out everywhere' }).first().click();
  await laptop.page
    .getByRole('dialog', { name: 'Log out everywhere?' })
    .getByRole('button', { name: 'Log out everywhere' })
    .click();
  await expect(laptop.heading('Log in')).toBeVisible();
  await expect(phone.heading('Log in')).toBeVisible();
});

test('an account is deleted, says so at the login, and is restored with its portfolio', async ({
  visitor,
}) => {
  const trader = await visitor();
  const { page } = trader;
  const email = somebody('lena');
  await trader.register('Lena Leaver', email);

  await page.goto('/account/delete');
  await page.getByLabel('Your password').fill('not mine');
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await expect(page.getByText('This is not your password.')).toBeVisible();
  await page.getByLabel('Your password').fill(tallElephants);
  await page.getByRole('button', { name: 'Delete my account' }).click();
  await expect(trader.heading('Your account is deleted')).toBeVisible();

  await trader.logIn(email);
  await expect(page.getByRole('alert')).toContainText('This account was deleted.');
  await page.getByRole('link', { name: 'Restore the account' }).click();
  await expect(trader.heading('Restore your account')).toBeVisible();
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password').fill(tallElephants);
  await page.getByRole('button', { name: 'Restore account' }).click();
  await expect(trader.heading('Your account is back')).toBeVisible();
  await trader.logIn(email);
  await trader.seesDashboard();
  await expect(trader.panel('Paper')).toBeVisible();
});

test('an administrator suspends an account: its open page is thrown out, and it opens again later', async ({
  visitor,
}) => {
  const [trader, administrator] = [await visitor(), await visitor()];
  const email = somebody('sam');
  await trader.register('Sam Suspended', email);
  await trader.page.goto('/admin');
  await expect(trader.heading('There is nothing here.')).toBeVisible();
  await trader.page.goto('/orders');
  await trader.isLive();

  await administrator.logInAsDemo();
  const { page } = administrator;
  await page.goto('/admin');
  await page.getByLabel('Search accounts').fill(email);
  await page.getByRole('button', { name: 'Search' }).click();
  await page.getByRole('link', { name: 'Sam Suspended' }).click();
  await expect(administrator.heading('Sam Suspended')).toBeVisible();
  await page.getByRole('button', { name: 'Suspend account' }).click();
  const question = page.getByRole('dialog', { name: 'Suspend Sam Suspended?' });
  await question.getByLabel('Reason').fill('Asked for by the exchange');
  await question.getByRole('button', { name: 'Suspend account' }).click();

  await expect(trader.heading('Log in')).toBeVisible();
  await trader.logIn(email);
  await expect(trader.page.getByRole('alert')).toContainText('suspended');
  await expect(page.getByText('Asked for by the exchange').first()).toBeVisible();
  await expect(page.getByRole('table', { name: 'Audit trail' })).toContainText('Account suspended');

  await page.getByRole('button', { name: 'Reinstate account' }).click();
  await expect(page.getByText('The account is open again.')).toBeVisible();
  await trader.logIn(email);
  await trader.seesDashboard();
});

test('a new address is confirmed by its letter, the name changes in the shell, and the trail tells and proves both', async ({
  visitor,
}) => {
  const trader = await visitor();
  const { page } = trader;
  const [email, moved] = [somebody('mira'), somebody('mira.moved')];
  await trader.register('Mira Mover', email);

  await page.goto('/account');
  await page.getByRole('form', { name: 'Name' }).getByLabel('Name').fill('Mira Moved');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('button', { name: 'Account menu of Mira Moved' })).toBeVisible();

  const form = page.getByRole('form', { name: 'Email' });
  await form.getByLabel('New email').fill(moved);
  await form.getByLabel('Your password').fill(tallElephants);
  await form.getByRole('button', { name: 'Change email' }).click();
  await expect(form.getByText(`A letter went to ${moved}.`)).toBeVisible();
  await page.goto(await linkInLetter(moved, '/confirm-email'));
  await page.getByRole('button', { name: 'Use this address' }).click();
  await expect(trader.heading('Your address is changed')).toBeVisible();
  await letterAbout(email, /address/i);

  await page.goto('/account/audit');
  const table = page.getByRole('table', { name: 'Audit trail' });
  await expect(table).toContainText('Profile changed');
  await expect(table).toContainText(moved);
  await page.getByLabel('What happened').selectOption({ label: 'Email changed' });
  await expect(table.locator('tbody tr')).toHaveCount(1);

  await page.goto('/account/audit');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export' }).click(),
  ]);
  const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
  const rows = lines
    .map((line) => JSON.parse(line) as { position: string; record: string; hash: string })
    .sort((one, other) => Number(one.position) - Number(other.position));
  expect(rows.map(({ position }) => Number(position))).toEqual(
    rows.map((_row, index) => index + 1),
  );
  let before = '0'.repeat(64);
  for (const { record, hash } of rows) {
    expect((JSON.parse(record) as unknown[])[0]).toBe(before);
    expect(createHash('sha256').update(record).digest('hex')).toBe(hash);
    before = hash;
  }
});

test('an address that tries too often is told how long to wait, and another one is not', async ({
  visitor,
}) => {
  const [hasty, other] = [await visitor(), await visitor()];
  const query = `mutation ($input: RequestPasswordResetInput!) {
    requestPasswordReset(input: $input) { __typename } }`;
  const refusal = hasty.page.getByRole('alert');
  // Where a minute begins between the ten and the one after them, the limit slides and lets it through.
  await expect(async () => {
    // As fast as a script of that address can, which a person could not.
    await Promise.all(
      Array.from({ length: 10 }, (_empty, attempt) => {
        const variables = { input: { email: `nobody.${attempt}@example.com` } };
        return hasty.page.request.post('/graphql', { data: { query, variables } });
      }),
    );
    await hasty.logIn('nobody@example.com');
    await expect(refusal).toBeVisible();
    await expect(refusal).toContainText(/Try again in \d+ seconds?/, { timeout: 2_000 });
  }).toPass({ timeout: 240_000 });
  await other.logIn('nobody@example.com');
  await expect(other.page.getByRole('alert')).toContainText('Email or password is wrong');
});

test('without a script, people log in, change their name, make an API key and revoke it', async ({
  visitor,
}) => {
  const email = somebody('nora');
  await (await visitor()).register('Nora Noscript', email);
  const trader = await visitor({ script: false });
  const { page } = trader;

  await trader.logIn(email, 'not mine');
  await expect(page.getByRole('alert')).toContainText('Email or password is wrong');
  await trader.logIn(email);
  await expect(trader.heading('Dashboard')).toBeVisible();

  await page.getByRole('button', { name: /^Account menu/ }).click();
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await page.getByRole('form', { name: 'Name' }).getByLabel('Name').fill('Nora Plain');
  await page.getByRole('button', { name: 'Save name' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'is changed' })).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'Account menu of Nora Plain' })).toBeVisible();

  await page.goto('/account/api-keys');
  const form = page.getByRole('form', { name: 'New API key' });
  await form.getByLabel('Name').fill('Script');
  await form.getByLabel('Your password').fill(tallElephants);
  await form.getByRole('button', { name: 'Create key' }).click();
  await expect(page.getByRole('group', { name: 'The key Script' })).toBeVisible();
  await page.getByRole('button', { name: 'Revoke Script' }).click();
  await page.getByRole('button', { name: 'Revoke key' }).click();
  await expect(page.getByRole('table', { name: 'API keys' })).toContainText('Revoked');
});
