#!/usr/bin/env bash
# Renews package-lock.json from the package.json files and itself, away from any node_modules: beside one, `npm install` can
# leave out the optional packages of other platforms, and then `npm ci` refuses the lock file elsewhere. `--anew` lets every
# version move.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
git ls-files -co --exclude-standard -- '*package.json' .npmrc | while read -r file; do
  mkdir -p "$work/$(dirname "$file")"
  cp "$file" "$work/$file"
done
[ "${1:-}" = --anew ] || cp package-lock.json "$work/"
(cd "$work" && npm install --package-lock-only --ignore-scripts --no-audit --no-fund)
cp "$work/package-lock.json" package-lock.json
# A package whose platform's build is not in the registry is dropped silently above: say so here.
(cd "$work" && npm ci --dry-run --no-audit --no-fund >/dev/null) || {
  echo "the new lock file is not whole: pin the package that npm names to a version whose platform packages exist" >&2
  exit 1
}
