import { expect, type Page } from '@playwright/test';

import { test } from './story.ts';
import { Trader } from './trader.ts';

/** Everything that the browser's policy stops on a page, as the browser tells it. */
function violationsOf(page: Page): string[] {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) violations.push(message.text());
  });
  page.on('pageerror', (error) => violations.push(error.message));
  return violations;
}

test('pages run under a policy that lets in scripts of ours only, and breaks nothing', async ({
  page,
}) => {
  const violations = violationsOf(page);
  const login = await page.goto('/login');
  const policy = login?.headers()['content-security-policy'] ?? '';
  const directives = new Map(
    policy.split(';').map((directive) => {
      const [name = '', ...sources] = directive.trim().split(/\s+/);
      return [name, sources];
    }),
  );
  const [own, nonce, ...others] = directives.get('script-src') ?? [];
  expect([own, others]).toEqual(["'self'", []]);
  expect(nonce).toMatch(/^'nonce-[\w+/]{22}=='$/);
  expect(directives.get('style-src')).not.toContain("'unsafe-inline'");
  for (const name of ['base-uri', 'frame-ancestors', 'object-src']) {
    expect(directives.get(name)).toEqual(["'none'"]);
  }
  expect(directives.get('form-action')).toEqual(["'self'"]);
  // By HTTP, a promise of HTTPS would lock people out.
  expect(login?.headers()['strict-transport-security']).toBeUndefined();

  // The next page has a nonce of its own.
  const again = await page.goto('/login');
  expect(again?.headers()['content-security-policy']).not.toBe(policy);

  const trader = new Trader(page);
  await trader.logInAsDemo();
  // The live connection is there, and then charts with their mark: both need more than markup.
  await trader.createCrossover('Under a policy');
  await trader.backtest();
  await expect(page.locator('#tv-attr-logo').first()).toBeVisible();
  expect(violations).toEqual([]);
});

test('a script that somebody smuggled into a page does not run', async ({ page }) => {
  const violations = violationsOf(page);
  await page.goto('/login');
  await page.evaluate(`
    const script = document.createElement('script');
    script.textContent = 'document.title = "smuggled"';
    document.body.append(script);
    const image = document.createElement('img');
    image.setAttribute('onerror', 'document.title = "smuggled"');
    image.src = 'data:,';
    document.body.append(image);
  `);
  await expect.poll(() => violations.length).toBe(2);
  await expect(page).not.toHaveTitle('smuggled');
});
