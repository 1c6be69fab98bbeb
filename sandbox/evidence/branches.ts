import path from 'node:path';
import ts from 'typescript';

/** One place where the model answers: an operation's success, or one error. */
export interface Branch {
  /** The words that its evidence names: the operation, the error's code, or the reason in its fields. */
  readonly keys: readonly string[];
  readonly file: string;
  readonly line: number;
  /** Whether it is an operation that changes something in AWS. */
  readonly isWrite: boolean;
  /** The line of evidence that names it; undefined where none does. */
  readonly evidence: string | undefined;
}

/** Words that a helper of the model answers with, by file and name: `invalid` of one service is not that of another. */
export type Helpers = ReadonlyMap<string, string>;

/** Faults of those who use the model, and lost connections: no answers of AWS. */
const NO_ANSWERS: ReadonlySet<string> = new Set(['Error', 'RangeError', 'TypeError', 'ConnectionLostError']);

const parse = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

/**
 * The helpers that make an error with a code of their own:
 * `const noSuchEntity = (…) => new ServiceError('NoSuchEntity', …)`.
 */
export function helpersIn(file: string, text: string): readonly (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  const source = parse(file, text);
  for (const statement of source.statements) {
    const name = declaredName(statement);
    if (name === undefined) continue;
    const codes = errorsIn(statement).flatMap(codeOf);
    const [code] = codes;
    if (code !== undefined && codes.length === 1) found.push([`${file}#${name}`, code]);
  }
  return found;
}

function declaredName(statement: ts.Statement): string | undefined {
  if (ts.isFunctionDeclaration(statement)) return statement.name?.text;
  if (!ts.isVariableStatement(statement)) return undefined;
  const [declaration] = statement.declarationList.declarations;
  return declaration !== undefined && ts.isIdentifier(declaration.name) ? declaration.name.text : undefined;
}

const errorsIn = (node: ts.Node): readonly ts.NewExpression[] =>
  allIn(node).filter(
    (one): one is ts.NewExpression => ts.isNewExpression(one) && one.expression.getText() === 'ServiceError',
  );

function allIn(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [node];
  node.forEachChild((child) => {
    nodes.push(...allIn(child));
  });
  return nodes;
}

/** The code as it stands there, or the first of those that a constant of the same function may have. */
function codeOf(error: ts.NewExpression): readonly string[] {
  const [code] = error.arguments ?? [];
  if (code === undefined) return [];
  if (ts.isStringLiteralLike(code)) return [code.text];
  if (!ts.isIdentifier(code)) return [];
  const words = declarationsAround(error)
    .filter(({ name }) => name.getText() === code.text)
    .flatMap(({ initializer }) => (initializer === undefined ? [] : allIn(initializer)))
    .filter((one) => ts.isStringLiteralLike(one))
    .map(({ text }) => text)
    .filter((text) => /^[A-Z]\w+$/u.test(text));
  return words.slice(0, 1);
}

const declarationsAround = (node: ts.Node): readonly ts.VariableDeclaration[] =>
  allIn(outwards(node).find(ts.isFunctionLike) ?? node).filter((one) => ts.isVariableDeclaration(one));

/** Every branch of one file, and whether a line of evidence beside it names it. */
export function branchesIn(file: string, text: string, helpers: Helpers): readonly Branch[] {
  const source = parse(file, text);
  const imports = importsOf(source, file);
  const used = new Set<string>();
  const helperCode = (name: string): string | undefined =>
    helpers.get(`${file}#${name}`) ?? helpers.get(`${imports.get(name) ?? ''}#${name}`);
  return allIn(source).flatMap((node) => {
    const keys = keysOf(node, helperCode);
    if (keys === undefined) return [];
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    return [{ keys, file, line, isWrite: isWrite(node), evidence: claim(node, keys, text, used) }];
  });
}

function importsOf(source: ts.SourceFile, file: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const from = `${path.join(path.dirname(file), statement.moduleSpecifier.text)}.ts`;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    for (const { name } of bindings.elements) names.set(name.text, from);
  }
  return names;
}

type HelperCode = (name: string) => string | undefined;

/** What the evidence of a branch has to name; undefined where the node is no branch. */
function keysOf(node: ts.Node, helperCode: HelperCode): readonly string[] | undefined {
  if (ts.isThrowStatement(node)) return keysOfThrown(node.expression, helperCode);
  if (ts.isNewExpression(node) && node.expression.getText() === 'ServiceError') return keysOfMade(node);
  if (ts.isCallExpression(node) && node.expression.getText() === 'operation') return keysOfOperation(node);
  return undefined;
}

