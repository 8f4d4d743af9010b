import { describe } from "vitest";
import { run } from "./examples.test-data.ts";
import { formatFile } from "./index.ts";

describe("the style of a file", () => {
  run([
    [
      "indents, parts and closes",
      'abi <abi/3.0>,\ninclude  <tunables/global>\n\n\n\n@{X}=/a   "/b c" \\\n  /d\nprofile  x\n/x\tflags = (audit)\n{\n\n/a   r ,   # why\n\t# b\n /b r,/c r,\n\n\n  ^h {/d r,}\n}',
      (file) => formatFile(file),
      'abi <abi/3.0>,\ninclude <tunables/global>\n\n@{X}=/a "/b c" \\\n  /d\n\nprofile x\n    /x flags = (audit) {\n  /a r, # why\n  # b\n  /b r,\n  /c r,\n\n  ^h {\n    /d r,\n  }\n}\n',
    ],
    [
      "touches nothing that it can't read",
      "profile x {\n  dbus send\n       bus=system\n       # no\n       ,\n}\n",
      (file) => formatFile(file),
      "no: line 4 can't be read: a comment cannot stand inside this kind of rule; mend that first",
    ],
    [
      "keeps conditionals",
      "profile x {\n if $y { /a r, }\n else   { }\n owner {\n/b r, } }\n",
      (file) => formatFile(file),
      "profile x {\n  if $y {\n    /a r,\n  } else { }\n  owner {\n    /b r,\n  }\n}\n",
    ],
    ["keeps CR LF", "profile x {\r\n/a   r,\r\n}\r\n", (file) => formatFile(file), "profile x {\r\n  /a r,\r\n}\r\n"],
  ]);
});
