import { openingPart, recordPart, toolsPart } from "./shared-parts.ts";

const head = String.raw`#!/bin/sh
# Installs the AppArmor profiles of this bundle. Call it with --help to see how.
#
# Everything is checked before anything is changed: the bundle's checksums, the system, each file that would be
# written, and the policy as apparmor_parser reads it in a copy of the system's policy folder. Then the files are put in
# place and loaded, and the kernel's own list is asked whether they are there. Where a step fails, all is undone.
`;

const options = String.raw`
target=
load=yes
dry_run=no
stage=checking
tmp=

usage() {
  cat <<END
Usage: sh install.sh [--target ID] [--root DIR] [--no-load] [--dry-run]

Installs the AppArmor profiles of the bundle "$bundle" below /etc/apparmor.d and loads them.

  --target ID  install for this target; without it, /etc/os-release decides
  --root DIR   install below DIR, for an image that is being built; nothing is loaded
  --no-load    put the files in place, load nothing; the next boot does
  --dry-run    check everything, say what would be done, change nothing
  --help       show this

Exit status: 0 all done, 1 refused or failed and nothing is left behind, 2 the call is wrong,
3 failed, and not everything could be undone (the messages say what).
END
}

while [ $# -gt 0 ]; do
  case $1 in
    --target | --root) [ $# -ge 2 ] || wrong_call "$1 wants a value" ;;
  esac
  case $1 in
    --target) target=$2; shift ;;
    --target=*) target=$(value_of "$1") ;;
    --root) set_root "$2"; shift ;;
    --root=*) set_root "$(value_of "$1")" ;;
    --no-load) load=no ;;
    --dry-run) dry_run=yes ;;
    --help | -h) usage; exit 0 ;;
    *) wrong_call "there is no option $1" ;;
  esac
  shift
done
[ "$in_place" = yes ] || load=no
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd -P)
`;

