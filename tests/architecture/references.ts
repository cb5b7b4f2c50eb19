import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../..', import.meta.url));
const rooms = ['core', 'app', 'adapters', 'api', 'worker', 'cli', 'prisma'];
const skipped = new Set(['node_modules', 'generated', 'migrations']);

/** A place in the sources that names something: the file, and the declaration at its top that it stands in. */
export interface Reference {
  readonly file: string;
  readonly within: string;
}

/** What is looked for: a function of a file, or a member of an interface (`Broker.place`). */
export interface Wanted {
  readonly file: string;
  readonly name: string;
}

/** The sources of the product, tests left out, as the compiler understands them. */
export class Sources {
  readonly #program: ts.Program;
  readonly #files: readonly ts.SourceFile[];

  constructor(extra: Readonly<Record<string, string>> = {}) {
    const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root);
    const host = ts.createCompilerHost(options);
    const added = new Map(Object.entries(extra).map(([file, text]) => [join(root, file), text]));
    const read = host.readFile.bind(host);
    const exists = host.fileExists.bind(host);
    host.readFile = (file) => added.get(file) ?? read(file);
    host.fileExists = (file) => added.has(file) || exists(file);
    const names = [...rooms.flatMap((room) => filesIn(join(root, room))), ...added.keys()];
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (file, target) => {
      const text = added.get(file);
      return text === undefined
        ? getSourceFile(file, target)
        : ts.createSourceFile(file, text, target);
    };
    this.#program = ts.createProgram(names, options, host);
    this.#files = names.flatMap((name) => this.#program.getSourceFile(name) ?? []);
  }

  /**
   * Everything that names what is wanted: calls, and also values passed on, destructured or reached by
   * a name in brackets. Imports and its own declaration are none.
   */
  to(wanted: Wanted): readonly Reference[] {
    const checker = this.#program.getTypeChecker();
    const declaration = this.#find(wanted);
    const name = wanted.name.split('.').at(-1) ?? '';
    const found: Reference[] = [];
    const look = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node) || node === declaration) return;
      if (isNamed(node, name) && declarationsOf(checker, node).includes(declaration)) {
        found.push({ file: relative(root, node.getSourceFile().fileName), within: topOf(node) });
      }
      ts.forEachChild(node, look);
    };
    for (const file of this.#files) if (file.text.includes(name)) look(file);
    return found;
  }

  /** Files in which a call of one of `methods` on something called `object` stands. */
  callsOn(object: string, methods: readonly string[]): readonly string[] {
    const found = new Set<string>();
    const look = (node: ts.Node): void => {
      if (
        ts.isPropertyAccessExpression(node) &&
        methods.includes(node.name.text) &&
        ts.isPropertyAccessExpression(node.expression) &&
        node.expression.name.text === object
      ) {
        found.add(relative(root, node.getSourceFile().fileName));
      }
      ts.forEachChild(node, look);
    };
    this.#files.forEach(look);
    return [...found].sort();
  }

  /** Files whose text matches. */
  textsLike(pattern: RegExp): readonly string[] {
    return this.#files
      .filter(({ text }) => pattern.test(text))
      .map(({ fileName }) => relative(root, fileName))
      .sort();
  }

  #find({ file, name }: Wanted): ts.Node {
    const source = this.#program.getSourceFile(join(root, file));
    const [first, member] = name.split('.');
    for (const statement of source?.statements ?? []) {
      if (ts.isFunctionDeclaration(statement) && statement.name?.text === first) return statement;
      if (!ts.isInterfaceDeclaration(statement) || statement.name.text !== first) continue;
      const declared = statement.members.find((one) => one.name?.getText() === member);
      if (declared !== undefined) return declared;
    }
    throw new Error(`there is no ${name} in ${file}`);
  }
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

function isNamed(node: ts.Node, name: string): boolean {
  return (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === name;
}

/** What a name stands for, through imports, destructuring and shorthand. */
function declarationsOf(checker: ts.TypeChecker, node: ts.Node): readonly ts.Node[] {
  const { parent } = node;
  const symbols: (ts.Symbol | undefined)[] = [checker.getSymbolAtLocation(node)];
  if (ts.isBindingElement(parent) && ts.isObjectBindingPattern(parent.parent)) {
    const named = (parent.propertyName ?? parent.name).getText();
    symbols.push(checker.getTypeAtLocation(parent.parent).getProperty(named));
  }
  if (ts.isShorthandPropertyAssignment(parent)) {
    symbols.push(checker.getShorthandAssignmentValueSymbol(parent));
  }
  if (ts.isElementAccessExpression(parent) && ts.isStringLiteralLike(node)) {
    symbols.push(checker.getTypeAtLocation(parent.expression).getProperty(node.text));
  }
  return symbols.flatMap((symbol) => {
    if (symbol === undefined) return [];
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    return (isAlias ? checker.getAliasedSymbol(symbol) : symbol).declarations ?? [];
  });
}

/** The name of the declaration at the top of the file, or the class's method, that a node stands in. */
function topOf(node: ts.Node): string {
  let at: ts.Node = node;
  let method: string | null = null;
  while (!ts.isSourceFile(at.parent)) {
    if (ts.isMethodDeclaration(at) && ts.isClassDeclaration(at.parent)) method = at.name.getText();
    at = at.parent;
  }
  if (ts.isFunctionDeclaration(at)) return at.name?.text ?? '?';
  if (ts.isClassDeclaration(at)) return [at.name?.text ?? '?', method].filter(Boolean).join('.');
  if (ts.isVariableStatement(at)) return at.declarationList.declarations[0]?.name.getText() ?? '?';
  return '?';
}
