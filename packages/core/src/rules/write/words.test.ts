import { describe, expect, test } from "vitest";
import { nameWord, pathWord, quoted, valueWord } from "./words.ts";

describe("words are quoted where the lexer would end them", () => {
  const paths: [path: string, written: string][] = [
    ["/a/{b,c}/**", "/a/{b,c}/**"],
    ["@{HOME}/[0-9]*", "@{HOME}/[0-9]*"],
    ["/a b", '"/a b"'],
    ["/a,", '"/a,"'],
    ["/a!b", '"/a!b"'],
    ['/a"b', '"/a\\"b"'],
    ['/a \\"b', '"/a \\"b"'],
    ["@{X}=b", '"@{X}=b"'],
    ["/a#b", "/a#b"],
  ];
  test.each(paths)("path %s", (path, written) => expect(pathWord(path)).toBe(written));

  const names: [name: string, written: string][] = [
    ["rustnet", "rustnet"],
    ["/usr/bin/{x,y}", "/usr/bin/{x,y}"],
    ["parent//child", "parent//child"],
    ["a{", '"a{"'],
    ["-a", '"-a"'],
    ["a b", '"a b"'],
  ];
  test.each(names)("name %s", (name, written) => expect(nameWord(name)).toBe(written));

  const values: [value: string, written: string][] = [
    ["@/tmp/x", "@/tmp/x"],
    ["/a/{b,c}", '"/a/{b,c}"'],
    ["a(b", '"a(b"'],
    ["#a", '"#a"'],
  ];
  test.each(values)("value %s", (value, written) => expect(valueWord(value)).toBe(written));

  test("a quote that is escaped stays as it is", () => expect(quoted('a\\"b')).toBe('"a\\"b"'));
});
