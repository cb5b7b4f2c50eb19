import { Form, useSubmit } from '@remix-run/react';

import { Button } from '../../components/button.tsx';
import { controlClass } from '../../components/field.tsx';
import { useInBrowser } from '../../components/use-in-browser.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Which portfolio the dashboard shows; not there for one alone. Without a script, a button sends it. */
export function PortfolioChoice({
  portfolios,
  chosen,
}: {
  readonly portfolios: readonly Choice[];
  readonly chosen: Choice | undefined;
}) {
  const submit = useSubmit();
  const inBrowser = useInBrowser();
  if (portfolios.length < 2) return null;
  return (
    <Form
      className="flex gap-2"
      onChange={(event) => {
        submit(event.currentTarget, { replace: true });
      }}
    >
      <select
        name="portfolio"
        aria-label="Portfolio"
        autoComplete="off"
        defaultValue={chosen?.id}
        className={controlClass}
      >
        {portfolios.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      {!inBrowser && <Button type="submit">Show</Button>}
    </Form>
  );
}
