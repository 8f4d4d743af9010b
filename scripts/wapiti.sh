#!/usr/bin/env bash
# Lets wapiti (Debian package `wapiti`), all modules, attack the service with a saved design in it: once as a stranger,
# once with the owner's key. Prints what each module found; docs/wapiti.md holds the answers to it.
#
#   npm run build && scripts/wapiti.sh [FOLDER FOR THE REPORTS]
set -euo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/node_modules/.bin:$PATH"

if ! command -v wapiti > /dev/null; then
  echo "wapiti is not installed: apt-get install wapiti" >&2
  exit 2
fi
if [ ! -e apps/web/dist/index.html ]; then
  echo "The web application is not built: npm run build" >&2
  exit 2
fi

work=$(mktemp -d)
reports=${1:-$work/reports}
mkdir -p "$reports"
service=
endpoint=
finish() {
  for process in $service $endpoint; do kill "$process" && wait "$process" || true; done
  rm -rf "$work"
}
trap finish EXIT

# Limits have their own tests; here they would only hide what lies behind them.
HOST=127.0.0.1 PORT=0 LOG_LEVEL=info HAUBERK_DATA="$work/data" HAUBERK_REQUESTS_PER_MINUTE=1000000 \
  node apps/api/src/main.ts > "$work/out" 2> "$reports/service.log" &
service=$!
for _ in $(seq 100); do
  url=$(sed -n 's/^Hauberk is ready at //p' "$work/out")
  [ -n "$url" ] && break
  sleep 0.2
done
[ -n "$url" ] || { cat "$reports/service.log" >&2; exit 1; }

# What wapiti asks whether the service was made to call somebody: all calls are kept, and its own questions answered.
node --input-type=module - "$reports/endpoint.log" > "$work/endpoint" << 'ENDPOINT' &
import { appendFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
const log = process.argv[2];
writeFileSync(log, "");
const server = createServer((request, response) => {
  appendFileSync(log, `${request.url}\n`);
  response.setHeader("Content-Type", "application/json");
  response.end("{}");
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
ENDPOINT
endpoint=$!
until [ -s "$work/endpoint" ]; do sleep 0.2; done

# A design with a comment in it, so that there is something to steal and something to break.
json='content-type: application/json'
created=$(curl -sf -H "$json" "${url}api/v1/designs" \
  -d '{"name":"wapiti","files":[{"path":"apparmor.d/a","text":"profile a {}\n"}],"by":"Ada"}')
design=$(node -p 'JSON.parse(process.argv[1]).design.id' "$created")
key=$(node -p 'JSON.parse(process.argv[1]).key' "$created")
curl -sf -o /dev/null -H "$json" -H "Authorization: Bearer $key" "${url}api/v1/designs/$design/comments" \
  -d '{"revision":1,"text":"Why <b>this</b>?"}'

# The pages are built by scripts that wapiti does not run, so it is told where the API answers.
base="${url}api/v1/designs/$design"
starts=()
for path in "" /revisions /revisions/1 /revisions/1/verdicts /draft /links /comments /approvals /bundles \
  "/history?before=9"; do
  starts+=(-s "$base$path")
done
starts+=(-s "${url}review/$design" -s "${url}api/v1/" -s "${url}assets/" -s "${url}api/v1/targets" -s "${url}api/v1/targets/debian-12/policy?path=abi"
  -s "${url}api/v1/openapi.json" -s "${url}healthz" -s "${url}?design=1")

seen=0
attack() { # NAME [ARGUMENTS OF WAPITI]
  local name=$1
  shift
  # The stream of events, which never ends, is no start, and nothing links to it. (`-x` fails under Python 3.11.) No
  # third party is asked anything.
  timeout 900 wapiti -u "$url" "${starts[@]}" --scope folder -m all -l 2 --flush-session \
    --store-session "$work/$name" --store-config "$work/config" --max-scan-time 60 --max-attack-time 45 -t 5 \
    --endpoint "http://127.0.0.1:$(cat "$work/endpoint")/" --no-bugreport -v 1 -f json -o "$reports/$name.json" "$@" \
    > "$reports/$name.txt" 2>&1 < /dev/null || echo "wapiti ended with $? ($name)" >&2
  echo "── $name: answers of the service by status"
  tail -n "+$((seen + 1))" "$reports/service.log" | grep -o '"status":[0-9]*' | sort | uniq -c
  seen=$(wc -l < "$reports/service.log")
  node --input-type=module - "$reports/$name.json" << 'REPORT'
import { readFileSync } from "node:fs";
const { vulnerabilities, anomalies, additionals } = JSON.parse(readFileSync(process.argv[2], "utf8"));
for (const [kind, list] of Object.entries({ ...vulnerabilities, ...anomalies, ...additionals })) {
  const found = [...new Set(list.map(({ method, path, info }) => `${method} ${path}: ${info}`))];
  console.log(`${kind}: ${list.length}`);
  for (const one of found.slice(0, 10)) console.log(`  ${one}`);
}
REPORT
  grep -E "^\[\*\] (Wapiti found|Launching)|^Error" "$reports/$name.txt" | sed 's/^\[\*\] //' | paste -sd ';'
}

attack stranger
attack owner -H "Authorization: Bearer $key"

echo "Calls that somebody but wapiti made to its endpoint: $(grep -vc '/get_' "$reports/endpoint.log" || true)"
curl -sf -o /dev/null "${url}healthz"
echo "The service goes on; its log has $(grep -c '"level":50' "$reports/service.log" || true) faults of its own."
