#!/bin/sh
# Shows that Google's own client of its Fact Check Tools API works here.
#   tests/google/run.sh <base-url>
# Enters reviews of its own, searches them through the client, pages through them, and sees how a failure is told. Leaves nothing but
# tests/google/node_modules, which git ignores, and what it entered.
set -eu

if [ $# -ne 1 ]; then
  echo "usage: $0 <base-url>" >&2
  exit 2
fi

cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node client.mjs "${1%/}"
