import { Argon2id, Bcrypt } from 'oslo/password';
import type { PasswordHasher } from '@nandax/app/ports/accounts.ts';

/** The least that OWASP's password storage cheat sheet asks for. */
const parameters = { memorySize: 19_456, iterations: 2, parallelism: 1 } as const;
const currentPrefix = `$argon2id$v=19$m=${parameters.memorySize},t=${parameters.iterations},p=${parameters.parallelism}$`;
const bcryptPrefix = /^\$2[aby]\$/;

/**
 * Passwords by Argon2id with 19 MiB and 2 iterations. Hashes of bcrypt, as an earlier system made
 * them, still verify. The work is done outside the event loop.
 */
export function passwordHasher(): PasswordHasher {
  const argon2id = new Argon2id(parameters);
  const bcrypt = new Bcrypt();
  /** A hash of nobody's password, to spend the same time where there is none to check. */
  const nobody = argon2id.hash('a password that nobody has');
  return {
    hash: (password) => argon2id.hash(password),
    async verify(hash, password) {
      if (hash !== null && bcryptPrefix.test(hash)) return bcrypt.verify(hash, password);
      const right = await argon2id.verify(hash ?? (await nobody), password);
      return right && hash !== null;
    },
    isOutdated: (hash) => !hash.startsWith(currentPrefix),
  };
}
