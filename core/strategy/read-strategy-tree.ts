import { fail, succeed, type Result } from '../result.ts';
import { checkStrategy } from './check/check-strategy.ts';
import { emptyDraft } from './check/strategy-draft.ts';
import { isParameterName } from './language-words.ts';
import type {
  NumericExpression,
  PriceDistance,
  ProfitTarget,
  SessionRules,
  SideRules,
  Sizing,
  StrategyDocument,
  StrategyParameter,
} from './strategy-document.ts';
import { maxParameters, maxProfitTargets, numberRules } from './strategy-limits.ts';
import { strategyProducts } from './strategy-product.ts';
import { isObject, JsonReader, type StrategyTreeFailure } from './tree/json-reader.ts';
import { readInstrumentJson, readMinutes, TreeExpressionReader } from './tree/read-expression.ts';

export type { StrategyTreeFailure } from './tree/json-reader.ts';

/**
 * Reads a strategy from untrusted JSON (what `JSON.parse` returned): every key and value is checked,
 * unknown keys are refused, the bounds and rules of the text hold here too. What the text may leave
 * out may be absent or null: all but `sizing` and one of `long` and `short`. Settings and outputs of
 * indicators that are left out are as their definitions have them. A failure lists up to 20
 * mistakes.
 */
export function readStrategyTree(
  json: unknown,
): Result<StrategyDocument, readonly StrategyTreeFailure[]> {
  const tree = new TreeReader();
  const document = tree.document(json);
  return document === null ? fail(tree.failures) : succeed(document);
}

const sizingKeys = {
  capital: ['rupees'],
  quantity: ['units'],
  lots: ['lots'],
  equity: ['percent'],
  risk: ['percent', 'distance'],
} as const satisfies Record<Sizing['kind'], readonly string[]>;

class TreeReader {
  readonly #reader = new JsonReader();
  readonly #expressions = new TreeExpressionReader(this.#reader);

  get failures(): readonly StrategyTreeFailure[] {
    return this.#reader.failures;
  }

  document(json: unknown): StrategyDocument | null {
    const draft = emptyDraft();
    const object = this.#reader.object(json, '', Object.keys(draft));
    if (object === null) return null;
    draft.parameters = this.#parameters(object['parameters']);
    const product = object['product'] ?? draft.product;
    draft.product = this.#reader.oneOf(product, 'product', strategyProducts) ?? draft.product;
    draft.sizing = this.#sizing(object['sizing']);
    draft.maxPositions = this.#constant(object['maxPositions'], 'maxPositions');
    draft.stopLoss = this.#distance(object['stopLoss'], 'stopLoss');
    draft.trailingStop = this.#distance(object['trailingStop'], 'trailingStop');
    draft.breakEvenAt = this.#distance(object['breakEvenAt'], 'breakEvenAt');
    draft.timeStopBars = this.#constant(object['timeStopBars'], 'timeStopBars');
    draft.takeProfits = this.#takeProfits(object['takeProfits']);
    draft.session = this.#session(object['session']);
    draft.pair = this.#pair(object['pair']);
    const long = this.#side(object['long'], 'long');
    const short = this.#side(object['short'], 'short');
    checkStrategy({ ...draft, long, short }, (at, _, expected) => {
      this.#reader.refuse(this.#reader.placeOf(at), expected);
    });
    if (this.failures.length === 0 && long === null && short === null) {
      this.#reader.refuse('', 'long or short rules');
    }
    const { sizing } = draft;
    if (this.failures.length > 0 || sizing === null) return null;
    return { ...draft, sizing, long, short };
  }

  #parameters(json: unknown): readonly StrategyParameter[] {
    return this.#reader
      .list(json, 'parameters', maxParameters)
      .map((parameter, index) => this.#parameter(parameter, `parameters.${index}`))
      .filter((parameter) => parameter !== null);
  }

