import type { Design } from "../design/design.ts";
import { codeBlock, inlineCode } from "./markdown.ts";
import type { BundleVerdict } from "./verdict-report.ts";

/** What the bundle's README tells of. */
export interface ReadmeFacts {
  readonly name: string;
  readonly design: Design;
  readonly targets: readonly string[];
  readonly leftOut: readonly { readonly target: string; readonly why: string }[];
  readonly verdicts: readonly BundleVerdict[];
}

/** The text of the bundle's `README.md`. The person's own words stand in it as code, so that they can't act as markup. */
export function readmeText(facts: ReadmeFacts): string {
  const sections = [introduction(facts), verdictSection(facts), installing(facts), removing(facts), contents(facts)];
  return `${sections.join("\n\n")}\n`;
}

function introduction({ name, targets }: ReadmeFacts): string {
  return `# AppArmor policy ${inlineCode(name)}

Made by Hauberk for ${targets.map(inlineCode).join(", ")}.`;
}

function verdictSection({ verdicts, leftOut }: ReadmeFacts): string {
  const rows = verdicts.map(({ target, verdict, parser, kernel, summary }) => {
    const judge = parser === null ? "none" : `apparmor_parser ${inlineCode(parser)}`;
    const features = kernel === null ? "" : `, features of kernel ${inlineCode(kernel)}`;
    return `- ${inlineCode(target)}: **${verdict}** by ${judge}${features}. ${inlineCode(summary)}`;
  });
  const missing = leftOut.map(({ target, why }) => `- ${inlineCode(target)}: ${inlineCode(why)}`);
  return [
    "## What each target's parser said",
    rows.join("\n"),
    ...(missing.length === 0 ? [] : ["Asked for, and **not in this bundle**:", missing.join("\n")]),
    "A verdict says that the target's parser accepts the policy with that kernel's features. It does not say that the\n" +
      "policy is right for the program. The messages in full are in `verdicts.json`.",
  ].join("\n\n");
}

function installing({ name }: ReadmeFacts): string {
  return `## Install

As root, on the machine that is to enforce the policy:

${codeBlock("sh install.sh --dry-run   # checks everything, changes nothing\nsh install.sh", "sh")}

\`install.sh\` picks the target by \`/etc/os-release\` (\`--target ID\` overrides that). It then

1. compares every file of the bundle with \`SHA256SUMS\`;
2. checks that \`apparmor_parser\` is there and that the running kernel has AppArmor;
3. refuses if a file that it would write is there already and is not its own, or was changed since it was installed;
   it names such files and leaves them;
4. lets this machine's \`apparmor_parser\` judge the policy in a copy of the policy folder, with the machine's own
   \`local/\` additions;
5. puts the files in place, loads the profiles and asks the kernel whether it lists them.

Nothing is changed before step 5. If step 5 fails, the files and the kernel's profiles are put back as they were and the
exit status is not 0. Nothing below \`/etc/apparmor.d/local/\` is ever touched. What was installed is written down
in \`/var/lib/hauberk/${name}/\`. To install a newer version of the bundle, do the same again.

- \`--no-load\` puts the files in place for the next boot and loads nothing.
- \`--root DIR\` does so below \`DIR\`, for an image that is being built.

A program that is running when its profile is first loaded goes on without it: restart it.

The checksums show damage, not who made the bundle: for that, compare the SHA-256 of the archive with one you trust.`;
}

function removing({ name }: ReadmeFacts): string {
  return `## Remove

${codeBlock(`sh /var/lib/hauberk/${name}/remove.sh`, "sh")}

(or \`sh remove.sh\` from here) unloads the profiles and removes the files that are still as they were installed. A file
that was changed is left and named. A program that runs under one of the profiles runs on without it.`;
}

function contents({ targets }: ReadmeFacts): string {
  return `## What is in here

- ${targets.map((target) => `\`targets/${target}/\``).join(", ")}: the policy, each file where it is to lie
- \`design/\`: the design, to open in Hauberk again
- \`verdicts.json\`, \`manifest.json\`, \`SHA256SUMS\`: for programs; \`sha256sum -c SHA256SUMS\` checks by hand`;
}
