import { isWhole, type FileView, type ProfileView } from "../../design/index.ts";
import { setAbi } from "../../edit/index.ts";
import type { RuleValue } from "../../rules/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import type { Fix } from "../../text/index.ts";
import { featureAbis } from "../../vocabulary/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintInput, LintRule } from "../lint-rule.ts";

/** Policies that mean something else on every machine. */
export const missingAbi: LintRule = {
  id: "missing-abi",
  severity: "warning",
  title: "No `abi` line",
  explanation: {
    what: "A file with profiles but without `abi <…>,`.",
    why: "What such a policy mediates is up to the machine's parser.conf. With an empty one no socket is mediated at all: `network` rules, `deny network` and no rule compile to the same policy, every socket is open, and nothing says so.",
    instead:
      "State the oldest feature ABI that holds what the profile needs: `abi <abi/3.0>,` is known to every parser from 3.0 on.",
  },
  bad: { text: "profile x {\n  network inet stream,\n\n  include if exists <local/x>\n}\n", at: "x" },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  network inet stream,\n\n  include if exists <local/x>\n}\n" },
  run: (input) => {
    const { file } = input;
    const [first] = file.profiles;
    if (first === undefined || !isWhole(file) || file.abi !== null || includesAbi(input)) return [];
    return [
      {
        range: tokenWithRole(first.node, "name") ?? first.node,
        message: messageFor(file),
        fixes: () => fixesFor(file),
      },
    ];
  },
};

/** The widest consequence for what the file says: rules about sockets are the ones that vanish. */
function messageFor(file: FileView): string {
  const sockets = rulesOf(file.profiles).some(({ kind }) => kind === "network" || kind === "unix");
  return sockets
    ? "the file states no `abi`: on a machine whose parser.conf pins none, its socket rules and denies mean nothing and every socket is open"
    : "the file states no `abi`: what is mediated differs from machine to machine";
}

function rulesOf(profiles: readonly ProfileView[]): RuleValue[] {
  return profiles.flatMap(({ rules, children }) => [...rules.map(({ rule }) => rule.value), ...rulesOf(children)]);
}

/** A file of the design that is included in the preamble may bring the line. */
function includesAbi({ file, files }: LintInput): boolean {
  return file.includes.some(({ path }) =>
    files.some((other) => other.abi !== null && other.path === `apparmor.d/${path}`),
  );
}

function fixesFor(file: FileView): Fix[] {
  const used = new Set(rulesOf(file.profiles).map(({ kind }) => kind));
  const needsNewer = used.has("userns") || used.has("mqueue") || used.has("io_uring");
  const [oldest, next] = featureAbis;
  const offered = [oldest, next].filter((abi) => abi !== undefined);
  const sorted = needsNewer ? offered.toReversed() : offered;
  return sorted.flatMap((abi) =>
    fixOf(
      {
        title: `State \`abi <${abi.path}>\``,
        explanation: `Mediated: ${abi.mediates.join(", ")}. Left out, whatever the rules say: ${abi.leavesOut.join(", ")}.${
          abi.since === "3.0.8"
            ? " Known to every parser from 3.0 on."
            : ` Parsers before ${abi.since.slice(0, 1)}.0 don't have it.`
        }`,
      },
      setAbi(file, abi.path),
    ),
  );
}
