/**
 * Pieces of shell that `install.sh` and `remove.sh` both begin with. POSIX sh; they use plain `$name` only, because a
 * brace after the dollar sign would be read by TypeScript.
 */

/**
 * The first lines of a script: strict mode, a known locale and the folders where apparmor_parser lies. `bundle` is the
 * safe name, `design` a hash of the design's own name, `script` what the script is called.
 */
export function openingPart(script: string, bundle: string, design: string): string {
  return String.raw`set -eu
LC_ALL=C
PATH=$PATH:/usr/sbin:/sbin
export LC_ALL PATH
umask 022

script=${script}
bundle='${bundle}'
design='${design}'
root=
in_place=yes
kernel=/sys/kernel/security/apparmor
`;
}

/** Messages, checksums and the two ways to talk to AppArmor. */
export const toolsPart = String.raw`
say() { printf '%s\n' "$*"; }
complain() { printf '%s: %s\n' "$script" "$*" >&2; }
fail() { complain "$*"; exit 1; }
wrong_call() { complain "$*"; complain "see $script --help"; exit 2; }

# What stands after the first = of an option.
value_of() { printf '%s\n' "$1" | sed 's/^[^=]*=//'; }

for tool in awk cat chmod cmp cp cut dirname grep head id ls mkdir mktemp mv rm rmdir sed sha256sum sort touch tr; do
  command -v "$tool" >/dev/null || fail "the program $tool is not there; every Debian and Ubuntu has it"
done

sum_of() { sha256sum <"$1" | cut -c 1-64; }

# The parser with a bound on its time; it must not read the list that the caller loops over.
run_parser() {
  if command -v timeout >/dev/null; then
    timeout 300 apparmor_parser "$@" </dev/null
  else
    apparmor_parser "$@" </dev/null
  fi
}

kernel_has_apparmor() {
  [ "$(cat /sys/module/apparmor/parameters/enabled 2>/dev/null)" = Y ] && [ -r "$kernel/profiles" ]
}

# The names of the loaded profiles, one a line, without their modes.
loaded_names() { sed 's/ ([^()]*)$//' "$kernel/profiles"; }

is_loaded() { loaded_names | grep -Fxq -e "$1"; }

# Asks the kernel to drop the profile $1 where it has it; true where it is gone then.
unload_name() {
  is_loaded "$1" || return 0
  { printf '%s' "$1" >"$kernel/.remove"; } 2>/dev/null || return 1
  ! is_loaded "$1"
}

# Sets root to the absolute folder $1, so that its files are written as "$root/etc/...".
set_root() {
  in_place=no
  [ -d "$1" ] || wrong_call "--root: there is no folder $1"
  root=$(CDPATH= cd -- "$1" && pwd -P)
  [ "$root" != / ] || root=
}

# A folder that an unpacked image links to elsewhere must not lead us out of it: fails where a part of the path $1
# (below the root) is a symbolic link.
no_link_on_the_way() (
  at=$root
  IFS=/
  set -f
  for part in $1; do
    at=$at/$part
    if [ -h "$at" ]; then
      complain "$at is a symbolic link; it is not followed"
      exit 1
    fi
  done
)

# A copy of the file $1 takes the place of $2 in one step. The name in between begins with a dot, so that the boot never
# loads it. The time is that of now, never an older one: AppArmor's cache goes by it.
put() {
  half=$(dirname "$2")/.hauberk-$$.part
  if cp "$1" "$half" && chmod "$3" "$half" && mv -f "$half" "$2"; then return 0; fi
  rm -f "$half"
  return 1
}
`;

/** Reads the record of an installation: lines `design HASH`, `target ID`, `file SUM PATH`, `profile PATH<tab>NAME`, `folder PATH`. */
export const recordPart = String.raw`
# What this bundle installed here before; "pending" is what an interrupted run was about to install.
read_record() {
  record=$root/var/lib/hauberk/$bundle
  : >"$tmp/record"
  for part in record pending; do
    if [ -f "$record/$part" ] && [ ! -h "$record/$part" ]; then cat "$record/$part" >>"$tmp/record"; fi
  done
  sed -n '/^design /p' "$tmp/record" >"$tmp/designs"
  if grep -v -Fxq -e "design $design" "$tmp/designs"; then
    fail "another bundle with the same short name, $bundle, is installed here; give one of the two designs another name"
  fi
  sed -n 's/^file //p' "$tmp/record" >"$tmp/owned"
  sed -n 's/^profile //p' "$tmp/record" | sort -u >"$tmp/owned-profiles"
  sed -n 's/^folder //p' "$tmp/record" | sort -u >"$tmp/owned-folders"
  awk '{ print $2 }' "$tmp/owned" | sort -u >"$tmp/owned-paths"
}

# True where the file with the sum $1 at the path $2 was put there by this bundle.
is_ours() { grep -Fxq -e "$1 $2" "$tmp/owned"; }

# The sums under which the path $1 is recorded, as lines of the record.
record_of() { awk -v path="$1" '$2 == path { print "file " $0 }' "$tmp/owned"; }

# The profile names that the list $2 ("PATH<tab>NAME" lines) gives for the file $1.
names_of() { awk -F '\t' -v path="$1" '$1 == path { print substr($0, length(path) + 2) }' "$2"; }
`;
