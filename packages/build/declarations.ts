import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

/**
 * Writes the declarations of source files, each made from that file alone.
 *
 * @param source the folder of the files, and of those below it
 * @throws Error where an exported thing does not say its type, or names a file that is not in the package
 */
export function writeDeclarations(
  source: string,
  target: string,
  isPublic: (file: string) => boolean = () => true,
): void {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  for (const file of files.filter(isPublic)) {
    const output = path.join(target, file.replace(/[.]ts$/u, '.d.ts'));
    mkdirSync(path.dirname(output), { recursive: true });
    writeFileSync(output, declarationOf(path.join(source, file)));
  }
}

function declarationOf(fileName: string): string {
  const compilerOptions = { isolatedDeclarations: true, declaration: true, target: ts.ScriptTarget.ES2023 };
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(readFileSync(fileName, 'utf8'), {
    fileName,
    compilerOptions,
    reportDiagnostics: true,
  });
  const [fault] = diagnostics;
  if (fault !== undefined) throw new Error(`${fileName}: ${ts.flattenDiagnosticMessageText(fault.messageText, ' ')}`);
  if (outputText.includes(`from '../`)) throw new Error(`${fileName} tells types that are not in the package.`);
  // Node's resolution of modules asks for extensions.
  return outputText.replaceAll(/(from )'(\.\/[^']+)'/gu, "$1'$2.js'");
}