const checks = String.raw`
# Compares every file of the bundle with SHA256SUMS, whose lines are a sum, two blanks and a path.
check_integrity() {
  [ -f "$here/SHA256SUMS" ] || fail "the bundle is not whole: SHA256SUMS is missing"
  bad=no
  while read -r sum path; do
    case $path in
      '' | /* | .* | */.* | *[!A-Za-z0-9@_.+:=,~/-]*) fail "SHA256SUMS names a path that no bundle holds: $path" ;;
    esac
    if [ -h "$here/$path" ] || [ ! -f "$here/$path" ]; then
      complain "missing: $path"
      bad=yes
    elif [ "$(sum_of "$here/$path")" != "$sum" ]; then
      complain "changed: $path"
      bad=yes
    fi
  done <"$here/SHA256SUMS"
  [ "$bad" = no ] || fail "the bundle is not as it was made; download it again. Nothing was changed"
}

os_value() { sed -n "s/^$1=//p" "$os_release" | head -n 1 | tr -d "\"'"; }

choose_target() {
  offered=$(ls "$here/targets")
  if [ -z "$target" ]; then
    os_release=$root/etc/os-release
    [ -f "$os_release" ] || os_release=$root/usr/lib/os-release
    [ -f "$os_release" ] || fail "there is no os-release to tell the system by; choose with --target:" $offered
    system=$(os_value ID)
    version=$(os_value VERSION_ID)
    [ -n "$version" ] || case $(os_value PRETTY_NAME) in */sid) version=sid ;; esac
    target=$system-$version
    [ -d "$here/targets/$target" ] ||
      fail "this system is $target and the bundle is for" $offered "only; --target overrides that at your own risk"
  fi
  case $target in
    '' | .* | *[!A-Za-z0-9._-]*) wrong_call "--target: $target is not the name of a target" ;;
  esac
  [ -d "$here/targets/$target" ] || wrong_call "--target: the bundle holds no $target, only" $offered
}

check_system() {
  if [ "$in_place" = yes ] && [ "$dry_run" = no ] && [ "$(id -u)" != 0 ]; then
    fail "only root may install policy; call it with sudo"
  fi
  command -v apparmor_parser >/dev/null || fail "apparmor_parser is not there; install the package apparmor first"
  [ -d "$root/etc/apparmor.d" ] || fail "there is no $root/etc/apparmor.d; install the package apparmor there first"
  no_link_on_the_way etc/apparmor.d
  no_link_on_the_way "var/lib/hauberk/$bundle"
  if [ "$load" = yes ] && ! kernel_has_apparmor; then
    fail "the running kernel has no AppArmor, or it is switched off, so nothing can be loaded and nothing was changed." \
      "Boot with AppArmor, or give --no-load to put the files in place for a later boot"
  fi
}

# Takes the files of the target out of the bundle and compares them again: what is installed are these copies.
take_files() {
  awk -v prefix="targets/$target/" \
    'index($2, prefix) == 1 { print $1 " " substr($2, length(prefix) + 1) }' "$here/SHA256SUMS" >"$tmp/files"
  while read -r sum path; do
    case $path in
      etc/apparmor.d/local/*) fail "the bundle holds $path, and local/ belongs to the machine" ;;
      etc/apparmor.d/?*) ;;
      *) fail "the bundle holds $path, which is not policy" ;;
    esac
    mkdir -p "$tmp/new/$(dirname "$path")"
    cp "$here/targets/$target/$path" "$tmp/new/$path"
    [ "$(sum_of "$tmp/new/$path")" = "$sum" ] || fail "$path changed while it was read"
  done <"$tmp/files"
  [ -s "$tmp/files" ] || fail "the bundle holds no file for $target"
}

# Says of each file what is to be done: "new", "update", "same" (ours already), "theirs" (somebody put the same bytes
# there). Whatever else stands in the way is named and left.
plan_files() {
  : >"$tmp/plan"
  bad=no
  while read -r sum path; do
    to=$root/$path
    no_link_on_the_way "$(dirname "$path")" || { bad=yes; continue; }
    if [ -h "$to" ] || { [ -e "$to" ] && [ ! -f "$to" ]; }; then
      complain "$to is not a plain file; it is left as it is"
      bad=yes
    elif [ ! -e "$to" ]; then
      say "new $path" >>"$tmp/plan"
    else
      now=$(sum_of "$to")
      if is_ours "$now" "$path"; then
        if [ "$now" = "$sum" ]; then say "same $path"; else say "update $path"; fi >>"$tmp/plan"
      elif [ "$now" = "$sum" ]; then
        say "theirs $path" >>"$tmp/plan"
      elif grep -Fxq -e "$path" "$tmp/owned-paths"; then
        complain "$to was changed after this bundle installed it; it is left as it is"
        bad=yes
      else
        complain "$to is there already and was not installed by this bundle; it is left as it is"
        bad=yes
      fi
    fi
  done <"$tmp/files"
  [ "$bad" = no ] || fail "move the files named above out of the way and call again. Nothing was changed"
}

# Files of an earlier version that this one has no more: removed where unchanged, else named and left.
plan_dropped() {
  awk '{ print $2 }' "$tmp/files" | sort >"$tmp/paths"
  while read -r path; do
    if grep -Fxq -e "$path" "$tmp/paths" || { [ ! -e "$root/$path" ] && [ ! -h "$root/$path" ]; }; then continue; fi
    if [ ! -h "$root/$path" ] && [ -f "$root/$path" ] && is_ours "$(sum_of "$root/$path")" "$path"; then
      no_link_on_the_way "$(dirname "$path")" || fail "nothing was changed"
      say "drop $path" >>"$tmp/plan"
    else
      complain "$root/$path belongs to an earlier version and was changed since; it is left as it is"
      say "$path" >>"$tmp/kept"
    fi
  done <"$tmp/owned-paths"
}

# True for a file that AppArmor loads by itself: one that lies in /etc/apparmor.d and not in a folder there.
is_loadable() { case $1 in etc/apparmor.d/*/*) return 1 ;; *) return 0 ;; esac; }

# Names what the file $1 counts on in local/ and this machine lacks: nothing is ever made there by this script.
missing_local() {
  sed -n 's/^[[:space:]]*#\{0,1\}include[[:space:]]*<\(local\/[A-Za-z0-9@_.+:=,~-]*\)>.*/\1/p' "$tmp/tree/$1" | sort -u |
    while read -r wanted; do
      [ ! -e "$root/etc/apparmor.d/$wanted" ] || continue
      complain "$1 includes <$wanted>, which belongs to the machine, and this one does not have it. Make it:" \
        "touch $root/etc/apparmor.d/$wanted - or write \"include if exists <$wanted>\" in the design"
    done
}

# Lets the parser judge the files in a copy of the system's policy folder, which has the machine's own local/ too, and
# learns the profiles' names from it.
check_policy() {
  mkdir -p "$tmp/tree/etc"
  cp -RP "$root/etc/apparmor.d" "$tmp/tree/etc/"
  rm -rf "$tmp/tree/etc/apparmor.d/disable" "$tmp/tree/etc/apparmor.d/force-complain"
  while read -r what path; do
    [ "$what" != drop ] || rm -f "$tmp/tree/$path"
  done <"$tmp/plan"
  cp -R "$tmp/new/." "$tmp/tree/"
  : >"$tmp/profiles"
  while read -r what path; do
    if [ "$what" = drop ] || ! is_loadable "$path"; then continue; fi
    for job in -Q -N; do
      run_parser "$job" -K -b "$tmp/tree/etc/apparmor.d" "$tmp/tree/$path" >"$tmp/output" 2>"$tmp/messages" || {
        status=$?
        cat "$tmp/messages" >&2
        missing_local "$path"
        fail "apparmor_parser refuses $path (exit status $status); its messages are above. Nothing was changed"
      }
    done
    while IFS= read -r name; do
      printf '%s\t%s\n' "$path" "$name" >>"$tmp/profiles"
    done <"$tmp/output"
  done <"$tmp/plan"
}

# A profile that is loaded and not ours belongs to somebody else: loading ours would take its place unseen.
check_names() {
  : >"$tmp/loaded"
  [ "$load" = yes ] || return 0
  loaded_names >"$tmp/loaded" 2>/dev/null || {
    [ "$dry_run" = yes ] || fail "the kernel does not show its profiles ($kernel/profiles). Nothing was changed"
    say "Without root, the kernel does not show its profiles: whether their names are free was not checked."
    return 0
  }
  cut -f 2- "$tmp/owned-profiles" >"$tmp/owned-names"
  bad=no
  while read -r what path; do
    if [ "$what" = theirs ]; then continue; fi
    names_of "$path" "$tmp/profiles" >"$tmp/names"
    while IFS= read -r name; do
      if grep -Fxq -e "$name" "$tmp/loaded" && ! grep -Fxq -e "$name" "$tmp/owned-names"; then
        complain "a profile of the name $name is loaded already and was not loaded by this bundle"
        bad=yes
      fi
    done <"$tmp/names"
  done <"$tmp/plan"
  [ "$bad" = no ] || fail "unload these profiles (apparmor_parser -R FILE) or rename yours. Nothing was changed"
}
`;

