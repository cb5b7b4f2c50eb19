import { useFetcher, useRouteLoaderData } from '@remix-run/react';

import type { ReactElement } from 'react';

import type { loader } from '../root.tsx';
import type { Theme } from '../theme.ts';
import { themes, useChosenTheme } from '../theme.ts';
import { Button } from './button.tsx';
import { MoonIcon, SunIcon, SystemIcon } from './icons.tsx';

const icons: Readonly<Record<Theme, () => ReactElement>> = {
  system: SystemIcon,
  light: SunIcon,
  dark: MoonIcon,
};

/** Goes round: as the system, light, dark. */
export function ThemeButton() {
  const loaded = useRouteLoaderData<typeof loader>('root');
  const theme = useChosenTheme(loaded?.theme ?? 'system');
  const fetcher = useFetcher();
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'system';
  const Icon = icons[theme];
  return (
    <fetcher.Form method="post" action="/theme">
      <Button
        type="submit"
        name="theme"
        value={next}
        emphasis="quiet"
        className="px-2"
        aria-label={`Theme: ${theme}. Switch to ${next}.`}
        title={`Theme: ${theme}`}
      >
        <Icon />
      </Button>
    </fetcher.Form>
  );
}
