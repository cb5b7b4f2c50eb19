import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { data, redirect } from '@remix-run/node';
import { Link, useLoaderData } from '@remix-run/react';

import { mutate, notFound, query } from '../../api.server.ts';
import { classNames } from '../../components/class-names.ts';
import { Page } from '../../components/page.tsx';
import { Panel } from '../../components/panel.tsx';
import { plainName } from '../../format/names.ts';
import { CreateStrategyDocument, NewStrategyScreenDocument } from '../../generated/graphql.ts';
import { LanguageProvider } from '../../strategies/language.ts';
import { LanguageHelp } from '../../strategies/language-help.tsx';
import type { SaveAnswer } from '../../strategies/save-strategy.server.ts';
import { readStrategyForm, saveFailureOf } from '../../strategies/save-strategy.server.ts';
import { StrategyForm } from '../../strategies/strategy-form.tsx';

export const meta: MetaFunction = () => [{ title: 'New strategy · NandaX' }];

export async function loader({ request }: LoaderFunctionArgs) {
  const { instruments, strategyPresets, ruleLanguage } = await query(
    request,
    NewStrategyScreenDocument,
    {},
  );
  const key = new URL(request.url).searchParams.get('template');
  const template = strategyPresets.find((each) => each.key === key) ?? strategyPresets[0];
  if (template === undefined) throw notFound();
  const presets = strategyPresets.map(({ key: own, name }) => ({ key: own, name }));
  return { instruments: instruments.nodes, template, presets, language: ruleLanguage };
}

export async function action({ request }: ActionFunctionArgs) {
  const input = readStrategyForm(await request.formData());
  const { createStrategy } = (await mutate(request, CreateStrategyDocument, { input })).data;
  if (createStrategy.__typename === 'Strategy') {
    return redirect(`/strategies/${createStrategy.id}`);
  }
  return data<SaveAnswer>({ save: saveFailureOf(createStrategy) }, { status: 422 });
}

export default function NewStrategy() {
  const { instruments, template, presets, language } = useLoaderData<typeof loader>();
  return (
    <Page title="New strategy" parent={{ name: 'Strategies', to: '/strategies' }}>
      <nav aria-label="Starter templates" className="flex flex-wrap items-center gap-2 text-sm">
        <span className="text-ink-soft">Begin with</span>
        {presets.map(({ key, name }) => (
          <Link
            key={key}
            to={`?template=${key}`}
            replace
            preventScrollReset
            aria-current={key === template.key ? 'true' : undefined}
            className={classNames(
              'inline-flex min-h-9 items-center rounded-full border px-3',
              key === template.key
                ? 'border-accent bg-accent-soft text-accent'
                : 'border-rule-strong bg-sheet hover:bg-sunk',
            )}
          >
            {name}
          </Link>
        ))}
      </nav>
      <p className="-mt-2 text-sm text-ink-soft">
        {plainName(template.type)}: {template.description}
      </p>
      <LanguageProvider value={language}>
        <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <Panel title="Rules and market">
            <StrategyForm
              key={template.key}
              strategy={{ ...template, instrumentIds: [] }}
              instruments={instruments}
              submitLabel="Create strategy"
            />
          </Panel>
          <Panel title="The language">
            <LanguageHelp />
          </Panel>
        </div>
      </LanguageProvider>
    </Page>
  );
}
