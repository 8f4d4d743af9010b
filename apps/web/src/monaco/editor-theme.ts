import { monaco } from "./monaco-api.ts";

/** Puts the tokens' colours, as they are in force now, into Monaco's theme. */
export function applyEditorTheme(dark: boolean): void {
  const probe = document.createElement("span");
  document.body.append(probe);
  const colour = (token: string): string => {
    probe.style.color = `var(${token})`;
    return hexOf(getComputedStyle(probe).color);
  };
  monaco.editor.defineTheme("hauberk", {
    base: dark ? "vs-dark" : "vs",
    inherit: false,
    rules: [
      { token: "", foreground: colour("--text").slice(1) },
      { token: "key", foreground: colour("--syntax-path").slice(1) },
      { token: "string", foreground: colour("--syntax-name").slice(1) },
      { token: "number", foreground: colour("--syntax-variable").slice(1) },
      { token: "keyword", foreground: colour("--syntax-keyword").slice(1) },
    ],
    colors: {
      "editor.background": colour("--ground"),
      "editor.foreground": colour("--text"),
      "editorLineNumber.foreground": colour("--text-faint"),
      "editorLineNumber.activeForeground": colour("--text"),
      "editorCursor.foreground": colour("--text"),
      "editor.selectionBackground": dark ? "#2c5078" : "#bcd6f5",
      "editor.lineHighlightBorder": "#00000000",
      "editor.lineHighlightBackground": colour("--ground-chrome"),
      "editorIndentGuide.background1": colour("--edge"),
      "editorBracketMatch.border": colour("--edge-control"),
      "editorBracketMatch.background": "#00000000",
      "editorError.foreground": colour("--bad"),
      "editorWarning.foreground": colour("--warn"),
      "editorInfo.foreground": colour("--accent"),
      "editorWidget.background": colour("--ground-raised"),
      "editorWidget.border": colour("--edge-strong"),
      "editorHoverWidget.background": colour("--ground-raised"),
      "editorHoverWidget.border": colour("--edge-strong"),
      "editorHoverWidget.foreground": colour("--text"),
      "editorSuggestWidget.background": colour("--ground-raised"),
      "editorSuggestWidget.border": colour("--edge-strong"),
      "editorSuggestWidget.foreground": colour("--text"),
      "editorSuggestWidget.selectedBackground": colour("--ground-selected"),
      "editorSuggestWidget.selectedForeground": colour("--text"),
      "editorSuggestWidget.selectedIconForeground": colour("--text-soft"),
      "editorSuggestWidget.highlightForeground": colour("--accent"),
      "editorSuggestWidget.focusHighlightForeground": colour("--accent"),
      "editorSuggestWidgetStatus.foreground": colour("--text-soft"),
      "list.hoverBackground": colour("--ground-hover"),
      "symbolIcon.fileForeground": colour("--text-soft"),
      "symbolIcon.keywordForeground": colour("--syntax-keyword"),
      "symbolIcon.variableForeground": colour("--syntax-variable"),
      "symbolIcon.classForeground": colour("--syntax-name"),
      "symbolIcon.snippetForeground": colour("--text-soft"),
      "symbolIcon.valueForeground": colour("--text-soft"),
      "menu.background": colour("--ground-raised"),
      "menu.foreground": colour("--text"),
      "menu.selectionBackground": colour("--ground-selected"),
      "menu.selectionForeground": colour("--text"),
      "input.background": colour("--ground"),
      "input.foreground": colour("--text"),
      "input.border": colour("--edge-control"),
      "scrollbar.shadow": "#00000000",
      "textCodeBlock.background": colour("--ground-sunken"),
      focusBorder: colour("--focus"),
    },
  });
  probe.remove();
  monaco.editor.setTheme("hauberk");
}

/** `rgb(r, g, b)` as `#rrggbb`, which is all that Monaco reads. */
function hexOf(computed: string): string {
  const parts = computed.match(/\d+(?:\.\d+)?/g)?.slice(0, 3) ?? ["0", "0", "0"];
  return `#${parts.map((part) => Math.round(Number(part)).toString(16).padStart(2, "0")).join("")}`;
}
