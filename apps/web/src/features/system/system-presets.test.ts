import { describe, expect, it } from "vitest";

import { ruleDraft } from "../../panel/rule-form/index.ts";
import {
  allPresets,
  changePresets,
  limitPresets,
  mountPresets,
  namespacePresets,
  pivotPresets,
} from "./system-presets.ts";

const all = [...allPresets, ...changePresets, ...limitPresets, ...mountPresets, ...namespacePresets, ...pivotPresets];

describe("presets of the system", () => {
  it.each(all.map((preset) => [preset.label, preset.value] as const))("%s: a rule that no parser minds", (_, value) => {
    const { refusal, problems, words } = ruleDraft(value);
    expect([refusal, problems]).toEqual([null, []]);
    expect(words?.sentence).not.toBe("");
  });

  it("are told apart by their labels", () => {
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
  });
});
