import { posix } from 'node:path';

/**
 * The arrows of design.md section 1 between the rooms of the house:
 * core <- app <- api, worker, cli; adapters see core and app's ports; only compose.ts files join app
 * with adapters; api and worker never see each other; web knows only what is generated from the
 * schema.
 */
export interface Import {
  /** Path of the importing file from the root, with '/'. */
  readonly file: string;
  /** As written. */
  readonly specifier: string;
}

/** Folders of adapters that every process may use by itself: they carry no business. */
const infrastructure = ['env', 'log', 'clock', 'postgres', 'secrets'];

/** What adapters may know of app: what it asks of the world, and the shapes that go over. */
const portsOfApp =
  /^app\/(ports\/.*|actor\.ts|token\.ts|audit\/chain\.ts|jobs\.ts|records\.ts|views\/.*|failures\.ts|runs\/packed-equity\.ts|optimisations\/packed-trials\.ts|events\/snapshot\.ts)$/;

/** Where a worker thread begins: the compose.ts of that thread. */
const threadEntry = /^adapters\/threads\/[a-z-]+-thread\.ts$/;

/** Why an import is wrong; null: it is right. */
export function fault({ file, specifier }: Import): string | null {
  const [room = ''] = file.split('/');
  const target = targetOf(file, specifier);
  const isTest = /\.test\.tsx?$/.test(file);
  if (target === null) {
    return isTest ? null : packageFault(room, specifier);
  }
  const [targetRoom = ''] = target.split('/');
  if (targetRoom === room) return null;
  // Tests beside the source may read bundled data and documents.
  if (isTest && !rooms.has(targetRoom)) return null;
  return roomFault(file, room, target, targetRoom);
}

const rooms = new Set(['core', 'app', 'adapters', 'api', 'worker', 'cli', 'web', 'prisma']);

function roomFault(file: string, room: string, target: string, targetRoom: string): string | null {
  switch (room) {
    case 'core':
      return 'core sees nothing but itself';
    case 'app':
      return targetRoom === 'core' ? null : 'app sees core only';
    case 'adapters':
      if (targetRoom === 'core' || portsOfApp.test(target)) return null;
      if (targetRoom === 'app' && threadEntry.test(file)) return null;
      return 'adapters see core and what app asks of the world';
    case 'api':
    case 'worker':
      if (targetRoom === 'core' || targetRoom === 'app') return null;
      return targetRoom === 'adapters' ? adapterFault(file, target) : `${room} sees core and app`;
    case 'cli':
      if (['core', 'app', 'prisma'].includes(targetRoom)) return null;
      return targetRoom === 'adapters' ? adapterFault(file, target) : 'cli runs them, and sees app';
    case 'prisma':
      return ['core', 'app', 'adapters'].includes(targetRoom) ? null : 'prisma sees adapters';
    case 'web':
      return 'web knows the schema only';
    default:
      // tests, bench and the configuration at the root look wherever they must.
      return null;
  }
}

function adapterFault(file: string, target: string): string | null {
  if (posix.basename(file) === 'compose.ts') return null;
  const [, folder = ''] = target.split('/');
  return infrastructure.includes(folder) ? null : 'only compose.ts files join app with adapters';
}

/** core and app are pure: exact decimals, for app hashing and comparing, and nothing of the machine. */
function packageFault(room: string, specifier: string): string | null {
  const allowed = room === 'app' ? ['decimal.js', 'node:crypto', 'node:util'] : ['decimal.js'];
  if (room !== 'core' && room !== 'app') return null;
  return allowed.includes(specifier) ? null : `${room} is pure: no ${specifier}`;
}

/** The imported file from the root; null: a package. */
function targetOf(file: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return posix.join(posix.dirname(file), specifier);
  const workspace = /^@nandax\/(.+)$/.exec(specifier);
  if (workspace !== null) return workspace[1] ?? null;
  return specifier.startsWith('#app/') ? `web/app/${specifier.slice(5)}` : null;
}
