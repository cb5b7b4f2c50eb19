import { Argon2id } from 'oslo/password';
import type { PasswordHasher } from '@nandax/app/ports/accounts.ts';

/**
 * Passwords by Argon2id with 19 MiB and 2 iterations, the least that OWASP's password storage cheat
 * sheet asks for. The work is done outside the event loop.
 */
export function argon2idHasher(): PasswordHasher {
  const argon2id = new Argon2id({ memorySize: 19_456, iterations: 2, parallelism: 1 });
  /** A hash of nobody's password, to spend the same time where there is none to check. */
  const nobody = argon2id.hash('a password that nobody has');
  return {
    hash: (password) => argon2id.hash(password),
    async verify(hash, password) {
      const right = await argon2id.verify(hash ?? (await nobody), password);
      return right && hash !== null;
    },
  };
}
