#!/usr/bin/env bash
# Proves the fresh machine: a minimal Debian 13 that holds only Node 20 and npm is made with mmdebstrap, a clone of HEAD
# is laid into it, and both commands of the README run there. Needs root and mmdebstrap; changes nothing outside its own
# folder. A pivot_root, not a chroot: inside a chroot the kernel refuses the user namespaces that bubblewrap needs.
#
#   scripts/fresh-root.sh [--keep] [LOG]      LOG: where the whole log goes (default: fresh-root.log in this folder)
set -euo pipefail

keep=no
if [ "${1:-}" = --keep ]; then keep=yes; shift; fi
log=$(realpath -m "${1:-fresh-root.log}")
repository=$(cd "$(dirname "$0")/.." && pwd)
suite=trixie

[ "$(id -u)" = 0 ] || { echo "fresh-root.sh needs root (it mounts and pivots in a namespace of its own)" >&2; exit 2; }
command -v mmdebstrap >/dev/null || { echo "fresh-root.sh needs mmdebstrap: apt-get install mmdebstrap" >&2; exit 2; }

# The mirror is the one that apt here is set up with.
mirror=$(apt-get indextargets --format '$(REPO_URI)|$(ORIGIN)|$(LABEL)' 'Created-By: Packages' |
  awk -F'|' '$2 == "Debian" && $3 == "Debian" { print $1; exit }')
[ -n "$mirror" ] || { echo "apt on this machine knows no Debian mirror (run apt-get update first)" >&2; exit 2; }

work=$(mktemp -d /var/tmp/hauberk-fresh-root.XXXXXX)
root=$work/root
# --one-file-system: should a mount have stayed, nothing behind it is touched.
cleanup() { if [ "$keep" = yes ]; then echo "kept: $work"; else rm -rf --one-file-system "$work"; fi; }
trap cleanup EXIT

: >"$log"
say() { printf '%s\n' "$*" | tee -a "$log"; }

say "== a minimal Debian ($suite) with only Node and npm"
mmdebstrap --quiet --variant=minbase --include=nodejs,npm,ca-certificates "$suite" "$root" "deb $mirror $suite main" >>"$log" 2>&1

# The way to the registries is this machine's own: names, certificates, npm's settings. None of it enters the log.
cp -L /etc/resolv.conf "$root/etc/resolv.conf"
cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp /etc/apt/apt.conf.d/*proxy* "$root/etc/apt/apt.conf.d/" 2>/dev/null || true
printf 'registry=%s\ncafile=/etc/ssl/certs/ca-certificates.crt\n' "$(npm config get registry)" >"$root/root/.npmrc"

git clone --quiet "$repository" "$root/srv/hauberk"
say "clone of $(git -C "$repository" rev-parse --short HEAD)"

cat >"$root/root/inside.sh" <<'INSIDE'
set -eu
cd /srv/hauberk
echo "== inside: $(. /etc/os-release && echo "$PRETTY_NAME"), node $(node --version), npm $(npm --version)"
for program in bwrap apparmor_parser chromium; do
  if command -v "$program" >/dev/null; then echo "$program is there already"; exit 1; fi
done
apt-get -qq update
echo "== npm test"
begun=$(date +%s)
npm test -- --yes
echo "npm test took $(($(date +%s) - begun)) s"
echo "== npm start"
npm start -- --yes >/root/start.log 2>&1 &
pid=$!
for _ in $(seq 1 180); do
  grep -q 'http://127' /root/start.log && break
  kill -0 "$pid" 2>/dev/null || break
  sleep 1
done
cat /root/start.log
address=$(grep -o 'http://127[0-9.:]*' /root/start.log | head -n 1)
[ -n "$address" ] || { echo "npm start printed no address"; exit 1; }
ADDRESS=$address node --input-type=module -e '
  const base = process.env.ADDRESS;
  const page = await (await fetch(base + "/")).text();
  if (!page.includes("<title>Hauberk")) throw new Error("no designer at " + base);
  const ready = await fetch(base + "/readyz");
  console.log("GET / serves the designer; GET /readyz:", ready.status, await ready.text());
  const answer = await fetch(base + "/api/v1/validations", {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify({
      name: "fresh",
      files: [{ path: "apparmor.d/fresh", text: "abi <abi/3.0>,\nprofile fresh /usr/bin/fresh {\n  /etc/hosts r,\n}\n" }],
      targets: ["debian-12", "host"],
    }),
  });
  const said = await answer.text();
  console.log(said);
  if (!said.includes("\"accepted\"")) throw new Error("debian-12 did not accept");
  if (!ready.ok) process.exit(1);
'
kill -TERM "$pid"
wait "$pid" || true
echo "== the fresh machine passes both commands"
INSIDE

# Runs in namespaces of its own: mounts and processes end with it.
cat >"$work/enter.sh" <<'ENTER'
set -eu
root=$1
mount --bind "$root" "$root"
cd "$root"
mkdir -p old
mount -t proc proc proc
mount --rbind /dev dev
mount --rbind /sys sys
mount -t tmpfs tmpfs tmp
pivot_root . old
cd /
umount -l /old
exec env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb CI=true \
  NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt sh /root/inside.sh
ENTER

status=0
unshare --mount --propagation private --pid --fork --kill-child --ipc --uts bash "$work/enter.sh" "$root" 2>&1 |
  tee -a "$log" || status=$?
say "exit $status"
exit "$status"
