import type { DemoAccount } from '../demo-account.ts';
import type { ChosenPort } from './ports.ts';

/** What a person needs to know once everything runs. */
export interface Running {
  readonly web: ChosenPort;
  readonly api: ChosenPort;
  /** Which database, without its password. */
  readonly database: string;
  readonly redis: boolean;
  readonly folder: string;
  /** Null: this database has no demo account. */
  readonly demo: DemoAccount | null;
  readonly seconds: number;
}

/** Says in plain words what runs where and how to log in. */
export function bannerOf({ web, api, database, redis, folder, demo, seconds }: Running): string {
  const queue = redis
    ? 'queue and live updates on Redis'
    : 'queue and live updates on the same PostgreSQL';
  return [
    '',
    `NandaX is ready (${seconds.toFixed(1)} s).`,
    '',
    `  Open       http://localhost:${web.port}${instead(web)}`,
    `  GraphQL    http://localhost:${api.port}/graphql${instead(api)}`,
    `  Database   ${database}; ${queue}`,
    `  Data       ${folder} (what each process says: its folder "logs")`,
    demo === null
      ? '  Log in     with your account; who has none registers on the first page'
      : `  Log in     ${demo.email}, password ${demo.password}`,
    '',
    'Ctrl-C stops everything, the database last.',
    '',
  ].join('\n');
}

function instead({ insteadOf }: ChosenPort): string {
  return insteadOf === null ? '' : ` (port ${insteadOf} is in use)`;
}