const changes = String.raw`
# Makes the folder $1 (below the root) and notes each part that was not there, outermost first.
make_folder() {
  [ ! -d "$root/$1" ] || return 0
  make_folder "$(dirname "$1")"
  mkdir "$root/$1"
  say "$1" >>"$tmp/folders"
}

# Writes down what is about to be done before it is done: a run that is killed can then be taken up or removed.
write_pending() {
  make_folder "var/lib/hauberk/$bundle"
  if [ -f "$record/pending" ]; then
    say "An earlier run was interrupted; this one takes it up."
    cp "$record/pending" "$tmp/pending-before"
  fi
  {
    say "design $design"
    [ ! -f "$tmp/pending-before" ] || cat "$tmp/pending-before"
    while read -r what path; do
      case $what in
        new | update | same) printf 'file %s %s\n' "$(sum_of "$tmp/new/$path")" "$path" ;;
      esac
    done <"$tmp/plan"
    sed 's/^/profile /' "$tmp/profiles"
  } >"$tmp/pending"
  put "$tmp/pending" "$record/pending" 644
}

# Each change is noted before it is made, with a copy of what was there.
put_files() {
  while read -r what path; do
    case $what in
      new) make_folder "$(dirname "$path")" ;;
      update | drop)
        mkdir -p "$tmp/old/$(dirname "$path")"
        cp -p "$root/$path" "$tmp/old/$path"
        ;;
      *) continue ;;
    esac
    say "$what $path" >>"$tmp/done"
    if [ "$what" = drop ]; then rm -f "$root/$path"; else put "$tmp/new/$path" "$root/$path" 644; fi
  done <"$tmp/plan"
}

is_disabled() { [ -e "$root/etc/apparmor.d/disable/$(basename "$1")" ] || [ -h "$root/etc/apparmor.d/disable/$(basename "$1")" ]; }

# Loads each file past the cache, whose files belong to the boot, and asks the kernel for every name.
load_files() {
  loading=yes
  while read -r what path; do
    if [ "$what" = drop ]; then continue; fi
    names_of "$path" "$tmp/profiles" >"$tmp/names"
    if [ ! -s "$tmp/names" ]; then continue; fi
    if is_disabled "$path"; then
      say "Not loaded, because this machine disables it (etc/apparmor.d/disable): $path"
      continue
    fi
    say "$path" >>"$tmp/touched"
    run_parser -r -K "$root/$path" >&2 || fail "apparmor_parser could not load $path; its messages are above"
    loaded_names >"$tmp/loaded-now"
    while IFS= read -r name; do
      case $name in *@{*) continue ;; esac # a variable in a name: the kernel knows it by its value
      grep -Fxq -e "$name" "$tmp/loaded-now" || fail "the kernel does not list the profile $name after loading it"
    done <"$tmp/names"
  done <"$tmp/plan"
}

# Profiles that the earlier version loaded and this one has no more.
unload_dropped() {
  cut -f 2- "$tmp/profiles" | sort -u >"$tmp/new-names"
  while IFS= read -r line; do
    path=$(printf '%s\n' "$line" | cut -f 1)
    name=$(printf '%s\n' "$line" | cut -f 2-)
    if grep -Fxq -e "$name" "$tmp/new-names" || ! grep -Fxq -e "$name" "$tmp/loaded"; then continue; fi
    if grep -Fxq -e "$path" "$tmp/kept"; then continue; fi
    say "$path" >>"$tmp/touched"
    unload_name "$name" || fail "the profile $name of the earlier version could not be unloaded"
  done <"$tmp/owned-profiles"
}

write_record() {
  {
    say "design $design"
    say "target $target"
    sed -n '/^file /p' "$tmp/pending" | while read -r word sum path; do
      if grep -Fxq -e "$sum $path" "$tmp/files"; then say "$word $sum $path"; fi
    done | sort -u
    sed 's/^/profile /' "$tmp/profiles"
    while read -r path; do
      record_of "$path"
      awk -F '\t' -v path="$path" '$1 == path { print "profile " $0 }' "$tmp/owned-profiles"
    done <"$tmp/kept"
    cat "$tmp/owned-folders" "$tmp/folders" | sort -u | sed 's/^/folder /'
  } >"$tmp/record-new"
  put "$here/remove.sh" "$record/remove.sh" 755
  put "$tmp/record-new" "$record/record" 644
  rm -f "$record/pending"
}
`;