function keysOfThrown(thrown: ts.Expression, helperCode: HelperCode): readonly string[] | undefined {
  if (ts.isNewExpression(thrown)) {
    const made = thrown.expression.getText();
    return NO_ANSWERS.has(made) || made === 'ServiceError' ? undefined : [made];
  }
  if (!ts.isCallExpression(thrown) || isLimitOfModel(thrown)) return undefined;
  const name = thrown.expression.getText();
  if (GIVEN_ON.has(name) || isParameter(thrown, name)) return undefined;
  const word = thrown.arguments.find((one) => ts.isStringLiteralLike(one) && REASON.test(one.text));
  if (word !== undefined && ts.isStringLiteralLike(word)) return [word.text];
  const code = helperCode(name);
  return code === undefined ? [] : [code];
}

/** What a helper was made for: a reason in the error's fields, or its code. */
const REASON = /^(?:[A-Z][A-Z_]+|[A-Z]\w+Exception)$/u;

/** An error that came from elsewhere, and those of a helper whose own errors are branches. */
const GIVEN_ON: ReadonlySet<string> = new Set(['originalOf', 'accessDenied', 'tooManyCreations']);

/** A limit that the model tells of itself is no belief about AWS. */
const isLimitOfModel = (node: ts.Node): boolean =>
  /this model of aws|is not modelled/iu.test((outwards(node).find(ts.isBlock) ?? node).getText()) &&
  /this model of aws|is not modelled|\bmessage\b/iu.test(node.getText());

const isParameter = (node: ts.Node, name: string): boolean =>
  outwards(node)
    .filter((one) => ts.isFunctionLike(one))
    .some(({ parameters }) => parameters.some((one) => one.name.getText() === name));

/** A helper of a file that others throw is no branch; each of its throws is. */
function keysOfMade(node: ts.NewExpression): readonly string[] | undefined {
  const codes = codeOf(node);
  if (codes.length === 0 || isLimitOfModel(node) || isHelper(node)) return undefined;
  return codes;
}

function isHelper(node: ts.NewExpression): boolean {
  const isResult = ts.isArrowFunction(node.parent) || ts.isReturnStatement(node.parent);
  const owner = outwards(node).find(ts.isFunctionLike);
  if (!isResult || owner === undefined) return false;
  return ts.isSourceFile(owner.parent) || ts.isSourceFile(owner.parent.parent.parent.parent);
}

const isWrite = (node: ts.Node): boolean =>
  ts.isCallExpression(node) &&
  node.expression.getText() === 'operation' &&
  node.arguments.some(
    (one) =>
      ts.isObjectLiteralExpression(one) && one.properties.some((property) => property.getText() === 'write: true'),
  );

function keysOfOperation({ arguments: given }: ts.CallExpression): readonly string[] | undefined {
  const definition = given.find((one) => ts.isObjectLiteralExpression(one));
  const name = definition?.properties.find((one) => one.name?.getText() === 'name');
  if (name === undefined || !ts.isPropertyAssignment(name)) return undefined;
  return ts.isStringLiteralLike(name.initializer) ? [name.initializer.text] : undefined;
}

/** Takes the nearest line of evidence that names the branch; one line is for one branch. */
function claim(node: ts.Node, keys: readonly string[], text: string, used: Set<string>): string | undefined {
  // Without a word to look for, only a line right above it can be meant.
  const places = keys.length === 0 ? statementOf(node) : [...inside(node), ...outwards(node)];
  for (const place of places) {
    for (const line of evidenceAt(place, text)) {
      if (used.has(line.id) || !keys.every((key) => new RegExp(`(?:\\b|_)${key}\\b`, 'u').test(line.text))) continue;
      used.add(line.id);
      return line.text;
    }
  }
  return undefined;
}

/** The statement, and the `if` that it belongs to where there are no braces. */
function statementOf(node: ts.Node): readonly ts.Node[] {
  const [statement, around] = outwards(node).filter((one) => ts.isStatement(one));
  if (statement === undefined) return [];
  return around !== undefined && ts.isIfStatement(around) ? [statement, around] : [statement];
}

/** An operation's own line may stand above its name, too. */
function inside(node: ts.Node): readonly ts.Node[] {
  if (!ts.isCallExpression(node)) return [];
  return node.arguments.filter((one) => ts.isObjectLiteralExpression(one)).flatMap(({ properties }) => [...properties]);
}

function outwards(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [];
  for (let one: ts.Node = node; !ts.isSourceFile(one); one = one.parent) nodes.push(one);
  return nodes;
}

function evidenceAt(node: ts.Node, text: string): readonly { readonly id: string; readonly text: string }[] {
  const ranges = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
  const [first] = ranges;
  const last = ranges.at(-1);
  if (first === undefined || last === undefined) return [];
  const comment = text.slice(first.pos, last.end);
  return comment
    .split('@evidence ')
    .slice(1)
    .map((part, index) => ({ id: `${first.pos}/${index}`, text: part.replaceAll(/\s+(?:\*|\/\/)?\s*/gu, ' ') }));
}
