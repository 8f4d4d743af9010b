import { openingPart, recordPart, toolsPart } from "./shared-parts.ts";

const head = String.raw`#!/bin/sh
# Takes away what install.sh of this bundle installed: unloads the profiles and removes the files, but only those that
# are still as they were installed. Call it with --help to see how.
`;

const options = String.raw`
unload=yes
dry_run=no
tmp=

usage() {
  cat <<END
Usage: sh remove.sh [--root DIR] [--no-unload] [--dry-run]

Unloads the AppArmor profiles of the bundle "$bundle" and removes its files. A file that was changed since is left, and
named. A program that runs under one of the profiles runs on without it.

  --root DIR   remove from below DIR; nothing is unloaded
  --no-unload  remove the files, leave the profiles in the kernel until the next boot
  --dry-run    say what would be done, change nothing
  --help       show this

Exit status: 0 all gone, 1 something is left (the messages say what), 2 the call is wrong.
END
}

while [ $# -gt 0 ]; do
  case $1 in
    --root) [ $# -ge 2 ] || wrong_call "$1 wants a value"; set_root "$2"; shift ;;
    --root=*) set_root "$(value_of "$1")" ;;
    --no-unload) unload=no ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit 0 ;;
    *) wrong_call "there is no option $1" ;;
  esac
  shift
done
[ "$in_place" = yes ] || unload=no
`;

const work = String.raw`
# Says of each file what is to be done: "remove", "gone" or "keep".
plan() {
  : >"$tmp/plan"
  while read -r path; do
    case $path in
      etc/apparmor.d/local/* | */../* | *[!A-Za-z0-9@_.+:=,~/-]*) fail "the record names $path, which no bundle installs" ;;
      etc/apparmor.d/?*) ;;
      *) fail "the record names $path, which no bundle installs" ;;
    esac
    to=$root/$path
    if ! no_link_on_the_way "$(dirname "$path")"; then
      say "keep $path" >>"$tmp/plan"
    elif [ ! -e "$to" ] && [ ! -h "$to" ]; then
      say "gone $path" >>"$tmp/plan"
    elif [ ! -h "$to" ] && [ -f "$to" ] && is_ours "$(sum_of "$to")" "$path"; then
      say "remove $path" >>"$tmp/plan"
    else
      complain "$to was changed since it was installed; it is left as it is"
      say "keep $path" >>"$tmp/plan"
    fi
  done <"$tmp/owned-paths"
}

# Unloads by the file, as AppArmor's tools do; what is still there then (the file's includes may be gone) by its name.
unload_file() {
  names_of "$1" "$tmp/owned-profiles" >"$tmp/names"
  [ -s "$tmp/names" ] || return 0
  if [ -f "$root/$1" ]; then run_parser -R "$root/$1" >/dev/null 2>&1 || :; fi
  while IFS= read -r name; do
    unload_name "$name" || {
      complain "the kernel would not let go of the profile $name"
      return 1
    }
    say "  unloaded   $name"
  done <"$tmp/names"
}

unload_all() {
  while read -r what path; do
    if [ "$what" = keep ] || unload_file "$path"; then continue; fi
    while read -r undo_what undo_path; do
      if [ "$undo_what" = remove ] && names_of "$undo_path" "$tmp/owned-profiles" | grep -q .; then
        run_parser -r -K "$root/$undo_path" >&2 || :
      fi
    done <"$tmp/plan"
    fail "so no file was removed"
  done <"$tmp/plan"
}

# The record stays for as long as a changed file does.
shorten_record() {
  {
    sed -n '/^design /p; /^target /p' "$tmp/record"
    sed -n 's/^keep //p' "$tmp/plan" | while read -r path; do
      record_of "$path"
      awk -F '\t' -v path="$path" '$1 == path { print "profile " $0 }' "$tmp/owned-profiles"
    done
    sed 's/^/folder /' "$tmp/owned-folders"
  } >"$tmp/record-new"
  put "$tmp/record-new" "$record/record" 644
  rm -f "$record/pending"
}

remove_folders() {
  sort -r "$tmp/owned-folders" | while read -r path; do
    case $path in
      etc/apparmor.d/?* | var | var/lib | var/lib/hauberk | "var/lib/hauberk/$bundle")
        no_link_on_the_way "$path" && rmdir "$root/$path" 2>/dev/null || : ;;
    esac
  done
}

if [ "$in_place" = yes ] && [ "$dry_run" = no ] && [ "$(id -u)" != 0 ]; then
  fail "only root may remove policy; call it with sudo"
fi
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
no_link_on_the_way "var/lib/hauberk/$bundle" || exit 1
read_record
[ -s "$tmp/record" ] || fail "the bundle $bundle is not installed here: there is no $record/record"
plan

if [ "$dry_run" = yes ]; then
  say "Without --dry-run this would be removed:"
  sed -n "s|^remove |  $root/|p" "$tmp/plan"
  exit 0
fi

say "Removing the bundle $bundle:"
if [ "$unload" = yes ]; then
  if kernel_has_apparmor; then
    unload_all
  else
    say "  the running kernel has no AppArmor: there is nothing to unload"
  fi
fi
while read -r what path; do
  case $what in
    remove) rm -f "$root/$path"; say "  removed    $root/$path" ;;
    gone) say "  gone       $root/$path" ;;
    keep) say "  left       $root/$path" ;;
  esac
done <"$tmp/plan"
if grep -q '^keep ' "$tmp/plan"; then
  shorten_record
  fail "some files were changed after they were installed and are left; move them away and call again"
fi
rm -f "$record/record" "$record/pending" "$record/remove.sh"
remove_folders
rmdir "$record" 2>/dev/null || :
say "All gone."
`;

/** The text of `remove.sh`; `bundle` must come from `bundleNameOf`, `design` is the hash of the design's own name. */
export function removeScript(bundle: string, design: string): string {
  return head + openingPart("remove.sh", bundle, design) + toolsPart + recordPart + options + work;
}
