import { randomUUID } from 'node:crypto';
import {
  getNamedType,
  isInputObjectType,
  isListType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLSchema,
} from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSchema } from '../../api/schema.ts';
import { globalIdOf } from '../../api/relay/global-id.ts';
import { argumentsOf } from './arguments.ts';
import { mutationCases } from './mutation-inputs.ts';
import { post, type RawAnswer } from './requests.ts';
import { leaksTo, learnProperty, type Property } from './walk.ts';
import { startWalkWorld, type WalkWorld } from './world.ts';

let world: WalkWorld;
let schema: GraphQLSchema;
let property: Property;
beforeAll(async () => {
  schema = await createSchema();
  world = await startWalkWorld();
  property = learnProperty(world, [], []);
});
afterAll(() => world.close());

/** Somewhere in the contract an id is given: `Query.agent.id`, `Mutation.startAgent.replaySessionId`. */
interface Place {
  readonly name: string;
  readonly root: string;
  readonly field: string;
  readonly input: string;
  readonly isList: boolean;
}

/** What an id given in each place names. Places that are missing fail by name. */
const named: Readonly<Record<string, readonly [entity: string, row: string]>> = {
  'Query.agent.id': ['Agent', 'agent'],
  'Query.account.id': ['ManagedAccount', 'user'],
  'Query.auditEvents.userId': ['User', 'user'],
  'Query.compareRuns.ids': ['Run', 'backtest'],
  'Query.candles.datasetId': ['Dataset', 'dataset'],
  'Query.candles.instrumentId': ['Instrument', 'instrument'],
  'Query.node.id': ['Order', 'order'],
  'Query.order.id': ['Order', 'order'],
  'Query.orderRequest.id': ['OrderRequest', 'orderRequest'],
  'Query.portfolio.id': ['Portfolio', 'portfolio'],
  'Query.previewBasket.legs.instrumentId': ['Instrument', 'instrument'],
  'Query.previewBasket.portfolioId': ['Portfolio', 'portfolio'],
  'Query.previewBracket.instrumentId': ['Instrument', 'instrument'],
  'Query.previewBracket.portfolioId': ['Portfolio', 'portfolio'],
  'Query.previewGtt.instrumentId': ['Instrument', 'instrument'],
  'Query.previewGtt.portfolioId': ['Portfolio', 'portfolio'],
  'Query.previewOrder.instrumentId': ['Instrument', 'instrument'],
  'Query.previewOrder.portfolioId': ['Portfolio', 'portfolio'],
  'Query.replaySession.id': ['ReplaySession', 'replay'],
  'Query.run.id': ['Run', 'backtest'],
  'Query.optimisation.id': ['Optimisation', 'optimisation'],
  'Query.strategy.id': ['Strategy', 'strategy'],
  'BacktestRun.candles.instrumentId': ['Instrument', 'instrument'],
  'LiveRun.candles.instrumentId': ['Instrument', 'instrument'],
  'PaperRun.candles.instrumentId': ['Instrument', 'instrument'],
  'PortfolioPerformance.benchmark.instrumentId': ['Instrument', 'instrument'],
  'Mutation.cancelAllOrders.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.cancelGtt.id': ['Gtt', 'gtt'],
  'Mutation.cancelOrder.id': ['Order', 'order'],
  'Mutation.activateKillSwitch.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.cancelBacktest.id': ['Run', 'backtest'],
  'Mutation.cancelOptimisation.id': ['Optimisation', 'optimisation'],
  'Mutation.startOptimisation.datasetId': ['Dataset', 'dataset'],
  'Mutation.startOptimisation.strategyId': ['Strategy', 'strategy'],
  'Mutation.startOptimisation.strategyVersionId': ['StrategyVersion', 'strategyVersion'],
  'Mutation.changeRole.id': ['ManagedAccount', 'user'],
  'Mutation.changeTier.id': ['ManagedAccount', 'user'],
  'Mutation.closeTrade.id': ['Trade', 'trade'],
  'Mutation.createAgent.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.createAgent.strategyId': ['Strategy', 'strategy'],
  'Mutation.createReplay.datasetId': ['Dataset', 'dataset'],
  'Mutation.createReplay.instrumentIds': ['Instrument', 'instrument'],
  'Mutation.createStrategy.instrumentIds': ['Instrument', 'instrument'],
  'Mutation.discardFailedJob.id': ['JobFailure', 'jobFailure'],
  'Mutation.deleteStrategy.id': ['Strategy', 'strategy'],
  'Mutation.depositToPortfolio.id': ['Portfolio', 'portfolio'],
  'Mutation.disconnectBroker.id': ['BrokerAccount', 'brokerConnection'],
  'Mutation.createPortfolio.brokerAccountId': ['BrokerAccount', 'brokerConnection'],
  'Mutation.exitAllPositions.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.exitPosition.instrumentId': ['Instrument', 'instrument'],
  'Mutation.exitPosition.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.markNotificationRead.id': ['Notification', 'notification'],
  'Mutation.modifyGtt.id': ['Gtt', 'gtt'],
  'Mutation.modifyOrder.id': ['Order', 'order'],
  'Mutation.pauseAgent.id': ['Agent', 'agent'],
  'Mutation.pauseReplay.id': ['ReplaySession', 'replay'],
  'Mutation.placeBracket.instrumentId': ['Instrument', 'instrument'],
  'Mutation.placeBracket.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.modifyProtection.id': ['Protection', 'protection'],
  'Mutation.removeProtection.id': ['Protection', 'protection'],
  'Mutation.setProtectiveStop.instrumentId': ['Instrument', 'instrument'],
  'Mutation.setProtectiveStop.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.placeGtt.instrumentId': ['Instrument', 'instrument'],
  'Mutation.placeGtt.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.placeBasket.legs.instrumentId': ['Instrument', 'instrument'],
  'Mutation.placeBasket.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.placeOrder.instrumentId': ['Instrument', 'instrument'],
  'Mutation.placeOrder.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.reinstateAccount.id': ['ManagedAccount', 'user'],
  'Mutation.removePasskey.id': ['Passkey', 'passkey'],
  'Mutation.renamePortfolio.id': ['Portfolio', 'portfolio'],
  'Mutation.resetPortfolio.id': ['Portfolio', 'portfolio'],
  'Mutation.restartReplay.id': ['ReplaySession', 'replay'],
  'Mutation.releaseKillSwitch.portfolioId': ['Portfolio', 'portfolio'],
  'Mutation.acknowledgeFinding.id': ['ReconciliationFinding', 'finding'],
  'Mutation.releaseRiskLock.id': ['RiskLock', 'riskLock'],
  'Mutation.retryFailedJob.id': ['JobFailure', 'jobFailure'],
  'Mutation.resumeAgent.id': ['Agent', 'agent'],
  'Mutation.revokeApiKey.id': ['ApiKey', 'keyREAD'],
  'Mutation.revokeSession.id': ['Session', 'webSession'],
  'Mutation.runBacktest.datasetId': ['Dataset', 'dataset'],
  'Mutation.runBacktest.strategyId': ['Strategy', 'strategy'],
  'Mutation.runBacktest.strategyVersionId': ['StrategyVersion', 'strategyVersion'],
  'Mutation.setReplaySpeed.id': ['ReplaySession', 'replay'],
  'Mutation.startAgent.id': ['Agent', 'agent'],
  'Mutation.startAgent.replaySessionId': ['ReplaySession', 'replay'],
  'Mutation.startReplay.id': ['ReplaySession', 'replay'],
  'Mutation.stopAgent.id': ['Agent', 'agent'],
  'Mutation.stopReplay.id': ['ReplaySession', 'replay'],
  'Mutation.setRiskLimits.allowedInstrumentIds': ['Instrument', 'instrument'],
  'Mutation.setRiskLimits.id': ['Portfolio', 'portfolio'],
  'Mutation.suspendAccount.id': ['ManagedAccount', 'user'],
  'Mutation.updateStrategy.id': ['Strategy', 'strategy'],
  'Mutation.updateStrategy.instrumentIds': ['Instrument', 'instrument'],
  'Mutation.withdrawFromPortfolio.id': ['Portfolio', 'portfolio'],
  'Subscription.ticks.feedId': ['ReplaySession', 'replay'],
  'Subscription.ticks.instrumentIds': ['Instrument', 'instrument'],
};

