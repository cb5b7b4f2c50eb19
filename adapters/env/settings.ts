import type { Settings } from '@nandax/app/ports/settings.ts';
import type { Environment } from './environment.ts';

/** What use-cases need to know of the environment. */
export function settingsOf(environment: Environment, webPort: number): Settings {
  return {
    publicUrl: environment.publicUrl ?? `http://localhost:${webPort}`,
    accessTokenMinutes: environment.accessTokenMinutes,
    refreshTokenDays: environment.refreshTokenDays,
    sessionDays: environment.sessionDays,
    deletionGraceDays: environment.deletionGraceDays,
    secondFactorForLiveBrokers: environment.secondFactorForLiveBrokers,
    localOutbox: environment.smtpUrl === undefined,
  };
}
