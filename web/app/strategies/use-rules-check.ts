import { useEffect, useState } from 'react';
import { useQuery } from 'urql';

import type { RuleErrorMarkFragment } from '../generated/graphql.ts';
import { CheckRulesDocument } from '../generated/graphql.ts';

const pauseMilliseconds = 250;

export interface RulesCheck {
  readonly state: 'checking' | 'valid' | 'wrong' | 'unreachable';
  readonly errors: readonly RuleErrorMarkFragment[];
}

/** What the API says about the rules, asked anew whenever the typing rests. */
export function useRulesCheck(document: string): RulesCheck {
  const [settled, setSettled] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(document);
    }, pauseMilliseconds);
    return () => {
      clearTimeout(timer);
    };
  }, [document]);

  const [{ data, error, fetching }] = useQuery({
    query: CheckRulesDocument,
    variables: { document: settled ?? '' },
    pause: settled === null,
  });

  if (error !== undefined) return { state: 'unreachable', errors: [] };
  const errors = data?.checkRules.errors ?? [];
  if (data === undefined || fetching || settled !== document) return { state: 'checking', errors };
  return { state: data.checkRules.valid ? 'valid' : 'wrong', errors };
}
