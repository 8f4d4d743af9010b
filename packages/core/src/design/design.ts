import type { PlacedRule } from "../rules/index.ts";
import type { SyntaxNode, SyntaxTree } from "../syntax/index.ts";

/**
 * A file of a design. `path` is as on disk below the design's folder: `hauberk.json` or `apparmor.d/…`; a lone file
 * given to the command line has the name it will be installed under.
 */
export interface DesignFile {
  readonly path: string;
  readonly text: string;
}

/** A tree of sources under one name. */
export interface Design {
  readonly name: string;
  readonly files: readonly DesignFile[];
}

/** `include <abstractions/base>` and its kin. */
export interface IncludeView {
  readonly node: SyntaxNode;
  /** Between the brackets or quotes. */
  readonly path: string;
  /** `<…>`: searched in the include folders. `"…"` or bare: a path. */
  readonly magic: boolean;
  readonly ifExists: boolean;
  /** The conditional branches and qualified blocks around it, outermost first. */
  readonly within: readonly SyntaxNode[];
}

/** `@{NAME} = a b`, `+=`, `?=` or `:=`. */
export interface VariableView {
  readonly node: SyntaxNode;
  /** Without `@{` and `}`. */
  readonly name: string;
  readonly operator: "=" | "+=" | "?=" | ":=";
  /** As written, quotes taken away. */
  readonly values: readonly string[];
}

/** `$NAME = true`. */
export interface BooleanView {
  readonly node: SyntaxNode;
  readonly name: string;
  readonly value: boolean;
}

/** `alias /a -> /b,`. */
export interface AliasView {
  readonly node: SyntaxNode;
  readonly from: string;
  readonly to: string;
}

/** A rule in a profile, with what encloses it inside the profile: conditionals and qualified blocks. */
export interface ProfileRule {
  readonly rule: PlacedRule;
  /** The conditional branches and qualified blocks around the rule, outermost first. */
  readonly within: readonly SyntaxNode[];
}

/** A profile, child profile or hat. */
export interface ProfileView {
  readonly node: SyntaxNode;
  /** The conditional branches and qualified blocks around it in its parent or file, outermost first. */
  readonly within: readonly SyntaxNode[];
  readonly body: SyntaxNode | undefined;
  readonly form: "profile" | "hat";
  /** The word `profile` or `hat` is written (otherwise the attachment is the name, or `^name`). */
  readonly keyword: boolean;
  /** The name as written (quotes taken away): for `/usr/bin/x { }` the path. */
  readonly name: string;
  /** The attachment where it is written beside a name; where the name is a path, that path; else null. */
  readonly attachment: string | null;
  /** Each flag as written: `complain`, `attach_disconnected.path=/x`. */
  readonly flags: readonly string[];
  /** `key=value` pairs as written. */
  readonly xattrs: readonly string[];
  readonly rules: readonly ProfileRule[];
  readonly includes: readonly IncludeView[];
  /** Child profiles and hats, in the order of the text. */
  readonly children: readonly ProfileView[];
}

/** The typed view of one policy file. */
export interface FileView {
  readonly path: string;
  readonly tree: SyntaxTree;
  readonly abi: { readonly node: SyntaxNode; readonly path: string; readonly magic: boolean } | null;
  readonly includes: readonly IncludeView[];
  readonly variables: readonly VariableView[];
  readonly booleans: readonly BooleanView[];
  readonly aliases: readonly AliasView[];
  /** Top-level profiles, in the order of the text. */
  readonly profiles: readonly ProfileView[];
  /** Rules that stand outside any profile: in abstractions, which are pieces of a profile's body. */
  readonly looseRules: readonly ProfileRule[];
}
