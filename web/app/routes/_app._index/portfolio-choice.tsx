import { Form, useSubmit } from '@remix-run/react';

import { controlClass } from '../../components/field.tsx';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** Which portfolio the dashboard shows; not there for one alone. */
export function PortfolioChoice({
  portfolios,
  chosen,
}: {
  readonly portfolios: readonly Choice[];
  readonly chosen: Choice | undefined;
}) {
  const submit = useSubmit();
  if (portfolios.length < 2) return null;
  return (
    <Form
      onChange={(event) => {
        submit(event.currentTarget, { replace: true });
      }}
    >
      <select
        name="portfolio"
        aria-label="Portfolio"
        defaultValue={chosen?.id}
        className={controlClass}
      >
        {portfolios.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </Form>
  );
}
