import { describe, expect, it } from "vitest";
import { lineEndsOf, uniformLineEnds } from "./line-ends.ts";

describe("line ends", () => {
  it("are told apart", () => {
    expect(lineEndsOf("a")).toBe("none");
    expect(lineEndsOf("a\nb\n")).toBe("lf");
    expect(lineEndsOf("a\r\nb")).toBe("crlf");
    expect(lineEndsOf("a\r\nb\n")).toBe("mixed");
    expect(lineEndsOf("a\rb")).toBe("mixed");
  });

  it("become those of the majority", () => {
    expect(uniformLineEnds("a\r\nb\r\nc\n")).toBe("a\r\nb\r\nc\r\n");
    expect(uniformLineEnds("a\nb\nc\r\n")).toBe("a\nb\nc\n");
    expect(uniformLineEnds("a\rb\n")).toBe("a\nb\n");
  });
});
