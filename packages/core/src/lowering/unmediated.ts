import type { RuleValue } from "../rules/index.ts";
import type { LossKind } from "./lowering.ts";
import { answerOf, kernelName, parserName, reads, type Judgement, type RuleScene } from "./scene.ts";
import type { Mediated } from "./target.ts";

interface Subject {
  readonly kind: LossKind;
  readonly needs: Mediated;
  /** What the kernel doesn't ask about: "… asks nobody about WHAT". */
  readonly what: string;
  /** What holds there all the same; a sentence. */
  readonly otherwise: string;
}

const everybody = "Every program may do it there, with a profile or without.";

const subjects: Readonly<Partial<Record<RuleValue["kind"], Subject>>> = {
  userns: { kind: "userns", needs: "userns", what: "new user namespaces", otherwise: everybody },
  io_uring: { kind: "io_uring", needs: "io_uring", what: "io_uring", otherwise: everybody },
  mqueue: {
    kind: "mqueue",
    needs: "mqueue",
    what: "message queues as such",
    otherwise:
      "Opening a POSIX queue is refused to every confined program all the same: its path is cut off from the file tree.",
  },
  dbus: {
    kind: "dbus",
    needs: "dbus",
    what: "D-Bus, so the bus daemon does not ask either",
    otherwise: "Every message that the bus's own configuration lets pass may be sent and received.",
  },
  network: { kind: "network", needs: "network", what: "sockets", otherwise: everybody },
  unix: { kind: "unix", needs: "network", what: "sockets", otherwise: everybody },
  signal: { kind: "rule", needs: "signal", what: "signals", otherwise: everybody },
  ptrace: { kind: "rule", needs: "ptrace", what: "tracing", otherwise: everybody },
  mount: { kind: "mount", needs: "mount", what: "mounts", otherwise: everybody },
  remount: { kind: "mount", needs: "mount", what: "mounts", otherwise: everybody },
  umount: { kind: "mount", needs: "mount", what: "mounts", otherwise: everybody },
  pivot_root: { kind: "mount", needs: "mount", what: "mounts", otherwise: everybody },
};

/** A rule of a kind that is not mediated on the target: it goes, for it would say what does not hold. Null where it is mediated. */
export function judgeUnmediated(scene: RuleScene, value: RuleValue): Judgement | null {
  const subject = subjects[value.kind];
  if (subject === undefined || scene.mediation.mediates(subject.needs)) return null;
  const { kind, needs, what, otherwise } = subject;
  const reader = scene.mediation.kernelHas(needs)
    ? `\`abi <${scene.abi ?? ""}>\` leaves out ${what}, so ${kernelName(scene)}, which could, asks nobody about it`
    : `${kernelName(scene)} asks nobody about ${what}`;
  const { priority, access } = value.qualifiers;
  const isNewer = value.kind === "mqueue" || value.kind === "userns" || value.kind === "io_uring";
  const readsQualifiers =
    (priority === null || reads(scene, "priority")) && (access !== "prompt" || reads(scene, "prompt"));
  const readable = readsQualifiers && (!isNewer || reads(scene, value.kind));
  const cantRead = value.kind === "mqueue" ? "takes `mqueue` for the path of a file" : "can't read the rule";
  const reading = readable ? "" : ` ${parserName(scene)} ${cantRead}.`;
  const open = scene.deny ? `What it should close stays open. ${otherwise}` : otherwise;
  return {
    kind: "lost",
    lost: {
      kind,
      cause: "unmediated",
      readable,
      why: `${reader}.${reading}`,
      answers: [answerOf("omit", "No rule", null, open)],
    },
  };
}
