import type { FileView, ProfileView } from "@hauberk/core/design";
import { addRules, changeRule, newProfileText, setCapability, setNetwork } from "@hauberk/core/edit";
import type { FileRuleValue, RuleValue } from "@hauberk/core/rules";
import { noQualifiers } from "@hauberk/core/rules";
import { library } from "../../persistence/index.ts";
import { designStore, type PanelId, profileOf, fileView, workbenchStore } from "../../store/index.ts";

/** What the tour looks at to see whether a step is done. */
export interface TourSight {
  readonly profile: ProfileView | null;
  readonly panel: PanelId;
  /** A target's parser accepted the text as it stands. */
  readonly accepted: boolean;
  /** A bundle was downloaded since the tour began. */
  readonly downloaded: boolean;
}

/** A step of the tour: what to do, how it is seen to be done, and how it is done for those who only watch. */
export interface TourStep {
  readonly title: string;
  readonly words: readonly string[];
  readonly done: (sight: TourSight) => boolean;
  /** The panel on which it happens; null where it is elsewhere. */
  readonly panel: PanelId | null;
  readonly doIt: (() => void) | null;
}

const program = "/usr/bin/leaflet";

/** The values of a profile's file rules. */
function fileRules(profile: ProfileView | null): FileRuleValue[] {
  return (profile?.rules ?? []).flatMap(({ rule }) => (rule.value.kind === "file" ? [rule.value] : []));
}

function hasKind(profile: ProfileView | null, kind: RuleValue["kind"]): boolean {
  return profile?.rules.some(({ rule }) => rule.value.kind === kind) ?? false;
}

const inTmp = (rule: FileRuleValue): boolean => rule.path?.startsWith("/tmp/") ?? false;

/** A tour from nothing to a bundle. Each step heeds what the person does, in a panel or in the text. */
export const tourSteps: readonly TourStep[] = [
  {
    title: "Make a profile",
    words: [
      "A profile says what one program may do. Press `New profile` and write the program’s path, for example `/usr/bin/leaflet`; the name follows.",
      "Nothing leaves this browser.",
    ],
    done: ({ profile }) => profile !== null,
    panel: null,
    doIt: makeProfile,
  },
  {
    title: "Open a path",
    words: [
      "What no rule names is refused; the program itself is named already. In `Paths` write `/etc/leaflet.conf`, leave `r` ticked, and press `Add`.",
      "The line appears in the text beside it, and glows.",
    ],
    done: ({ profile }) =>
      fileRules(profile).some(({ path }) => path !== null && path !== profile?.attachment && !path.startsWith("/tmp/")),
    panel: "paths",
    doIt: () => add({ path: "/etc/leaflet.conf", permissions: ["r"] }),
  },
  {
    title: "Tick a socket",
    words: [
      "In `Network` click the cell of `inet` and `stream`: TCP over IPv4. Or write `network inet stream,` into the text: the cell is ticked.",
      "The text is the source; panels only read and change it.",
    ],
    done: ({ profile }) => hasKind(profile, "network"),
    panel: "network",
    doIt: () =>
      edit((file, profile) => setNetwork(file, profile, { domain: "inet", type: "stream" }, { access: "allow" })),
  },
  {
    title: "Allow a capability",
    words: [
      "A server on port 80 needs `net_bind_service`. Press `allow` at it in `Capabilities`; its row tells what it gives away.",
      "`Ctrl+Z` takes any step back, and says which.",
    ],
    done: ({ profile }) => hasKind(profile, "capability"),
    panel: "capabilities",
    doIt: () => edit((file, profile) => setCapability(file, profile, "net_bind_service", { access: "allow" })),
  },
  {
    title: "Walk into a trap",
    words: [
      "Back in `Paths`, add `/tmp/**` with `r` and `w`. It is accepted by every parser, and it opens what all other programs put there.",
      "The problem below says so. Press one of its buttons that mend it.",
    ],
    done: ({ profile }) => fileRules(profile).some((rule) => inTmp(rule) && rule.qualifiers.owner === "owner"),
    panel: "paths",
    doIt: walkIntoTrap,
  },
  {
    title: "Read it aloud",
    words: [
      "`In words` says the whole profile in sentences, the most dangerous first. Who has to agree to it reads this.",
    ],
    done: ({ panel }) => panel === "summary",
    panel: "summary",
    doIt: null,
  },
  {
    title: "Hear the verdict",
    words: [
      "Below at the left the real parser of a release says whether it accepts the text as it stands, after each change.",
    ],
    done: ({ accepted }) => accepted,
    panel: null,
    doIt: null,
  },
  {
    title: "Take it home",
    words: [
      "Press `Download`. The bundle holds the profile, an installer that rolls back, and the verdicts.",
      "On the machine: unpack it and run `sudo ./install.sh`. Begin in `complain` mode where it matters.",
    ],
    done: ({ downloaded }) => downloaded,
    panel: null,
    doIt: () => workbenchStore.getState().openDialog({ kind: "download" }),
  },
];

function makeProfile(): void {
  const written = newProfileText({ name: "leaflet", fileName: "usr.bin.leaflet", attachment: program });
  if (written.ok) void library.create("leaflet", [["apparmor.d/usr.bin.leaflet", written.text]]);
}

function edit(
  wish: (file: FileView, profile: ProfileView) => Parameters<ReturnType<typeof designStore.getState>["apply"]>[0],
): void {
  const state = designStore.getState();
  const file = fileView(state.texts, state.activePath);
  const profile = profileOf(file, state.activeProfile);
  if (file === null || profile === null) state.notify("warn", "Choose a file with a profile first.");
  else state.apply(wish(file, profile));
}

function add(what: Pick<FileRuleValue, "path" | "permissions">): void {
  const value: FileRuleValue = {
    kind: "file",
    qualifiers: noQualifiers,
    keyword: false,
    exec: null,
    execTarget: null,
    permissionsFirst: false,
    safety: null,
    ...what,
  };
  edit((file, profile) => addRules(file, profile, [value]));
}

/** The first press adds the rule, the next one mends it: between them the problem can be read. */
function walkIntoTrap(): void {
  const state = designStore.getState();
  const file = fileView(state.texts, state.activePath);
  const trap = profileOf(file, state.activeProfile)?.rules.find(
    ({ rule }) => rule.value.kind === "file" && inTmp(rule.value),
  );
  if (file === null || trap === undefined || trap.rule.value.kind !== "file") {
    add({ path: "/tmp/**", permissions: ["r", "w"] });
    return;
  }
  const { value } = trap.rule;
  state.apply(changeRule(file, trap, { ...value, qualifiers: { ...value.qualifiers, owner: "owner" } }));
}
