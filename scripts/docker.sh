#!/usr/bin/env bash
# Proves the containers of docker-compose.yml in a real Docker engine: builds the images, starts them, and shows verdicts
# and standings over HTTP, what the containers may do, the hostile designs against the validator in its container, that a
# killed validator comes back, that what one process of the service saved the other reads, that nothing is lost when one
# is killed or PostgreSQL is, that the journeys of a team pass in a browser, and that there can be more of them. Where no engine answers, one is started with all its state in a folder of its own,
# and stopped and removed at the end. Needs root. No registry of images is asked. Not part of `npm test`, for CI has no
# engine.
#
#   scripts/docker.sh
set -euo pipefail

cd "$(dirname "$0")/.."
export PATH=$PWD/node_modules/.bin:$PATH:/usr/sbin:/sbin
begun=$SECONDS

lacking() { printf 'docker.sh: %s\n' "$*" >&2; exit 2; }
say() { printf '== %s (%s s)\n' "$*" "$((SECONDS - begun))"; }

[ "$(id -u)" = 0 ] || lacking "this needs root: it starts an engine, and reads the socket of the validator"
command -v docker >/dev/null || lacking "docker is not installed: apt-get install docker.io"
[ -x node_modules/.bin/vitest ] || lacking "the npm packages are not installed: npm ci"

work=$(mktemp -d /var/tmp/hauberk-docker.XXXXXX)
engine=
project=hauberk-trial
compose() { "${compose_command[@]}" --project-name "$project" --file docker-compose.yml --file "$work/trial.yml" "$@"; }

cleanup() {
  status=$?
  trap - EXIT INT TERM
  if [ "$status" != 0 ] && [ -n "${started:-}" ]; then compose logs --tail 30 2>&1 || true; fi
  if [ -n "${started:-}" ]; then compose down --volumes --timeout 5 >/dev/null 2>&1 || true; fi
  if [ -n "$engine" ]; then
    kill "$engine" 2>/dev/null || true
    wait "$engine" 2>/dev/null || true
  fi
  # --one-file-system: should a mount have stayed, nothing behind it is touched.
  rm -rf --one-file-system "$work"
  exit "$status"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# Waits until the engine answers or has ended.
answers() {
  for _ in $(seq 1 100); do
    if docker info >/dev/null 2>&1; then return 0; fi
    kill -0 "$engine" 2>/dev/null || return 1
    sleep 0.2
  done
  return 1
}

# Its rules of the firewall, its bridge and forwarding are left out, so that the machine is as before when it has ended.
start_engine() {
  local storage
  command -v dockerd >/dev/null || lacking "there is no Docker engine: apt-get install docker.io"
  export DOCKER_HOST=unix://$work/engine.sock
  for storage in overlay2 vfs; do
    dockerd --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/engine.pid" \
      --storage-driver "$storage" --bridge none --iptables=false --ip6tables=false --ip-forward=false \
      >"$work/engine.log" 2>&1 &
    engine=$!
    if answers; then return; fi
    kill "$engine" 2>/dev/null || true
    wait "$engine" 2>/dev/null || true
    engine=
  done
  tail -n 20 "$work/engine.log" >&2
  lacking "no Docker engine answers, and none can be started here; its last words are above"
}

if docker info >/dev/null 2>&1; then say "the engine of this machine"; else start_engine; say "an engine of our own"; fi
docker version --format 'client {{.Client.Version}}, engine {{.Server.Version}}'
docker info --format 'storage {{.Driver}}, cgroup {{.CgroupVersion}}, security {{.SecurityOptions}}'

if docker compose version >/dev/null 2>&1; then compose_command=(docker compose)
elif command -v docker-compose >/dev/null; then
  compose_command=(docker-compose)
  # 1.29 hands the building to the program `docker`, which may want a plugin for it; its own way needs none.
  export COMPOSE_DOCKER_CLI_BUILD=0 DOCKER_BUILDKIT=0
else lacking "docker compose is not installed: apt-get install docker-compose"; fi

# What no verdict may tell stands in the validator's environment.
cat >"$work/trial.yml" <<'TRIAL'
services:
  validator:
    environment:
      HAUBERK_SECRET: hauberk_must_not_be_told
TRIAL

say "the context of the images"
docker/lay-out-context.sh
say "the images"
compose build
docker images --format '{{.Repository}} {{.Size}}' | grep '^hauberk-'

HAUBERK_PORT=$(node --print 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); }); ""' | grep .)
export HAUBERK_PORT
say "the containers, at 127.0.0.1:$HAUBERK_PORT"
started=yes
compose up --detach --no-build
mapfile -t apps < <(compose ps -q app)
validator=$(compose ps -q validator)
postgres=$(compose ps -q postgres)
proxy=$(compose ps -q proxy)

say "what the service answers, and what the containers may do"
node scripts/docker-trial.ts "http://127.0.0.1:$HAUBERK_PORT" "$proxy" "${apps[0]}" "$validator" "$postgres"

say "hostile designs against the validator in its container"
volume=$(docker volume inspect --format '{{.Mountpoint}}' "${project}_socket")
HAUBERK_TEST_VALIDATOR=$(echo "$volume"/*.sock) vitest run packages/sandbox/test/hostile.test.ts

say "a validator that was killed"
kill -KILL "$(docker inspect --format '{{.State.Pid}}' "$validator")"
node scripts/docker-trial.ts "http://127.0.0.1:$HAUBERK_PORT" "$proxy" "${apps[0]}" "$validator" "$postgres"

say "two processes, of which one is killed"
node scripts/docker-team-trial.ts "http://127.0.0.1:$HAUBERK_PORT" "$postgres" "${apps[@]}"

say "the journeys of a team, by a browser"
if [ -x /usr/bin/chromium ]; then
  # The killed ones have to be back: a journey that meets them would tell of that, not of the page.
  node scripts/docker-trial.ts "http://127.0.0.1:$HAUBERK_PORT" "$proxy" "${apps[0]}" "$validator" "$postgres" >/dev/null
  HAUBERK_E2E_SERVICE="http://127.0.0.1:$HAUBERK_PORT/" \
    playwright test --config e2e/playwright.config.ts --workers=1 review.spec merge.spec owner-key.spec
else echo "not run: chromium is not installed"; fi

say "four processes and two validators"
compose up --detach --no-build --scale app=4 --scale validator=2 2>&1 | tail -n 3
mapfile -t apps < <(compose ps -q app)
[ "${#apps[@]}" = 4 ] || lacking "there are ${#apps[@]} processes, not 4"
node scripts/docker-team-trial.ts "http://127.0.0.1:$HAUBERK_PORT" "$postgres" "${apps[@]}"

say "all of it holds"
