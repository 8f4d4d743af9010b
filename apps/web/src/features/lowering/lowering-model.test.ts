import { answerLoss, lowerDesign } from "@hauberk/core/lowering";
import { applyEdits } from "@hauberk/core/text";
import { describe, expect, it } from "vitest";
import { designOf, loweredSubject, loweringTarget, lossWords, shippedFiles } from "./lowering-model.ts";

const path = "apparmor.d/app";
const source = "profile app {\n  network inet dgram peer=(ip=127.0.0.53 port=53),\n  /etc/x r,\n}\n";
const texts = new Map([
  ["hauberk.json", '{"format": 1, "name": "app", "targets": ["debian-12"]}\n'],
  [path, source],
  ["apparmor.d/abstractions/app", "/etc/y r,\n"],
]);
const status = {
  id: "debian-12",
  label: "Debian 12",
  kind: "release" as const,
  usable: true,
  why: null,
  notes: [],
  parser: "3.0.8",
  kernel: "6.1",
  features: "network_v8 {af_mask {unix inet inet6 netlink }\n}\n",
};

describe("what ships to a target", () => {
  const target = loweringTarget(status, { target: "debian-12", files: new Map() });
  if (target === null) throw new Error("no target");
  const lowering = lowerDesign(designOf("app", texts), target);

  it("is asked only where the target's features and policy are known", () => {
    expect(loweringTarget(status, null)).toBeNull();
    expect(loweringTarget({ ...status, features: null }, { target: "debian-12", files: new Map() })).toBeNull();
  });

  it("shows the files that ship otherwise first, and judges policy alone", () => {
    expect(shippedFiles(texts, lowering).map(({ name }) => name)).toEqual(["app", "abstractions/app"]);
    expect(loweredSubject("app", lowering)?.request.files.map((file) => file.path)).toEqual([
      path,
      "apparmor.d/abstractions/app",
    ]);
  });

  it("counts what is lost, and what of it is chosen", () => {
    const [loss] = lowering.lost;
    const answer = loss?.answers.at(-1);
    if (loss === undefined || answer === undefined) throw new Error("nothing is lost");
    expect(lossWords(lowering.lost)).toBe("One place is lost; nothing is chosen yet");
    const chosen = answerLoss(designOf("app", texts), "debian-12", loss, answer);
    const [edit] = chosen.ok ? chosen.edits : [];
    const config = applyEdits(texts.get("hauberk.json") ?? "", edit?.edits ?? []);
    const after = lowerDesign(designOf("app", new Map([...texts, ["hauberk.json", config]])), target);
    expect(lossWords(after.lost)).toBe("One place is lost, and what ships instead is chosen");
    expect(lossWords([])).toBe("Nothing is lost");
  });
});
