import { describe } from "vitest";
import { at, lines, run } from "./examples.test-data.ts";
import { addAlias, addBoolean, changeAlias, removeAlias, removeBoolean, setBoolean, setXattrs } from "./index.ts";

describe("booleans, aliases and attributes", () => {
  const head = lines("include <tunables/global>", "", "profile x /x {", "}");
  run([
    [
      "a boolean",
      head,
      (file) => addBoolean(file, "net", true),
      lines("include <tunables/global>", "", "$net = true", "", "profile x /x {", "}"),
    ],
    [
      "its value",
      "$net=True\nprofile x {\n}\n",
      (file) => setBoolean(file, at(file.booleans, 0), false),
      "$net=false\nprofile x {\n}\n",
    ],
    [
      "the same value",
      "$net=True\nprofile x {\n}\n",
      (file) => setBoolean(file, at(file.booleans, 0), true),
      "$net=True\nprofile x {\n}\n",
    ],
    [
      "not twice",
      "$net=True\nprofile x {\n}\n",
      (file) => addBoolean(file, "net", true),
      "no: `$net` is set in line 1 already; change it there",
    ],
    [
      "away",
      "$net = true\n\nprofile x {\n}\n",
      (file) => removeBoolean(file, at(file.booleans, 0)),
      "profile x {\n}\n",
    ],
    [
      "an alias",
      head,
      (file) => addAlias(file, { from: "/a/", to: "/b c/" }),
      lines("include <tunables/global>", "", 'alias /a/ -> "/b c/",', "", "profile x /x {", "}"),
    ],
    [
      "its target",
      "alias /a/  -> /b/ ,\nprofile x {\n}\n",
      (file) => changeAlias(file, at(file.aliases, 0), { from: "/a/", to: "/c/" }),
      "alias /a/  -> /c/ ,\nprofile x {\n}\n",
    ],
    [
      "gone",
      "alias /a/ -> /b/,\nprofile x {\n}\n",
      (file) => removeAlias(file, at(file.aliases, 0)),
      "profile x {\n}\n",
    ],
    [
      "attributes",
      head,
      (file, x) => setXattrs(file, x, ["user.a=b c", "user.d=*"]),
      head.replace("/x {", '/x xattrs=(user.a="b c" user.d=*) {'),
    ],
    ["attributes gone", head.replace("/x {", "/x xattrs=(user.a=b) {"), (file, x) => setXattrs(file, x, []), head],
    [
      "no attribute",
      head,
      (file, x) => setXattrs(file, x, ["a) {"]),
      "no: `a) {` is no attribute with a value; write `user.tag=value`",
    ],
  ]);
});
