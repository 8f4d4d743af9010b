/** A program that runs the texts of others: whatever holds for it holds for every one of them. */
export interface Interpreter {
  /** Its names, without folders. */
  readonly name: RegExp;
  /** Where AppArmor sees it, behind the links of Debian's packages. */
  readonly path: string;
  /** The abstraction for what it loads. */
  readonly include: string | null;
  /** What it loads that no abstraction has. */
  readonly files: readonly { readonly path: string; readonly permissions: string }[];
  /** Options whose value is the next word. */
  readonly valued: RegExp;
  /** Options that bring the text along, or name it in another way than by its file. */
  readonly inline: RegExp;
  /** Options behind which the file of the text stands. */
  readonly file: RegExp;
  /** The first word that is no option is the file, too. */
  readonly isFirst: boolean;
}

const none = /(?!)/u;

const interpreters: readonly Interpreter[] = [
  {
    name: /^python[\d.]*$/u,
    path: "/{,usr/}bin/python3{,.[0-9]*}",
    include: "python",
    files: [],
    valued: /^(?:-[WX]|--check-hash-based-pycs)$/u,
    inline: /^-[BEIOPRSbdiqsuvx]*[cm]/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^perl[\d.]*$/u,
    path: "/{,usr/}bin/perl",
    include: "perl",
    files: [],
    valued: /^-I$/u,
    inline: /^-[nplawTti]*[eE]/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^ruby[\d.]*$/u,
    path: "/{,usr/}bin/ruby{,[0-9]*}",
    include: "ruby",
    files: [],
    valued: /^-[IrCE]$/u,
    inline: /^-(?:[nplaw]*e|S$)/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^(?:ba|da)?sh$/u,
    path: "/{,usr/}bin/{,da,ba}sh",
    include: null,
    files: [],
    valued: /^(?:[-+]o|--(?:rcfile|init-file))$/u,
    inline: /^-[a-z]*[cs]/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^(?:ksh|zsh|mksh)$/u,
    path: "/{,usr/}bin/{k,z,mk}sh",
    include: null,
    files: [],
    valued: /^[-+]o$/u,
    inline: /^-[a-z]*[cs]/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^(?:node|nodejs)$/u,
    path: "/{,usr/}bin/node{,js}",
    include: "openssl",
    files: [],
    valued: /^(?:-[rC]|--(?:require|import|loader|experimental-loader|conditions|env-file|title|icu-data-dir))$/u,
    inline: /^(?:-(?:e|p|pe)|--(?:eval|print|run))$/u,
    file: none,
    isFirst: true,
  },
  {
    name: /^php[\d.]*$/u,
    path: "/{,usr/}bin/php{,[0-9]*}",
    include: "php",
    files: [],
    valued: /^-[cdzt]$/u,
    inline: /^-[rBRES]$/u,
    file: /^(?:-f|--file)$/u,
    isFirst: true,
  },
  {
    name: /^java$/u,
    path: "/usr/lib/jvm/*/bin/java",
    include: null,
    files: [
      { path: "/usr/lib/jvm/{,**}", permissions: "r" },
      { path: "/usr/lib/jvm/**.so*", permissions: "mr" },
      { path: "/etc/java-*/{,**}", permissions: "r" },
    ],
    valued:
      /^(?:-cp|-classpath|--class-path|-p|--module-path|--upgrade-module-path|--add-modules|--add-(?:opens|exports|reads))$/u,
    inline: none,
    file: /^-jar$/u,
    // That is a class.
    isFirst: false,
  },
  {
    name: /^(?:lua[\d.]*|luajit)$/u,
    path: "/{,usr/}bin/lua{,jit}{,[0-9]*}",
    include: null,
    files: [],
    valued: /^-l$/u,
    inline: /^-e/u,
    file: none,
    isFirst: true,
  },
];

/** The interpreter of a path or a bare name; null for any other program. */
export function interpreterOf(program: string): Interpreter | null {
  const name = program.slice(program.lastIndexOf("/") + 1);
  return interpreters.find((each) => each.name.test(name)) ?? null;
}

/** True for the shells of sh(1)'s kind. */
export function isShell(program: string): boolean {
  return /(?:^|\/)(?:ba|da|z|k|mk|a)?sh$/u.test(program);
}

/** Where the file of the text stands among the words behind an interpreter; null where none is named. */
export function scriptAt({ valued, inline, file, isFirst }: Interpreter, args: readonly string[]): number | null {
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    if (inline.test(word) || word === "-") return null;
    if (file.test(word) || word === "--") return index + 1 < args.length ? index + 1 : null;
    if (valued.test(word)) index++;
    else if (!/^[-+]/u.test(word)) return isFirst ? index : null;
  }
  return null;
}