function isId({ type }: GraphQLArgument | GraphQLInputField): boolean {
  return getNamedType(type).name === 'ID';
}

/** The ids an argument takes, itself or in its input object, and where: `portfolioId`, `legs.instrumentId`. */
function idsIn(
  argument: GraphQLArgument,
): { input: GraphQLArgument | GraphQLInputField; at: string }[] {
  const within = (
    input: GraphQLArgument | GraphQLInputField,
    at: readonly string[],
  ): { input: GraphQLArgument | GraphQLInputField; at: string }[] => {
    const inner = getNamedType(input.type);
    if (isInputObjectType(inner)) {
      return Object.values(inner.getFields()).flatMap((field) =>
        within(field, [...at, field.name]),
      );
    }
    return isId(input) ? [{ input, at: at.length === 0 ? input.name : at.join('.') }] : [];
  };
  return within(argument, []);
}

/** The input with another value at a place; of a list of objects, in the first. */
function withValue(own: object, at: string, value: unknown): object {
  const [name = '', ...rest] = at.split('.');
  if (rest.length === 0) return { ...own, [name]: value };
  const inner = (own as Record<string, unknown>)[name];
  if (!Array.isArray(inner))
    return { ...own, [name]: withValue(inner ?? {}, rest.join('.'), value) };
  const [first, ...others] = inner as object[];
  return { ...own, [name]: [withValue(first ?? {}, rest.join('.'), value), ...others] };
}

