import { BlockList, isIP } from 'node:net';
import type { ApiKeyActor, Origin, UserActor } from '@nandax/app/actor.ts';
import type { ApiKeyStanding, SessionStanding } from '@nandax/app/ports/sessions.ts';
import { tokenHash, tokenPrefixes } from '@nandax/app/token.ts';
import type { UserView } from '@nandax/app/views/account.ts';
import { createLoaders } from '../loaders.ts';
import type { ApiPorts } from '../ports.ts';

/** Why a credential does not count. */
export type Refusal =
  /** It was good, and its time is over: a refreshed one will do. */
  | 'EXPIRED'
  /** It is unknown, was revoked, or its account is closed. */
  | 'REVOKED'
  /** An API key from an address it may not come from. */
  | 'ADDRESS_NOT_ALLOWED';

/** Someone whose credential counts. */
export interface Identity {
  readonly viewer: UserView;
  readonly actor: UserActor | ApiKeyActor;
  /** Set-Cookie value that prolongs the session; null: it does not need it. */
  readonly cookie: string | null;
  /** When the credential ends by itself; null: it is prolonged by use, or lasts. */
  readonly expiresAt: Date | null;
}

export type Identified =
  | { readonly identity: Identity; readonly refusal: null }
  | { readonly identity: null; readonly refusal: Refusal | null };

/** By what a caller says who they are. */
export interface Claim extends Origin {
  /** Access token or API key; it goes before the cookie. */
  readonly bearer: string | null;
  readonly sessionSecret: string | null;
  readonly https: boolean;
}

type CredentialPorts = Pick<
  ApiPorts,
  'bus' | 'clock' | 'log' | 'credentials' | 'webSessions' | 'accessTokens' | 'reads'
>;

/** How long what was read of a credential is believed, should the bus be silent, milliseconds. */
const believedMs = 5_000;

interface Remembered<Standing> {
  readonly standing: Standing;
  readonly until: number;
}

/**
 * Tells who a credential belongs to. What the database says of sessions and keys is remembered for
 * seconds; the bus empties that memory as soon as anything about a user's credentials changes.
 */
export class Credentials {
  readonly #ports: CredentialPorts;
  readonly #sessions = new Map<string, Remembered<SessionStanding>>();
  readonly #apiKeys = new Map<string, Remembered<ApiKeyStanding>>();
  readonly #listeners = new Set<(userId: string | null) => void>();
  /** Grows with each change told; what was read before it is not remembered. */
  #generation = 0;
  #unsubscribe: () => Promise<void> = () => Promise.resolve();

  private constructor(ports: CredentialPorts) {
    this.#ports = ports;
  }