  #parameter(json: unknown, path: string): StrategyParameter | null {
    const object = this.#reader.object(json, path, ['name', 'value', 'range']);
    if (object === null) return null;
    const { name } = object;
    const value = this.#reader.number(object['value'], `${path}.value`, numberRules.parameter);
    const range = this.#range(object['range'], `${path}.range`);
    if (typeof name !== 'string' || !isParameterName(name)) {
      return this.#reader.refuse(`${path}.name`, 'the name of a parameter');
    }
    // A name whose numbers cannot be read is known nevertheless.
    return this.#reader.placed(path, { name, value: value ?? 0, range });
  }

  #range(json: unknown, path: string): StrategyParameter['range'] {
    if ((json ?? null) === null) return null;
    const object = this.#reader.object(json, path, ['minimum', 'maximum', 'step']);
    if (object === null) return null;
    const number = (key: string) =>
      this.#reader.number(object[key], `${path}.${key}`, numberRules.parameter);
    const [minimum, maximum, step] = [number('minimum'), number('maximum'), number('step')];
    if (minimum === null || maximum === null || step === null) return null;
    return { minimum, maximum, step };
  }

  #sizing(json: unknown): Sizing | null {
    const kinds = Object.keys(sizingKeys) as Sizing['kind'][];
    const kind = this.#reader.oneOf(isObject(json) ? json['kind'] : null, 'sizing.kind', kinds);
    if (kind === null) return null;
    const object = this.#reader.object(json, 'sizing', ['kind', ...sizingKeys[kind]]) ?? {};
    const [key] = sizingKeys[kind];
    const number = this.#expressions.numeric(object[key], `sizing.${key}`);
    const hasDistance = kind === 'risk' && (object['distance'] ?? null) !== null;
    const distance = hasDistance
      ? this.#expressions.numeric(object['distance'], 'sizing.distance')
      : null;
    if (number === null) return null;
    return this.#reader.placed('sizing', sizingOf(kind, number, distance));
  }

  #distance(json: unknown, path: string): PriceDistance | null {
    if ((json ?? null) === null) return null;
    const kinds = ['percent', 'rupees'] as const;
    const kind = this.#reader.oneOf(isObject(json) ? json['kind'] : null, `${path}.kind`, kinds);
    if (kind === null) return null;
    const object = this.#reader.object(json, path, ['kind', kind]) ?? {};
    const number = this.#expressions.numeric(object[kind], `${path}.${kind}`);
    if (number === null) return null;
    return kind === 'percent' ? { kind, percent: number } : { kind, rupees: number };
  }

  /** The last target takes all that is left, so its part may be absent; there it is 100. */
  #takeProfits(json: unknown): readonly ProfitTarget[] {
    const list = this.#reader.list(json, 'takeProfits', maxProfitTargets);
    return list
      .map((target, index) => {
        const path = `takeProfits.${index}`;
        const object = this.#reader.object(target, path, ['distance', 'portionPercent']);
        if (object === null) return null;
        const distance = this.#distance(object['distance'] ?? {}, `${path}.distance`);
        const portionPercent = this.#portion(
          object['portionPercent'],
          `${path}.portionPercent`,
          index === list.length - 1,
        );
        if (distance === null || portionPercent === null) return null;
        return this.#reader.placed(path, { distance, portionPercent });
      })
      .filter((target) => target !== null);
  }

  #portion(json: unknown, path: string, isLast: boolean): NumericExpression | null {
    if (!isLast) return this.#expressions.numeric(json, path);
    if ((json ?? null) !== null) {
      const rest = this.#expressions.numeric(json, path);
      if (rest?.kind !== 'number' || rest.value !== 100) {
        return this.#reader.refuse(path, '100: the last target takes all that is left');
      }
    }
    return { kind: 'number', value: 100 };
  }

  #session(json: unknown): SessionRules {
    const none = emptyDraft().session;
    if ((json ?? null) === null) return none;
    const object = this.#reader.object(json, 'session', Object.keys(none));
    if (object === null) return none;
    const time = (key: keyof SessionRules) =>
      (object[key] ?? null) === null
        ? null
        : readMinutes(this.#reader, object[key], `session.${key}`);
    return this.#reader.placed('session', {
      noEntryBefore: time('noEntryBefore'),
      noEntryAfter: time('noEntryAfter'),
      squareOffAt: time('squareOffAt'),
    });
  }

  #pair(json: unknown): StrategyDocument['pair'] {
    if ((json ?? null) === null) return null;
    const object = this.#reader.object(json, 'pair', ['instrument', 'ratio']);
    if (object === null) return null;
    const instrument = readInstrumentJson(this.#reader, object['instrument'], 'pair.instrument');
    const ratio = this.#expressions.numeric(object['ratio'], 'pair.ratio');
    if (instrument === null || ratio === null) return null;
    return this.#reader.placed('pair', { instrument, ratio });
  }

  #side(json: unknown, path: string): SideRules | null {
    if ((json ?? null) === null) return null;
    const object = this.#reader.object(json, path, ['entry', 'exit']);
    if (object === null) return null;
    const entry = this.#expressions.condition(object['entry'], `${path}.entry`);
    const exit = this.#expressions.condition(object['exit'], `${path}.exit`);
    return entry === null || exit === null ? null : this.#reader.placed(path, { entry, exit });
  }

  #constant(json: unknown, path: string): NumericExpression | null {
    return (json ?? null) === null ? null : this.#expressions.numeric(json, path);
  }
}

function sizingOf(
  kind: Sizing['kind'],
  number: NumericExpression,
  distance: NumericExpression | null,
): Sizing {
  switch (kind) {
    case 'capital':
      return { kind, rupees: number };
    case 'quantity':
      return { kind, units: number };
    case 'lots':
      return { kind, lots: number };
    case 'equity':
      return { kind, percent: number };
    case 'risk':
      return { kind, percent: number, distance };
  }
}
