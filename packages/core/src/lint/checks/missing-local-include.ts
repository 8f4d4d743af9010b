import { addInclude } from "../../edit/index.ts";
import { tokenWithRole } from "../../syntax/index.ts";
import { fixOf } from "../fixes.ts";
import type { LintRule } from "../lint-rule.ts";
import { installName } from "../profile-files.ts";

/** Profiles that leave no place to the machine's owner. */
export const missingLocalInclude: LintRule = {
  id: "missing-local-include",
  severity: "info",
  title: "No `include if exists <local/…>`",
  explanation: {
    what: "A profile that includes nothing from `local/`.",
    why: "The file is a package's: an administrator who needs one more rule has to change it, and every upgrade asks what to do with the change.",
    instead: "End the profile with `include if exists <local/NAME>`, with the name of the file. Ship nothing there.",
  },
  bad: { text: "abi <abi/3.0>,\n\nprofile agent {\n  /etc/agent.conf r,\n}\n", at: "agent" },
  good: { text: "abi <abi/3.0>,\n\nprofile agent {\n  /etc/agent.conf r,\n\n  include if exists <local/agent>\n}\n" },
  run: ({ file }) =>
    file.profiles.flatMap((profile) => {
      if (profile.body === undefined || profile.includes.some(({ path }) => path.startsWith("local/"))) return [];
      const name =
        file.profiles.length === 1 ? installName(file) : profile.name.replace(/^\/+/u, "").replaceAll("/", ".");
      if (!/^[A-Za-z0-9][A-Za-z0-9._+-]*$/u.test(name)) return [];
      return [
        {
          range: tokenWithRole(profile.node, "name") ?? profile.node,
          message: "the machine's owner has no place for rules of their own",
          fixes: () =>
            fixOf(
              {
                title: `End it with \`include if exists <local/${name}>\``,
                explanation: "Nothing changes until somebody puts a file there.",
              },
              addInclude(file, profile, `local/${name}`, { ifExists: true }),
            ),
        },
      ];
    }),
};
