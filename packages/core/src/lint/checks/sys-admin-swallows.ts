import { nameTokens, withoutNames } from "../capability-names.ts";
import { fixOf } from "../fixes.ts";
import type { Finding, LintInput, LintRule } from "../lint-rule.ts";
import { rulesOfKind, type Scope } from "../scopes.ts";

/** Capabilities instead of which the kernel takes sys_admin. */
const swallowed = ["bpf", "perfmon", "checkpoint_restore"];

/** Smaller capabilities beside the one that holds them all. */
export const sysAdminSwallows: LintRule = {
  id: "sys-admin-swallows",
  severity: "warning",
  title: "Smaller capability beside `sys_admin`",
  explanation: {
    what: "A profile that allows `sys_admin` and denies or allows `bpf`, `perfmon` or `checkpoint_restore` beside it.",
    why: "The kernel asks for the smaller capability and, failing that, takes `sys_admin`: a deny of the smaller one is worth nothing, and an allow adds nothing.",
    instead:
      "Allow the small ones without `sys_admin` where the kernel is 5.8 or later; Debian's kernels still ask for sys_admin when perf events are opened.",
  },
  bad: {
    text: "abi <abi/3.0>,\n\nprofile x {\n  capability sys_admin,\n  deny capability bpf,\n\n  include if exists <local/x>\n}\n",
    at: "bpf",
  },
  good: { text: "abi <abi/3.0>,\n\nprofile x {\n  capability bpf,\n\n  include if exists <local/x>\n}\n" },
  run: (input) => input.scopes.flatMap((scope) => findingsIn(input, scope)),
};

function findingsIn(input: LintInput, scope: Scope): Finding[] {
  const rules = rulesOfKind(scope, "capability");
  const holders = rules.filter(({ deny, value }) => !deny && value.names.includes("sys_admin"));
  const [holder] = holders;
  if (holder === undefined) return [];
  const withoutSysAdmin = holders.map((rule) => withoutNames(input.file, rule, ["sys_admin"]));
  const small = rules.flatMap((rule) =>
    nameTokens(input.file.tree, rule.node)
      .filter(({ name }) => swallowed.includes(name))
      .map((token) => ({ rule, ...token })),
  );
  const denied = small.filter(({ rule }) => rule.deny);
  if (denied.length > 0) {
    return denied.map(({ rule, token, name }) => ({
      range: token,
      message: `this deny is worth nothing: \`sys_admin\`, allowed beside it, holds all that \`${name}\` does`,
      fixes: () => [
        ...fixOf(
          {
            title: "Remove the allow of sys_admin",
            explanation: "Everything else that sys_admin allowed is refused then too.",
          },
          ...withoutSysAdmin,
        ),
        ...fixOf(
          { title: `Remove the deny of ${name}`, explanation: "The policy is as open as before; it only says so." },
          withoutNames(input.file, rule, [name]),
        ),
      ],
    }));
  }
  const allowed = [...new Set(small.map(({ name }) => name))];
  const place = nameTokens(input.file.tree, holder.node).find(({ name }) => name === "sys_admin");
  if (allowed.length === 0 || place === undefined) return [];
  const names = allowed.map((name) => `\`${name}\``).join(" and ");
  return [
    {
      range: place.token,
      severity: "info",
      message: `\`sys_admin\` holds all that ${names} allow${allowed.length === 1 ? "s" : ""}, and nearly everything else`,
      fixes: () =>
        fixOf(
          {
            title: "Remove sys_admin",
            explanation:
              "Kernels before 5.8 then refuse eBPF; Debian's kernels refuse perf events. Try it in complain mode.",
          },
          ...withoutSysAdmin,
        ),
    },
  ];
}
