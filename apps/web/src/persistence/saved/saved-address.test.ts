import { describe, expect, it } from "vitest";
import { readReviewAddress } from "./saved-address.ts";

const design = "A".repeat(22);
const token = `hbk_${"b-_9".repeat(10)}xyz`;

describe("readReviewAddress", () => {
  it("finds the address in whatever was pasted", () => {
    expect(readReviewAddress(`The owner’s key:\n\nhttps://h.example/review/${design}#${token}\n\nKeep it.`)).toEqual({
      design,
      token,
    });
  });

  it("takes no address that is cut or longer", () => {
    expect(readReviewAddress(`https://h.example/review/${design}#${token.slice(0, -1)}`)).toBeNull();
    expect(readReviewAddress(`https://h.example/review/${design}#${token}x`)).toBeNull();
    expect(readReviewAddress(token)).toBeNull();
  });
});
