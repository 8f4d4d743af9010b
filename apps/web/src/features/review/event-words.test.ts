import { describe, expect, it } from "vitest";
import { eventDetail, eventWords } from "./event-words.ts";

describe("the history in words", () => {
  it("says who did what to which revision", () => {
    const by = { name: "Ada", account: null };
    expect(eventWords({ kind: "revision-saved", by, revision: 4 })).toBe("Ada saved revision 4");
    expect(eventWords({ kind: "commented", by, revision: 4 })).toBe("Ada commented");
    expect(eventWords({ kind: "verdicts-known", by: null, revision: 2 })).toBe(
      "The targets’ parsers have spoken of revision 2",
    );
  });

  it("calls the owner so where they gave no name, and nobody else", () => {
    const nobody = { name: "Anonymous", account: null };
    expect(eventWords({ kind: "gate-set", by: nobody, revision: null })).toBe("The owner set the gate");
    expect(eventWords({ kind: "commented", by: nobody, revision: 1 })).toBe("Anonymous commented");
    expect(eventDetail({ kind: "gate-set", detail: "1" })).toBe("1 approval");
  });
});
