import { createServer } from 'node:net';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { Installation } from './installation.ts';

const installation = new Installation();
afterAll(() => installation.remove());

const answers = async (url: string) => (await fetch(url, { redirect: 'manual' })).status;

test('a fresh data folder comes up whole, and the terminal says what runs where', async () => {
  const started = await installation.start();
  const said = await started.ready();
  const { web, api } = started.ports;
  expect(said).toContain(`http://localhost:${web}`);
  expect(said).toContain(`http://localhost:${api}/graphql`);
  expect(said).toContain(installation.home);
  const password = (await readFile(join(installation.home, 'demo-password'), 'utf8')).trim();
  expect(said).toContain(`demo@nandax.local, password ${password}`);
  expect(await answers(`http://localhost:${web}/login`)).toBe(200);
});

test('a second start on the same data folder refuses in plain words', async () => {
  const second = await installation.start();
  expect(await second.ended()).toBe(1);
  expect(second.said).toMatch(/already runs on .* \(process \d+\)/);
});

test('after everything was killed at once the next start heals, with the same data', async () => {
  installation.killEverything();
  const started = await installation.start();
  await started.ready();
  expect(await answers(`http://localhost:${started.ports.web}/login`)).toBe(200);

  // Ctrl-C, and nothing is left.
  started.supervisor.kill('SIGINT');
  expect(await started.ended()).toBe(0);
  expect(started.said).toMatch(/Stopped\.\s*$/);
  // A process that has ended may be listed for a moment more.
  await expect.poll(() => installation.processes()).toEqual([]);
});

test('when the supervisor alone is killed its processes end by themselves', async () => {
  const started = await installation.start();
  await started.ready();
  started.supervisor.kill('SIGKILL');
  await started.ended();
  const isOurs = async (pid: number) =>
    (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('main.ts');
  await expect
    .poll(async () => (await Promise.all(installation.processes().map(isOurs))).some(Boolean))
    .toBe(false);
});

test('a port that was asked for and is taken ends the start with a clear word', async () => {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? String(address.port) : '';
  const started = await installation.start({ PORT: port });
  expect(await started.ended()).toBe(1);
  expect(started.said).toContain(`Port ${port}, asked for by PORT, is already in use`);
  server.close();
});

test('settings that make no sense are all named at once', async () => {
  const started = await installation.start({ PORT: 'web', LOG_LEVEL: 'loud' });
  expect(await started.ended()).toBe(1);
  expect(started.said).toContain('PORT must be a port number');
  expect(started.said).toContain('LOG_LEVEL must be');
});
