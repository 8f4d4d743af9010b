/** A step of a classic BPF program; a jump goes forward to a label. */
export type BpfStep =
  | { readonly do: "load"; readonly offset: number }
  | { readonly do: "jumpIfEqual"; readonly value: number; readonly to: string }
  | { readonly do: "jumpIfAtLeast"; readonly value: number; readonly to: string }
  | { readonly do: "return"; readonly value: number }
  | { readonly do: "label"; readonly name: string };

// Operation codes of linux/bpf_common.h.
const loadWordAbsolute = 0x20;
const jumpEqualConstant = 0x15;
const jumpGreaterEqualConstant = 0x35;
const returnConstant = 0x06;

const instructionBytes = 8;
const farthestJump = 255;

/**
 * Turns steps into the bytes that the kernel's seccomp takes (an array of `struct sock_filter`, this machine's byte
 * order being little-endian on both architectures). Throws where a label is missing or behind, or a jump too far.
 */
export function assembleBpf(steps: readonly BpfStep[]): Buffer {
  const labels = placeLabels(steps);
  const instructions = steps.filter((step) => step.do !== "label");
  const bytes = Buffer.alloc(instructions.length * instructionBytes);
  for (const [index, step] of instructions.entries()) {
    const write = (code: number, jumpTrue: number, value: number): void => {
      const at = index * instructionBytes;
      bytes.writeUInt16LE(code, at);
      bytes.writeUInt8(jumpTrue, at + 2);
      bytes.writeUInt32LE(value >>> 0, at + 4);
    };
    switch (step.do) {
      case "load":
        write(loadWordAbsolute, 0, step.offset);
        break;
      case "jumpIfEqual":
        write(jumpEqualConstant, distance(labels, step.to, index), step.value);
        break;
      case "jumpIfAtLeast":
        write(jumpGreaterEqualConstant, distance(labels, step.to, index), step.value);
        break;
      case "return":
        write(returnConstant, 0, step.value);
        break;
    }
  }
  return bytes;
}

/** The index of the instruction that follows each label. */
function placeLabels(steps: readonly BpfStep[]): Map<string, number> {
  const labels = new Map<string, number>();
  let index = 0;
  for (const step of steps) {
    if (step.do === "label") labels.set(step.name, index);
    else index++;
  }
  return labels;
}

function distance(labels: ReadonlyMap<string, number>, label: string, from: number): number {
  const to = labels.get(label);
  if (to === undefined) throw new Error(`no label ${label}`);
  const jump = to - from - 1;
  if (jump < 0 || jump > farthestJump) throw new RangeError(`the label ${label} is ${jump} instructions away`);
  return jump;
}
