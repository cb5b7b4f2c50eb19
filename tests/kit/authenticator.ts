import {
  createHash,
  generateKeyPairSync,
  randomBytes,
  sign,
  type JsonWebKey,
  type KeyObject,
} from 'node:crypto';

/** Bits of authenticator data (WebAuthn level 2, section 6.1). */
const userPresent = 0x01;
const userVerified = 0x04;
const attestedCredential = 0x40;

interface PasskeyOptions {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
}

/** What a dishonest or broken browser or authenticator says instead of the truth. */
export interface Lies {
  readonly origin?: string;
  readonly relyingParty?: string;
  readonly counter?: number;
  readonly challenge?: string;
  readonly userVerified?: boolean;
  readonly userHandle?: string;
}

/**
 * A security key in software, with the browser around it: one ES256 credential, kept with the user's
 * handle, attestation `none`. Answers are in the JSON form that browsers give.
 */
export class SoftwareAuthenticator {
  readonly #origin: string;
  readonly #privateKey: KeyObject;
  readonly #publicKey: JsonWebKey;
  readonly #credentialId = randomBytes(32);
  #userHandle: string | null = null;
  counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#privateKey = privateKey;
    this.#publicKey = publicKey.export({ format: 'jwk' });
  }

  get credentialId(): string {
    return this.#credentialId.toString('base64url');
  }

  /** `navigator.credentials.create`. */
  create(options: object, lies: Lies = {}): object {
    const { challenge, rp, user } = options as PasskeyOptions;
    this.#userHandle = user?.id ?? null;
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.#credentialId.length);
    const authenticatorData = Buffer.concat([
      this.#dataHead(rp?.id ?? '', lies, attestedCredential),
      Buffer.alloc(16),
      length,
      this.#credentialId,
      cbor(coseKey(this.#publicKey)),
    ]);
    const attestationObject = cbor(
      new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authenticatorData],
      ]),
    );
    return this.#credential({
      clientDataJSON: this.#clientData('webauthn.create', challenge, lies).toString('base64url'),
      attestationObject: attestationObject.toString('base64url'),
      transports: ['usb'],
    });
  }

  /** `navigator.credentials.get`; the counter rises. */
  get(options: object, lies: Lies = {}): object {
    const { challenge, rpId = '' } = options as PasskeyOptions;
    this.counter += 1;
    const authenticatorData = this.#dataHead(rpId, lies, 0);
    const clientData = this.#clientData('webauthn.get', challenge, lies);
    const signed = Buffer.concat([
      authenticatorData,
      createHash('sha256').update(clientData).digest(),
    ]);
    return this.#credential({
      clientDataJSON: clientData.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: sign('sha256', signed, this.#privateKey).toString('base64url'),
      userHandle: lies.userHandle ?? this.#userHandle,
    });
  }

  #credential(response: object): object {
    const id = this.credentialId;
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? this.#origin,
        crossOrigin: false,
      }),
    );
  }

  /** Hash of the relying party, flags and counter. */
  #dataHead(relyingParty: string, lies: Lies, more: number): Buffer {
    const verified = (lies.userVerified ?? true) ? userVerified : 0;
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(lies.counter ?? this.counter);
    return Buffer.concat([
      createHash('sha256')
        .update(lies.relyingParty ?? relyingParty)
        .digest(),
      Buffer.from([userPresent | verified | more]),
      counter,
    ]);
  }
}

/** COSE_Key of an ES256 public key (RFC 9053, section 7.1.1). */
function coseKey({ x = '', y = '' }: JsonWebKey): Map<number, unknown> {
  return new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Buffer.from(x, 'base64url')],
    [-3, Buffer.from(y, 'base64url')],
  ]);
}

/** CBOR (RFC 8949) of what an attestation is made of: whole numbers, texts, bytes and maps. */
function cbor(value: unknown): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') {
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  }
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const entries = [...(value as Map<unknown, unknown>)].flatMap((entry) => entry.map(cbor));
    return Buffer.concat([head(5, value.size), ...entries]);
  }
  throw new TypeError(`no CBOR for ${typeof value}`);
}

function head(major: number, count: number): Buffer {
  if (count < 24) return Buffer.from([(major << 5) | count]);
  if (count < 256) return Buffer.from([(major << 5) | 24, count]);
  const long = Buffer.from([(major << 5) | 25, 0, 0]);
  long.writeUInt16BE(count, 1);
  return long;
}
