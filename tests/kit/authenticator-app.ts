import { base32 } from 'oslo/encoding';
import { generateHOTP } from 'oslo/otp';

/** The code that an authenticator app shows at an instant. */
export function codeAt(secret: string, at: Date): Promise<string> {
  const key = Uint8Array.from(base32.decode(secret, { strict: false }));
  return generateHOTP(key, Math.floor(at.getTime() / 30_000), 6);
}

/** A code that is none of those around an instant. */
export async function wrongCodeAt(secret: string, at: Date): Promise<string> {
  const steps = [-60_000, -30_000, 0, 30_000, 60_000];
  const right = await Promise.all(steps.map((by) => codeAt(secret, new Date(at.getTime() + by))));
  for (let code = 0; ; code += 1) {
    const text = String(code).padStart(6, '0');
    if (!right.includes(text)) return text;
  }
}
