import { describe, expect, test } from 'vitest';
import { EnvironmentError, parseEnvironment } from './environment.ts';

describe('the environment', () => {
  test('an empty string counts as unset, so that the defaults serve', () => {
    const environment = parseEnvironment({ DATABASE_URL: '', LOG_LEVEL: '', WORKER_ROLES: '' });
    expect(environment.databaseUrl).toBeUndefined();
    expect(environment.logLevel).toBe('info');
    expect(environment.workerRoles).toEqual(['trading', 'agents', 'backtests', 'feed']);
  });

  test('every problem is named at once, with the variable and what was expected', () => {
    const parse = () =>
      parseEnvironment({ PORT: 'web', DATABASE_URL: 'mysql://x', WORKER_ROLES: 'trading,cooking' });
    expect(parse).toThrow(EnvironmentError);
    expect(parse).toThrow(/PORT must be a port number/);
    expect(parse).toThrow(/DATABASE_URL must be a connection string/);
    expect(parse).toThrow(/WORKER_ROLES must be a comma list of trading, agents/);
  });

  test('migrations go past the pooler when DIRECT_URL is given, else to DATABASE_URL', () => {
    const pooled = 'postgresql://pooler/nandax';
    expect(parseEnvironment({ DATABASE_URL: pooled }).directUrl).toBe(pooled);
    expect(
      parseEnvironment({ DATABASE_URL: pooled, DIRECT_URL: 'postgresql://server/nandax' })
        .directUrl,
    ).toBe('postgresql://server/nandax');
  });

  test('the result cannot be changed', () => {
    expect(Object.isFrozen(parseEnvironment({}))).toBe(true);
  });
});