  static async open(ports: CredentialPorts): Promise<Credentials> {
    const credentials = new Credentials(ports);
    credentials.#unsubscribe = await ports.bus.subscribe(
      'credentials',
      ({ userId }) => credentials.#forget(userId),
      () => credentials.#forget(null),
    );
    return credentials;
  }

  close(): Promise<void> {
    return this.#unsubscribe();
  }

  /** Calls `listener` when credentials of a user (null: of anybody) may have ended. */
  onChange(listener: (userId: string | null) => void): void {
    this.#listeners.add(listener);
  }

  /** Who a claim belongs to. */
  async identify(claim: Claim): Promise<Identified> {
    const { bearer, sessionSecret } = claim;
    if (bearer !== null) {
      return bearer.startsWith(tokenPrefixes.apiKey)
        ? this.#byApiKey(bearer, claim)
        : this.#byAccessToken(bearer, claim);
    }
    if (sessionSecret === null) return { identity: null, refusal: null };
    const session = await this.#ports.webSessions.find(sessionSecret, claim);
    return session === null
      ? { identity: null, refusal: 'REVOKED' }
      : this.#asUser(session, claim, session.cookie, null);
  }

  /** Whether a credential that counted still does; it may have another user's rights by now. */
  async again(identity: Identity): Promise<Identified> {
    const { actor } = identity;
    if (actor.kind === 'API_KEY') {
      const standing = (await this.#ports.credentials.apiKeys([actor.apiKeyId])).get(
        actor.apiKeyId,
      );
      return standing === undefined
        ? { identity: null, refusal: 'REVOKED' }
        : this.#asApiKey(standing, actor);
    }
    const standing = await this.#session(actor.sessionId);
    if (standing === null) return { identity: null, refusal: 'REVOKED' };
    const { expiresAt } = identity;
    if (expiresAt !== null && expiresAt <= this.#ports.clock.now()) {
      return { identity: null, refusal: 'EXPIRED' };
    }
    return this.#asUser(standing, actor, null, expiresAt);
  }

  async #byApiKey(key: string, claim: Claim): Promise<Identified> {
    const hash = tokenHash(key);
    const standing = await this.#remember(this.#apiKeys, hash, () =>
      this.#ports.credentials.apiKeyByHash(hash),
    );
    if (standing === null) return { identity: null, refusal: 'REVOKED' };
    const identified = await this.#asApiKey(standing, claim);
    if (identified.identity !== null) {
      const now = this.#ports.clock.now();
      await this.#ports.credentials.noteUse(standing.apiKeyId, now, claim.ipAddress);
    }
    return identified;
  }

  async #asApiKey(standing: ApiKeyStanding, origin: Origin): Promise<Identified> {
    const { apiKeyId, userId, scopes, allowedIps, expiresAt } = standing;
    if (expiresAt !== null && expiresAt <= this.#ports.clock.now()) {
      return { identity: null, refusal: 'REVOKED' };
    }
    if (!isAllowed(origin.ipAddress, allowedIps)) {
      return { identity: null, refusal: 'ADDRESS_NOT_ALLOWED' };
    }
    const { ipAddress, userAgent } = origin;
    const actor = { apiKeyId, userId, scopes: new Set(scopes), ipAddress, userAgent } as const;
    return this.#as({ kind: 'API_KEY', ...actor }, null, expiresAt);
  }

  async #byAccessToken(token: string, claim: Claim): Promise<Identified> {
    const claims = await this.#ports.accessTokens.read(token, this.#ports.clock.now());
    if (claims === null) return { identity: null, refusal: 'REVOKED' };
    if (claims === 'EXPIRED') return { identity: null, refusal: 'EXPIRED' };
    const standing = await this.#session(claims.sessionId);
    if (standing === null || standing.userId !== claims.userId) {
      return { identity: null, refusal: 'REVOKED' };
    }
    // The session goes on, with other rights: a refreshed token carries them.
    if (standing.version !== claims.sessionVersion) return { identity: null, refusal: 'EXPIRED' };
    return this.#asUser(standing, claim, null, claims.expiresAt);
  }

  async #session(sessionId: string): Promise<SessionStanding | null> {
    const standing = await this.#remember(this.#sessions, sessionId, async () => {
      const found = await this.#ports.credentials.sessions([sessionId]);
      return found.get(sessionId) ?? null;
    });
    return standing !== null && standing.expiresAt > this.#ports.clock.now() ? standing : null;
  }

  #asUser(
    { sessionId, userId }: SessionStanding,
    { ipAddress, userAgent }: Origin,
    cookie: string | null,
    expiresAt: Date | null,
  ): Promise<Identified> {
    return this.#as({ kind: 'USER', userId, sessionId, ipAddress, userAgent }, cookie, expiresAt);
  }

  async #as(
    actor: UserActor | ApiKeyActor,
    cookie: string | null,
    expiresAt: Date | null,
  ): Promise<Identified> {
    const viewer = await createLoaders(this.#ports.reads).user.load(actor.userId);
    if (viewer === null) return { identity: null, refusal: 'REVOKED' };
    return { identity: { viewer, actor, cookie, expiresAt }, refusal: null };
  }

  async #remember<Standing>(
    memory: Map<string, Remembered<Standing>>,
    key: string,
    read: () => Promise<Standing | null>,
  ): Promise<Standing | null> {
    const now = this.#ports.clock.now().getTime();
    const known = memory.get(key);
    if (known !== undefined && known.until > now) return known.standing;
    memory.delete(key);
    const generation = this.#generation;
    const standing = await read();
    if (standing !== null && generation === this.#generation) {
      memory.set(key, { standing, until: now + believedMs });
    }
    return standing;
  }

  #forget(userId: string | null): void {
    this.#generation += 1;
    for (const memory of [this.#sessions, this.#apiKeys]) {
      for (const [key, { standing }] of memory) {
        if (userId === null || standing.userId === userId) memory.delete(key);
      }
    }
    for (const listener of this.#listeners) listener(userId);
  }
}

/** Whether an address is one of the addresses and networks; an empty list allows all. */
function isAllowed(ipAddress: string | null, allowed: readonly string[]): boolean {
  if (allowed.length === 0) return true;
  const address = ipAddress?.replace(/^::ffff:(?=\d+\.)/, '') ?? '';
  const version = isIP(address);
  if (version === 0) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const [network = '', bits] = entry.split('/');
    const type = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, type);
    else list.addSubnet(network, Number(bits), type);
  }
  return list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}
