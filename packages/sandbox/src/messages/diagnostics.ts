import type { DesignFileBody, ParserDiagnostic } from "@hauberk/contract";
import { installPath, jobMount } from "../job/job-tree.ts";
import type { Position } from "@hauberk/core/text";
import { designViews, type ReadFile } from "./design-views.ts";
import { explain, originOf } from "./explanations.ts";
import { PlaceFinder } from "./find-place.ts";
import { IncludableFiles, type TargetPolicy } from "./includable-files.ts";
import { readMessages, type ParserMessage } from "./read-messages.ts";

/**
 * What the parser said of a design: each message at its place, as well as it can be told, and explained where its words
 * alone say too little. `target` tells where a message about something included is from.
 */
export function diagnosticsOf(
  output: string,
  failed: boolean,
  files: readonly DesignFileBody[],
  target?: TargetPolicy,
): ParserDiagnostic[] {
  const views = designViews(files);
  const paths = new Map(files.map((file) => [`${jobMount}/${installPath(file.path)}`, file.path]));
  const finders = new Map<string | undefined, PlaceFinder>();
  const finder = (path: string | undefined): PlaceFinder => {
    const about = path === undefined ? views() : views().filter((one) => one.path === path);
    const found = finders.get(path) ?? new PlaceFinder(about, target && new IncludableFiles(views(), target));
    finders.set(path, found);
    return found;
  };
  return readMessages(output, failed).map((message) => place(message, { paths, views, finder, target }));
}

interface JudgedFiles {
  /** By the path that the parser saw. */
  readonly paths: ReadonlyMap<string, string>;
  readonly views: () => readonly ReadFile[];
  /** Finds places in one file of the design, or in all of it. */
  readonly finder: (path: string | undefined) => PlaceFinder;
  readonly target: TargetPolicy | undefined;
}

function place(message: ParserMessage, { paths, views, finder, target }: JudgedFiles): ParserDiagnostic {
  const { severity, text } = message;
  const meaning = target && explain(text, target.knowsUnixSockets);
  const said = { severity, message: text, ...(meaning !== undefined && { explanation: meaning }) };
  const path = message.file === null ? undefined : paths.get(message.file);
  if (path !== undefined && message.line !== null) {
    const file = views().find((one) => one.path === path);
    const position = file ? refined(message, message.line, file) : { line: message.line, column: null };
    return { file: path, ...position, ...said };
  }
  if (message.file !== null && path === undefined) return inForeignFile(message, paths, views);
  const found = finder(path).find(message);
  const only = paths.size === 1 ? [...paths.values()][0] : undefined;
  if (!found) return { file: path ?? only ?? null, line: null, column: null, ...said };
  const { include, ...position } = found;
  const explanation = [
    ...(include === undefined ? [] : [originOf(include)]),
    ...(meaning === undefined ? [] : [meaning]),
  ].join(" ");
  return { ...position, ...said, ...(explanation !== "" && { explanation }) };
}

/** A message about a file of the target: it is told at the design's `include` that brings the file in. */
function inForeignFile(
  message: ParserMessage,
  paths: ReadonlyMap<string, string>,
  views: () => readonly ReadFile[],
): ParserDiagnostic {
  const where = message.line === null ? `${message.file}` : `${message.file}, line ${message.line}`;
  const text = `In \`${where}\`: ${message.text}`;
  const top = message.top === null ? undefined : paths.get(message.top);
  const file = views().find((one) => one.path === top);
  const include = file && message.file ? includeOf(file, message.file) : undefined;
  const position = file && include !== undefined ? file.lines.positionAt(include) : { line: null, column: null };
  return { file: top ?? null, ...position, severity: message.severity, message: text };
}

/** Where a file of the design includes a file of the target directly: the offset of the `include`. */
function includeOf(file: ReadFile, target: string): number | undefined {
  const profiles = file.view.profiles;
  const includes = [...file.view.includes, ...profiles.flatMap((profile) => profile.includes)];
  return includes.find((include) => `${jobMount}/${include.path}` === target || include.path === target)?.node.start;
}

/**
 * The parser names the line where it noticed: after the missing comma, at the end of the file for an open brace. Our own
 * reading knows the spot, and stands in where nothing but blank lines and comments lies between the two.
 */
function refined(message: ParserMessage, line: number, file: ReadFile): { line: number; column: number | null } {
  const isSyntax = /syntax error|Lexer found|end of line character|end of file/.test(message.text);
  const [first] = file.view.tree.errors;
  if (isSyntax && first) {
    const own = file.lines.positionAt(first.start);
    const atEnd = /end of file/.test(message.text);
    if (own.line <= line && (atEnd || own.line === line || isQuietBetween(file, own.line, line))) {
      return unendedRule(message.text, own, file) ?? own;
    }
  }
  return { line, column: columnOf(message.text, lineText(file, line)) };
}

/** Where a rule wants its comma: the end of the last line before, if what was not expected begins a line of its own. */
function unendedRule(message: string, found: Position, file: ReadFile): Position | undefined {
  if (!/TOK_END_OF_RULE|end of line character/.test(message)) return undefined;
  if (
    lineText(file, found.line)
      .slice(0, found.column - 1)
      .trim() !== ""
  )
    return undefined;
  for (let line = found.line - 1; line > 0; line--) {
    const text = lineText(file, line).trimEnd();
    if (text.trim() === "" || text.trim().startsWith("#")) continue;
    return /[,{}]$|#/.test(text) ? undefined : { line, column: text.length + 1 };
  }
  return undefined;
}

function isQuietBetween(file: ReadFile, from: number, to: number): boolean {
  for (let line = from + 1; line < to; line++) {
    const text = lineText(file, line).trim();
    if (text !== "" && !text.startsWith("#")) return false;
  }
  return true;
}

function lineText(file: ReadFile, line: number): string {
  const { text } = file.view.tree;
  const start = file.lines.lineStart(line);
  const end = text.indexOf("\n", start);
  return text.slice(start, end === -1 ? undefined : end);
}

/** The column of what the message quotes, where that stands in the line exactly once; else null. */
function columnOf(message: string, line: string): number | null {
  const quoted = [...message.matchAll(/'([^']+)'|"([^"]+)"/g)].map((match) => match[1] ?? match[2] ?? "");
  const lastWord = /(\S+?)\.?$/.exec(message)?.[1];
  for (const word of lastWord === undefined ? quoted : [...quoted, lastWord]) {
    const at = line.indexOf(word);
    if (at !== -1 && line.indexOf(word, at + 1) === -1) return at + 1;
  }
  return null;
}
