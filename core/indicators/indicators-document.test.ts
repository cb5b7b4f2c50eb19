import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describeIndicators } from './describe-indicators.ts';

it('docs/indicators.md says of every indicator what its definition says', async () => {
  const kept = new URL('../../docs/indicators.md', import.meta.url);
  // To write it anew: npx vitest run --update core/indicators/indicators-document.test.ts
  await expect(describeIndicators()).toMatchFileSnapshot(kept.pathname);
  expect(await readFile(kept, 'utf8')).toContain('`rsi`');
});
