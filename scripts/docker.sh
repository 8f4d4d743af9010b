#!/usr/bin/env bash
# Proves the containers of docker-compose.yml in a real Docker engine: builds the images, starts them, and shows verdicts
# and standings over HTTP, what the containers may do, the hostile designs against the validator in its container, that a
# killed validator, process and PostgreSQL come back and nothing acknowledged is lost, that there can be more of them, that
# designs can be backed up and restored, that nobody but a named proxy can say who is signed in, and that the journeys of e2e/ pass against them in a browser, on
# accounts of a provider too. Where no engine answers, one is started with all its state in a folder of its own, and stopped
# and removed at the end. Needs root. No registry of images is asked. Not part of `npm test`, for CI has no engine.
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
command -v openssl >/dev/null || lacking "openssl is not installed: apt-get install openssl"
[ -x node_modules/.bin/vitest ] || lacking "the npm packages are not installed: npm ci"

work=$(mktemp -d /var/tmp/hauberk-docker.XXXXXX)
engine=
project=hauberk-trial
overlays=()
compose() {
  "${compose_command[@]}" --project-name "$project" --file docker-compose.yml --file "$work/trial.yml" "${overlays[@]}" "$@"
}
free_port() {
  node --eval 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); });'
}
# A certificate for the address of this URL, and its key, that nobody knows but this run.
certify() {
  local host=${1#https://}
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 -subj /CN=provider \
    -addext "subjectAltName=IP:${host%:*}" -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
  cat "$work/certificate.pem" "$work/key.pem" >"$work/provider.pem"
}

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

# What no verdict may tell stands in the validator's environment. The journeys come from one address, and one of them reads
# the log for keys.
cat >"$work/trial.yml" <<'TRIAL'
services:
  validator:
    environment:
      HAUBERK_SECRET: hauberk_must_not_be_told
  app:
    environment:
      LOG_LEVEL: trace
      HAUBERK_REQUESTS_PER_MINUTE: 100000
      HAUBERK_VALIDATIONS_PER_MINUTE: 100000
TRIAL

say "the context of the images"
docker/lay-out-context.sh
say "the images"
compose build
docker images --format '{{.Repository}} {{.Size}}' | grep '^hauberk-'

HAUBERK_PORT=$(free_port)
export HAUBERK_PORT
say "the containers, at 127.0.0.1:$HAUBERK_PORT"
started=yes
url=http://127.0.0.1:$HAUBERK_PORT

# Starts what is not running as it is to be, and waits until it gives verdicts and all processes are known to the proxy.
up() {
  compose up --detach --no-build "$@" >"$work/up.log" 2>&1 || { cat "$work/up.log" >&2; exit 1; }
  mapfile -t apps < <(compose ps -q app)
  mapfile -t validators < <(compose ps -q validator)
  validator=${validators[0]}
  postgres=$(compose ps -q postgres)
  proxy=$(compose ps -q proxy)
  for _ in $(seq 1 60); do
    # A browser that hears of a network that has just come breaks off what it loads.
    if node --eval "fetch('$url/readyz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"; then
      sleep 3
      return
    fi
    sleep 1
  done
  lacking "the containers are not ready within a minute"
}
trial() { node scripts/docker-trial.ts "$url" "$proxy" "${apps[0]}" "$validator" "$postgres"; }
journeys() {
  if ! [ -x /usr/bin/chromium ]; then echo "not run: chromium is not installed"; return; fi
  HAUBERK_E2E_SERVICE=$url/ HAUBERK_E2E_CONTAINERS=$(IFS=,; echo "$proxy,${apps[*]}") \
    playwright test --config e2e/playwright.config.ts --project=journeys --workers=1 "$@"
}

up
[ "${#apps[@]}" = 2 ] || lacking "there are ${#apps[@]} processes, not 2"

say "what the service answers, and what the containers may do"
trial

say "hostile designs against the validator in its container"
volume=$(docker volume inspect --format '{{.Mountpoint}}' "${project}_socket")
HAUBERK_TEST_VALIDATOR=$(echo "$volume"/*.sock) vitest run packages/sandbox/test/hostile.test.ts

say "a validator that was killed"
kill -KILL "$(docker inspect --format '{{.State.Pid}}' "$validator")"
trial

say "two processes, of which one is killed, then PostgreSQL"
node scripts/docker-team-trial.ts "$url" "$postgres" "${apps[@]}"

say "four processes and two validators"
up --scale app=4 --scale validator=2
[ "${#apps[@]}" = 4 ] || lacking "there are ${#apps[@]} processes, not 4"
sockets=$(find "$volume" -name '*.sock' | wc -l)
[ "$sockets" = 2 ] || lacking "there are $sockets sockets of validators, not 2"
node scripts/docker-team-trial.ts "$url" "$postgres" "${apps[@]}"
up --scale app=2 --scale validator=1

say "a backup onto this machine and back, and figures"
HAUBERK_METRICS_PORT=9100 HAUBERK_METRICS_HOST=0.0.0.0 up
HAUBERK_METRICS_PORT=9100 HAUBERK_METRICS_HOST=0.0.0.0 node scripts/docker-backup-trial.ts "$url" "$work/trial.backup" \
  "${compose_command[@]}" --project-name "$project" --file docker-compose.yml --file "$work/trial.yml"

say "accounts that a proxy in front keeps"
gateway() { docker network inspect --format '{{(index .IPAM.Config 0).Gateway}}' "${project}_$1"; }
# What comes from this machine comes to the proxy of the containers from here.
named=$(gateway front)
HAUBERK_TRUSTED_PROXIES=$named HAUBERK_PROXY_USER_HEADER=X-Remote-User HAUBERK_PROXY_EMAIL_HEADER=X-Remote-Email up
node scripts/docker-accounts-trial.ts "$url" "${apps[0]}" "$named"

say "accounts of an OpenID Connect provider, by a browser"
cat >"$work/openid.yml" <<TRIAL
services:
  app:
    environment: { NODE_EXTRA_CA_CERTS: /etc/provider.pem }
    volumes: ["$work/certificate.pem:/etc/provider.pem:ro"]
TRIAL
overlays=(--file docker/openid.yml --file "$work/openid.yml")
touch "$work/certificate.pem"
compose up --no-start >/dev/null 2>&1
provider=https://$(gateway out):$(free_port)
certify "$provider"
HAUBERK_OIDC_ISSUER=$provider HAUBERK_OIDC_CLIENT_ID=hauberk HAUBERK_OIDC_CLIENT_SECRET='s3cret: + /%' HAUBERK_PUBLIC_URL=$url up
HAUBERK_E2E_PROVIDER=$provider HAUBERK_E2E_PROVIDER_CERTIFICATE=$work/provider.pem journeys accounts.spec

say "the journeys, by a browser"
overlays=()
up
journeys

say "all of it holds"