const undoing = String.raw`
# Puts everything back as it was at the start: the kernel's profiles, the files, the folders, the record.
roll_back() {
  whole=yes
  if [ "$loading" = yes ]; then
    cut -f 2- "$tmp/profiles" | while IFS= read -r name; do
      grep -Fxq -e "$name" "$tmp/loaded" || unload_name "$name" || complain "the profile $name could not be unloaded"
    done
  fi
  while read -r what path; do
    if [ "$what" = new ]; then
      rm -f "$root/$path" || whole=no
    else
      put "$tmp/old/$path" "$root/$path" 644 && touch -r "$tmp/old/$path" "$root/$path" || whole=no
    fi
  done <"$tmp/done"
  if [ "$loading" = yes ]; then
    cut -f 1 "$tmp/owned-profiles" | sort -u | while read -r path; do
      names_of "$path" "$tmp/owned-profiles" | head -n 1 >"$tmp/names"
      if grep -Fxq -e "$path" "$tmp/touched" && grep -Fxq -f "$tmp/names" "$tmp/loaded"; then
        run_parser -r -K "$root/$path" >&2 || say "$path" >>"$tmp/not-reloaded"
      fi
    done
    loaded_names | sort >"$tmp/loaded-now"
    sort "$tmp/loaded" >"$tmp/loaded-before"
    cmp -s "$tmp/loaded-before" "$tmp/loaded-now" || whole=no
    [ ! -s "$tmp/not-reloaded" ] || whole=no
  fi
  if [ -f "$tmp/pending-before" ]; then
    put "$tmp/pending-before" "$record/pending" 644 || whole=no
  else
    rm -f "$record/pending" || whole=no
  fi
  [ -f "$record/record" ] || rm -f "$record/remove.sh"
  sort -r "$tmp/folders" | while read -r path; do rmdir "$root/$path" 2>/dev/null || :; done
  [ "$whole" = yes ]
}

finish() {
  status=$?
  trap - EXIT HUP INT TERM
  set +e
  if [ "$stage" = changing ]; then
    [ "$status" != 0 ] || status=1
    if roll_back; then
      complain "it did not work, so everything was put back as it was"
    else
      complain "it did not work, and not everything could be put back: compare $root/etc/apparmor.d and aa-status"
      status=3
    fi
  fi
  [ -z "$tmp" ] || rm -rf "$tmp"
  case $status in 0 | 1 | 2 | 3 | 129 | 130 | 143) ;; *) status=1 ;; esac
  exit "$status"
}
`;

