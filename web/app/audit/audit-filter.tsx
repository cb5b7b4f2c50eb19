import { Form, useSearchParams, useSubmit } from '@remix-run/react';

import { Button } from '../components/button.tsx';
import { controlClass } from '../components/field.tsx';
import { useInBrowser } from '../components/use-in-browser.ts';
import { auditGroups } from './audit-actions.ts';

/** Which actions the table shows. Without a script, a button sends the choice. */
export function AuditFilter() {
  const [parameters] = useSearchParams();
  const submit = useSubmit();
  const inBrowser = useInBrowser();
  return (
    <Form
      role="search"
      className="flex gap-2"
      onChange={(event) => {
        submit(event.currentTarget, { replace: true });
      }}
    >
      <select
        key={parameters.get('action')}
        name="action"
        aria-label="What happened"
        autoComplete="off"
        defaultValue={parameters.get('action') ?? ''}
        className={controlClass}
      >
        <option value="">Everything</option>
        {auditGroups.map(({ name, actions }) => (
          <optgroup key={name} label={name}>
            {actions.map(({ action, words }) => (
              <option key={action} value={action}>
                {words}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {!inBrowser && <Button type="submit">Show</Button>}
    </Form>
  );
}
