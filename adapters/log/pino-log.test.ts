import { expect, test } from 'vitest';
import { createLog } from './pino-log.ts';

test('secrets are redacted wherever they stand, and errors keep their stack', () => {
  const lines: string[] = [];
  const log = createLog({
    process: 'api',
    level: 'info',
    destination: { write: (line) => void lines.push(line) },
  });
  log
    .child({ requestId: 'r1' })
    .warn({ user: { password: 'hunter2' }, error: new Error('broken') }, 'refused');
  const line = JSON.parse(lines[0] ?? '') as Record<string, unknown>;
  expect(line).toMatchObject({
    process: 'api',
    level: 'warn',
    requestId: 'r1',
    msg: 'refused',
    user: { password: '[redacted]' },
    error: { message: 'broken' },
  });
});
