import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface ComposeFile {
  services: Record<string, Record<string, unknown>>;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
// Compose follows `<<` as YAML 1.1 defines it.
const readCompose = () => parse(read('docker-compose.yml'), { merge: true }) as ComposeFile;

/*
 * The schema of the Compose Specification (github.com/compose-spec/compose-spec,
 * schema/compose-spec.json at 58a2548c, Apache-2.0) as the package dclint ships it, unchanged.
 */
const dclint = dirname(createRequire(import.meta.url).resolve('dclint/package.json'));
const schema = JSON.parse(
  readFileSync(join(dclint, 'schemas/compose.schema.json'), 'utf8'),
) as Record<string, unknown>;
// It names draft 7 by an https address, which Ajv knows only by its http one.
delete schema['$schema'];
const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);

describe('docker-compose.yml', () => {
  it('follows the Compose Specification', () => {
    validate(readCompose());

    expect(validate.errors ?? []).toEqual([]);
  });

  it.each<[fault: string, path: string, change: (services: ComposeFile['services']) => void]>([
    [
      'a misspelt key',
      '/services/redis',
      ({ redis }) => Object.assign(redis ?? {}, { healtcheck: {} }),
    ],
    [
      'a condition nobody can meet',
      '/services/web/depends_on/api/condition',
      ({ web }) => Object.assign(web ?? {}, { depends_on: { api: { condition: 'ready' } } }),
    ],
    [
      'a number for an image',
      '/services/postgres/image',
      ({ postgres }) => Object.assign(postgres ?? {}, { image: 18 }),
    ],
  ])('would not pass with %s', (_fault, path, change) => {
    const file = readCompose();
    change(file.services);

    expect(validate(file)).toBe(false);
    expect(validate.errors?.map(({ instancePath }) => instancePath)).toContain(path);
  });

  it('lets services wait only for services it has', () => {
    const { services } = readCompose();
    const awaited = Object.values(services).flatMap(({ depends_on: others = {} }) =>
      Object.keys(others as object),
    );

    expect(awaited).not.toEqual([]);
    expect(Object.keys(services)).toEqual(expect.arrayContaining(awaited));
  });

  it('takes from .env only what .env.example explains', () => {
    const taken = [...read('docker-compose.yml').matchAll(/\$\{(\w+)/g)].map(([, name]) => name);
    const explained = [...read('.env.example').matchAll(/^(\w+)=/gm)].map(([, name]) => name);

    expect(taken).not.toEqual([]);
    expect(explained).toEqual(expect.arrayContaining(taken));
  });
});

describe('Dockerfile', () => {
  it('copies the manifest of every workspace before it installs', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] };
    const manifests = [...read('Dockerfile').matchAll(/^COPY (\w+)\/package\.json/gm)];

    expect(manifests.map(([, workspace]) => workspace)).toEqual(workspaces);
  });
});
