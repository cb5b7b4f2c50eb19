import { useFetchers } from '@remix-run/react';

/** `system` follows the device. */
export type Theme = 'system' | 'light' | 'dark';

export const themes: readonly Theme[] = ['system', 'light', 'dark'];

export function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value);
}

/** The theme that the reader's cookie keeps. */
export function readTheme(cookieHeader: string | null): Theme {
  const value = /(?:^|;\s*)theme=(\w+)/.exec(cookieHeader ?? '')?.[1];
  return isTheme(value) ? value : 'system';
}

/** The cookie that keeps a theme for a year. */
export function themeCookie(theme: Theme): string {
  return `theme=${theme}; Path=/; Max-Age=31536000; SameSite=Lax`;
}

/** The kept theme, or the one just chosen while its request is on the way. */
export function useChosenTheme(kept: Theme): Theme {
  const chosen = useFetchers().find((fetcher) => fetcher.formAction === '/theme');
  const theme = chosen?.formData?.get('theme');
  return isTheme(theme) ? theme : kept;
}
