import { Form, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';

import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { useFailureFocus } from '../components/use-failure-focus.ts';
import type { FormFailure } from '../form-failure.ts';
import { formError } from '../form-failure.ts';

/** The form of a page that a letter's link opens: what it does, and the button that does it. */
export function LinkForm({
  token,
  failure,
  fields = [],
  submit,
  children,
}: {
  readonly token: string;
  readonly failure: FormFailure | null | undefined;
  /** Fields among the children that show failures of their own. */
  readonly fields?: readonly string[];
  /** What the button says. */
  readonly submit: string;
  readonly children: ReactNode;
}) {
  const busy = useNavigation().state !== 'idle';
  const form = useFailureFocus(failure ?? undefined);
  return (
    <Form ref={form} method="post" className="flex flex-col gap-4">
      {formError(failure, fields) !== undefined && (
        <Notice tone="failure">{formError(failure, fields)}</Notice>
      )}
      <input type="hidden" name="token" value={token} />
      {children}
      <Button type="submit" emphasis="primary" disabled={busy}>
        {submit}
      </Button>
    </Form>
  );
}