/** Every argument and input field of type ID that the schema has. */
function places(): readonly Place[] {
  const found: Place[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!('getFields' in type) || isInputObjectType(type) || type.name.startsWith('__')) continue;
    // An interface's arguments are those of its members.
    if (type.name === 'Run') continue;
    for (const field of Object.values(type.getFields())) {
      for (const argument of field.args) {
        for (const { input, at } of idsIn(argument)) {
          found.push({
            name: `${type.name}.${field.name}.${at}`,
            root: type.name,
            field: field.name,
            input: at,
            isList: isListType(getNullableType(input.type)),
          });
        }
      }
    }
  }
  return found;
}

/** Binod names `id` in a place of a call that is his own in all else. */
async function guess(place: Place, id: string): Promise<RawAnswer> {
  const { root, field, input, isList } = place;
  const { binod, api } = world;
  const headers = world.headersOf(
    root === 'Mutation' && isAdministrators(field) ? 'ADMIN' : 'OTHER',
  );
  // Runs are compared with others.
  const beside = field === 'compareRuns' ? [binod.id('Run', 'paperRun')] : [];
  const value = isList ? [...beside, id] : id;
  if (root === 'Mutation') {
    const own = (await mutationCases[field]?.input(binod, world, headers)) ?? {};
    const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input!`;
    const query = `mutation ($input: ${type}) { answer: ${field}(input: $input) { __typename ... on Failure { message } ... on NotFound { id } } }`;
    return post(api.url, headers, query, { input: withValue(own, input, value) });
  }
  const written = argumentsOf(`${root}.${field}`, { world, person: binod }, '');
  const name = input.split('.').at(-1) ?? '';
  const replaced = written.replace(
    new RegExp(`\\b${name}: (\\[[^\\]]*\\]|"[^"]*")`),
    `${name}: ${JSON.stringify(value)}`,
  );
  if (root === 'Query') {
    const preview = ' { __typename ... on Failure { message } ... on NotFound { id } }';
    const inner =
      field.startsWith('preview') || field === 'compareRuns'
        ? preview
        : field === 'candles'
          ? ' { openTime close }'
          : ' { __typename id }';
    return post(api.url, headers, `{ answer: ${field}${replaced}${inner} }`);
  }
  if (root === 'PortfolioPerformance') {
    const portfolio = JSON.stringify(binod.id('Portfolio', 'portfolio'));
    const inner = `performance { ${field}${replaced} { beta } }`;
    return post(
      api.url,
      headers,
      `{ answer: node(id: ${portfolio}) { ... on Portfolio { ${inner} } } }`,
    );
  }
  const run = { BacktestRun: 'backtest', PaperRun: 'paperRun', LiveRun: 'liveRun' }[root];
  const own = JSON.stringify(binod.id('Run', run ?? 'backtest'));
  const query = `{ answer: node(id: ${own}) { ... on ${root} { ${field}${replaced} { close } } } }`;
  return post(api.url, headers, query);
}

const administratorsFields: readonly string[] = [
  ...['account', 'auditEvents', 'changeRole', 'changeTier', 'suspendAccount', 'reinstateAccount'],
  ...['retryFailedJob', 'discardFailedJob'],
];

/** Administrators may name anybody's account; there it is the rest that must not be told apart. */
function isAdministrators(field: string): boolean {
  return administratorsFields.includes(field);
}

/** An answer without the id that was asked for, which is echoed. */
function wordsOf(answer: RawAnswer, id: string): string {
  return JSON.stringify({ status: answer.status, data: answer.data, errors: answer.errors })
    .replaceAll(id, 'ID')
    .replace(/"locations":\[[^\]]*\]/g, '');
}

test('every place in the contract that takes an id is known, and what it names', () => {
  const known = Object.keys(named);
  expect(known.toSorted()).toEqual(
    places()
      .map(({ name }) => name)
      .toSorted(),
  );
});

