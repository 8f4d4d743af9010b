#!/usr/bin/env bash
# Lays out what the images are made of in docker/context, from what is on this machine already: the roots that
# `npm run toolchains` unpacks for the launcher, HAProxy and PostgreSQL, the releases' toolchains, the Node of
# node_modules, the packages that the service needs when it runs, our sources, and the built web. No registry is asked,
# and nothing of it is run.
#
#   docker/lay-out-context.sh      then: docker compose up --build
set -euo pipefail

cd "$(dirname "$0")/.."
export PATH=$PWD/node_modules/.bin:$PATH
cache=${XDG_CACHE_HOME:-$HOME/.cache}/hauberk
context=docker/context

lacking() { printf 'lay-out-context.sh: %s\n' "$*" >&2; exit 2; }
[ -e node_modules/.package-lock.json ] || lacking "the npm packages are not installed: npm ci"
command -v node >/dev/null || lacking "there is no Node"

# A release that can't be had is named there, and left out of the image.
npm run --silent toolchains -- --with-corpus --with-services || echo "The image goes without the releases that are missing."
[ -d "$cache/launcher/root" ] || lacking "there is no root of a container in $cache: npm run toolchains -- --with-corpus"
for name in haproxy postgres; do
  [ -d "$cache/services/$name/root" ] || lacking "there is no $name in $cache: npm run toolchains -- --with-services"
done
npm run --silent build -- --logLevel error

rm -rf "$context"
mkdir -p "$context/hauberk/apps/web" "$context/toolchains"
cp -a "$cache/launcher/root" "$context/root"
cp -L "$(node --print process.execPath)" "$context/root/usr/bin/node"

for name in haproxy postgres; do
  mkdir -p "$context/$name"
  cp -a "$cache/services/$name/root/." "$context/$name/"
  mkdir -p "$context/$name/etc" "$context/$name/tmp" "$context/$name/run"
done
cp docker/haproxy.cfg "$context/haproxy/etc/haproxy.cfg"
cp docker/postgres.sh docker/pg_hba.conf docker/pg_ident.conf "$context/postgres/etc/"
ln -s dash "$context/postgres/usr/bin/sh"
# PostgreSQL wants a name for its own user, and for the one that the service has on the other end of the socket.
printf '%s\n' 'postgres:x:70:70::/var/lib/postgresql:/bin/sh' 'nobody:x:65534:65534::/:/bin/sh' >"$context/postgres/etc/passwd"
mkdir -p "$context/postgres-data/postgresql"
echo "The cluster is in data/, made by /etc/postgres.sh when it first starts." >"$context/postgres-data/postgresql/README"

for toolchain in "$cache"/toolchains/*/stamp.json; do
  cp -a "$(dirname "$toolchain")" "$context/toolchains/"
done

for package in core contract sandbox store; do
  mkdir -p "$context/hauberk/packages/$package"
  cp -a packages/$package/src packages/$package/package.json "$context/hauberk/packages/$package/"
done
for app in api cli; do
  mkdir -p "$context/hauberk/apps/$app"
  cp -a apps/$app/src apps/$app/package.json "$context/hauberk/apps/$app/"
done
# The command line, for backups: there is no shell to start it by.
printf '%s\n' '#!/usr/bin/node' 'import "/srv/hauberk/apps/cli/src/main.ts";' >"$context/root/usr/bin/hauberk"
chmod 755 "$context/root/usr/bin/hauberk"
cp -a apps/web/dist "$context/hauberk/apps/web/"
cp -a package.json toolchains "$context/hauberk/"
find "$context/hauberk" -name '*.test.ts' -delete

# Links of workspaces stay links.
npm ls --all --parseable --omit=dev -w @hauberk/api -w @hauberk/cli | while read -r folder; do
  path=${folder#"$PWD/"}
  case $path in node_modules/*) ;; *) continue ;; esac
  mkdir -p "$context/hauberk/$(dirname "$path")"
  [ -e "$context/hauberk/$path" ] || cp -a "$path" "$context/hauberk/$path"
done

# The containers' user is nobody in particular: what it may read, everybody may.
chmod -R a+rX,go-w "$context"
du -sh "$context" | sed 's/\t.*/ in docker\/context/'
