/** Parts that make a name secret wherever they stand in it: newPassword, x-nandax-secret, sealedApiKey. */
const secretParts = [
  'password',
  'passphrase',
  'secret',
  'apikey',
  'privatekey',
  'accesstoken',
  'refreshtoken',
  'requesttoken',
  'authorization',
  'cookie',
  'recoverycode',
  'connectionstring',
  'keyring',
  'otpauth',
  'sealed',
];

/** Ends that make a name secret: sessionToken, tokens. */
const secretEnds = ['token', 'tokens', 'checksum', 'credential', 'credentials'];

/** Names that are secret as a whole. */
const secretWhole = new Set([
  'code',
  'codes',
  'otp',
  'totp',
  // What a client sent, unread.
  'body',
  'rawbody',
  'databaseurl',
  'directurl',
  'redisurl',
  'smtpurl',
]);

/** Kite's number of an instrument is no secret, though it is called a token. */
const harmless = new Set(['instrumenttoken']);

const known = new Map<string, boolean>();
/** Names that are remembered; a client that sends names of its own must not fill the memory. */
const mostKnown = 2_000;

/** Whether values of that name stay out of the log; case, hyphens and underscores do not matter. */
export function isSecretName(name: string): boolean {
  const remembered = known.get(name);
  if (remembered !== undefined) return remembered;
  const secret = judge(name.replace(/[^A-Za-z0-9]/g, '').toLowerCase());
  if (known.size < mostKnown && name.length <= 100) known.set(name, secret);
  return secret;
}

function judge(plain: string): boolean {
  if (harmless.has(plain)) return false;
  return (
    secretWhole.has(plain) ||
    secretEnds.some((end) => plain.endsWith(end)) ||
    secretParts.some((part) => plain.includes(part))
  );
}

/** Codes of errors: ECONNREFUSED, P2002, 23505, BAD_USER_INPUT, invalid_type. */
const errorCode =
  /^(?:[A-Z]{1,12}|UNAUTHENTICATED|[A-Z]+(?:_[A-Z0-9]+)+|P\d{4}|[0-9A-Z]{5}|[a-z]+(?:_[a-z]+)+)$/;

/**
 * Whether a value may be shown although its name is secret: it says that there is none, or it is the
 * code of an error. Codes of authenticators have six digits, recovery codes are longer.
 */
export function isHarmlessValue(name: string, value: unknown): boolean {
  if (value === null || value === undefined || typeof value === 'boolean') return true;
  if (name.toLowerCase() !== 'code') return false;
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 10_000;
  return typeof value === 'string' && errorCode.test(value);
}