test('somebody else’s id is not told apart from one that nobody has, and does nothing', async () => {
  const before = await world.fingerprint(world.asha);
  const wrong: string[] = [];
  for (const place of places()) {
    if (place.root === 'Subscription' || isAdministrators(place.field)) continue;
    const [entity, row] = named[place.name] ?? ['', ''];
    const theirs = world.asha.id(entity, row);
    const nobodys = globalIdOf(entity, randomUUID());
    // Her id of the right kind dressed as another's: the local id is real, the object is none.
    const other = entity === 'Trade' ? 'Fill' : 'Trade';
    const local = world.asha.ids[row] ?? '';
    const [dressed, dressedNobodys] = [globalIdOf(other, local), globalIdOf(other, randomUUID())];
    const said = async (id: string) => {
      const answer = await guess(place, id);
      for (const leak of leaksTo('OTHER', world, property, answer)) {
        wrong.push(`${place.name}: the answer holds ${leak}`);
      }
      return wordsOf(answer, id);
    };
    const [first, second] = [await said(theirs), await said(nobodys)];
    if (first !== second) wrong.push(`${place.name}: hers ${first}, nobody's ${second}`);
    if (!/NotFound|NOT_FOUND|"answer":null|"benchmark":null|\[\]/.test(first))
      wrong.push(`${place.name}: ${first}`);
    const [third, fourth] = [await said(dressed), await said(dressedNobodys)];
    if (third !== fourth) wrong.push(`${place.name}: dressed ${third}, nobody's ${fourth}`);
    for (const malformed of ['', 'nonsense', local, Buffer.from('Order:1').toString('base64url')]) {
      const text = await said(malformed);
      if (/INTERNAL|"__typename":"(?!NotFound|InvalidInput)/.test(text)) {
        wrong.push(`${place.name}: ${JSON.stringify(malformed)} ${text}`);
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(await world.fingerprint(world.asha)).toBe(before);
});

test('an administrator’s mutation says of what nobody has that there is none', async () => {
  for (const place of places().filter(
    ({ root, field }) => root === 'Mutation' && isAdministrators(field),
  )) {
    const [entity] = named[place.name] ?? [''];
    const nobodys = globalIdOf(entity, randomUUID());
    expect((await guess(place, nobodys)).data).toMatchObject({
      answer: { __typename: 'NotFound', id: nobodys },
    });
    // The id of a user is not that of an account, though it is the same person, nor of anything else.
    const { errors } = await guess(place, world.asha.id('User', 'user'));
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
});

test('a feed of somebody else’s is not told apart from one that nobody has', async () => {
  const answers = await Promise.all(
    [world.asha.id('ReplaySession', 'replay'), globalIdOf('ReplaySession', randomUUID())].map(
      async (feedId) => {
        const visitor = world.api.visitor(world.binod.cookie);
        const instruments = [world.binod.id('Instrument', 'instrument')];
        const { inbox } = visitor.subscribe(
          'subscription ($feedId: ID!, $ids: [ID!]!) { ticks(feedId: $feedId, instrumentIds: $ids) { price } }',
          { feedId, ids: instruments },
        );
        const [first] = await inbox.until(1);
        return first;
      },
    ),
  );
  expect(answers[0]?.errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  expect(answers[0]).toEqual(answers[1]);
});

test('on a feed of one’s own, somebody else’s instrument ticks as little as one that nobody has', async () => {
  const { api, asha, binod } = world;
  const visitor = api.visitor(binod.cookie);
  const listen = (ids: readonly string[]) =>
    visitor.subscribe(
      'subscription ($feedId: ID!, $ids: [ID!]!) { ticks(feedId: $feedId, instrumentIds: $ids) { price } }',
      { feedId: binod.id('ReplaySession', 'replay'), ids },
    ).inbox;
  const hers = listen([asha.id('Instrument', 'instrument')]);
  const nobodys = listen([globalIdOf('Instrument', randomUUID())]);
  const own = listen([binod.id('Instrument', 'instrument')]);
  const ticking = setInterval(() => {
    for (const [person, feed] of [
      [asha, asha],
      [binod, binod],
    ] as const) {
      void api.bus.publish(`ticks.${feed.ids['replay'] ?? ''}`, {
        instrumentIds: [person.ids['instrument'] ?? ''],
        times: [Date.parse(`${person.day}T05:00:00Z`)],
        prices: [7_123_456.5],
        volumes: [null],
      });
    }
  }, 50);
  await own.until(3);
  clearInterval(ticking);
  await visitor.leave();
  expect([hers.received, nobodys.received]).toEqual([[], []]);
});
