import { readFile } from 'node:fs/promises';
import { fail, succeed, type Result } from '@nandax/core/result.ts';
import {
  compileStrategy,
  type CompiledStrategy,
  type CompileOptions,
} from '@nandax/core/strategy/compile-strategy.ts';
import { parseStrategy } from '@nandax/core/strategy/parse-strategy.ts';
import { describeCompileFailure } from '@nandax/core/strategy/plan/compile-failure.ts';
import { readStrategyTree } from '@nandax/core/strategy/read-strategy-tree.ts';
import type { StrategyDocument } from '@nandax/core/strategy/strategy-document.ts';
import { placed } from './refuse.ts';

/** Reads a strategy's text, or its tree in JSON; a mistake names file and line, or the path in the tree. */
export async function readStrategyFile(file: string): Promise<Result<StrategyDocument, string>> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return fail(`${file}: cannot be read`);
  // No statement of the language begins with a brace.
  if (/^\uFEFF?\s*\{/.test(text)) return readTree(file, text.replace(/^\uFEFF/, ''));
  const parsed = parseStrategy(text);
  if (parsed.ok) return parsed;
  const [first] = parsed.failure;
  if (first === undefined) throw new Error('a refusal without a reason');
  return fail(placed(file, first.line, first.column, first.message));
}

function readTree(file: string, text: string): Result<StrategyDocument, string> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const position = /position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
    const before = text.slice(0, Number(position ?? text.length)).split('\n');
    const column = (before.at(-1) ?? '').length + 1;
    return fail(placed(file, before.length, column, 'expected the JSON of a strategy'));
  }
  const read = readStrategyTree(json);
  if (read.ok) return read;
  const [first] = read.failure;
  if (first === undefined) throw new Error('a refusal without a reason');
  return fail(`${file}: ${first.path === '' ? '' : `${first.path}: `}expected ${first.expected}`);
}

/** Reads `name=value` settings of parameters. */
export function readSettings(
  settings: readonly string[],
): Result<ReadonlyMap<string, number>, string> {
  const parameters = new Map<string, number>();
  for (const setting of settings) {
    const parts = /^([A-Za-z_][A-Za-z0-9_]*)=(-?\d+(?:\.\d+)?)$/.exec(setting);
    if (parts === null)
      return fail(`--param ${setting}: expected a name and a plain number, such as fast=10`);
    parameters.set(parts[1] ?? '', Number(parts[2]));
  }
  return succeed(parameters);
}

/** The document with values of its own for parameters, which then are not searched. */
export function withParameters(
  document: StrategyDocument,
  values: ReadonlyMap<string, number>,
): StrategyDocument {
  const parameters = document.parameters.map((parameter) => {
    const value = values.get(parameter.name);
    return value === undefined ? parameter : { ...parameter, value, range: null };
  });
  return { ...document, parameters };
}

/** Compiles it with these values of its parameters. */
export function compileFor(
  file: string,
  document: StrategyDocument,
  options: CompileOptions,
): Result<CompiledStrategy, string> {
  const compiled = compileStrategy(document, options);
  if (compiled.ok) return succeed(compiled.value);
  const [first] = compiled.failure;
  if (first === undefined) throw new Error('a refusal without a reason');
  return fail(`${file}: ${describeCompileFailure(first)}`);
}