const main = String.raw`
report() {
  say "$1"
  while read -r what path; do
    case $what in
      new) say "  new        $root/$path" ;;
      update) say "  updated    $root/$path" ;;
      same) say "  unchanged  $root/$path" ;;
      theirs) say "  unchanged  $root/$path (was there before; remove.sh will leave it)" ;;
      drop) say "  removed    $root/$path" ;;
    esac
  done <"$tmp/plan"
}

trap finish EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM
tmp=$(mktemp -d)
loading=no
for list in folders done kept touched; do : >"$tmp/$list"; done

check_integrity
choose_target
check_system
read_record
take_files
plan_files
plan_dropped
check_policy
check_names

if [ "$dry_run" = yes ]; then
  report "Checked; without --dry-run this would be done for $target:"
  [ "$load" = no ] || { say "and these profiles would be loaded:"; cut -f 2- "$tmp/profiles" | sed 's/^/  /'; }
  exit 0
fi

stage=changing
write_pending
put_files
if [ "$load" = yes ]; then
  load_files
  unload_dropped
fi
write_record
stage=done

report "Installed the bundle $bundle for $target:"
if [ "$load" = yes ]; then
  say "Loaded, as the kernel lists them:"
  cut -f 2- "$tmp/profiles" | while IFS= read -r name; do
    grep -F -e "$name (" "$kernel/profiles" | while IFS= read -r line; do
      case $line in "$name ("*) say "  $line" ;; esac
    done
  done
else
  say "Nothing was loaded; the profiles take effect when the system boots with AppArmor, or by apparmor_parser -r."
fi
if [ "$in_place" = yes ]; then
  say "To take it away again: sh $record/remove.sh"
else
  say "To take it away again: sh $record/remove.sh --root $root"
fi
`;

/** The text of `install.sh`; `bundle` must come from `bundleNameOf`, `design` is the hash of the design's own name. */
export function installScript(bundle: string, design: string): string {
  return (
    head +
    openingPart("install.sh", bundle, design) +
    toolsPart +
    recordPart +
    options +
    checks +
    changes +
    undoing +
    main
  );
}
