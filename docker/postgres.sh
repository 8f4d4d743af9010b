#!/bin/sh
# Starts PostgreSQL, and makes its cluster where there is none yet: with a database of the service's own. A cluster that is
# half made has another name, so it is never started.
set -eu

bin=/usr/lib/postgresql/17/bin
home=/var/lib/postgresql
export PATH=$bin:/usr/bin LC_ALL=C

if [ ! -d "$home/data" ]; then
  rm -rf "$home/making"
  initdb --auth=peer --username=postgres --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 \
    --data-checksums --pgdata "$home/making" >/dev/null
  printf '%s\n' 'create role hauberk login' 'create database hauberk owner hauberk' |
    postgres --single -D "$home/making" postgres >/dev/null
  mv "$home/making" "$home/data"
fi

exec postgres -D "$home/data" -k /run/postgresql \
  -c listen_addresses= -c hba_file=/etc/pg_hba.conf -c ident_file=/etc/pg_ident.conf
