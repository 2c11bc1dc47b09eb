#!/usr/bin/env bash
# Imports a file of any size, and shows how it goes. Needs curl and jq.
#
#   examples/import.sh FILE [QUERY] [--url http://127.0.0.1:5080]
#
# What the file is follows from its name: .ndjson, .csv or .tsv, each perhaps with .gz behind it. QUERY is what POST /imports takes:
#
#   examples/import.sh claims.csv 'type=claim&onError=skip'
set -euo pipefail

url=http://127.0.0.1:5080
args=()
while (($#)); do
    case $1 in
        --url) url=${2:?--url needs an address}; shift 2 ;;
        *) args+=("$1"); shift ;;
    esac
done
file=${args[0]:?usage: import.sh FILE [QUERY] [--url URL]}
query=${args[1]:-}

coding=identity
[[ $file == *.gz ]] && coding=gzip
case ${file%.gz} in
    *.csv) type=text/csv ;;
    *.tsv) type=text/tab-separated-values ;;
    *) type=application/x-ndjson ;;
esac

# Where no answer comes curl sends it again; under one key it is imported once.
key=$(date +%s%N)-$RANDOM
answer=$(curl -sS --fail-with-body --retry 5 --retry-connrefused -X POST "$url/api/v1/imports${query:+?$query}" -H 'Prefer: respond-async' -H "Idempotency-Key: $key" \
    -H "Content-Type: $type" -H "Content-Encoding: $coding" -T "$file") || { jq . <<<"$answer" >&2; exit 1; }
job=$url/api/v1/jobs/$(jq -r .id <<<"$answer")

# A line over and over in a terminal, line after line elsewhere.
[[ -t 1 ]] && end='\r' || end='\n'
curl -sSN "$job/events" | sed -un 's/^data: //p' \
    | jq -r --unbuffered '"\(.state): \(.rowsRead) rows read, \(.created + .updated) of \(.toWrite // "?") written, \(.share * 100 | floor) %"' \
    | while read -r line; do printf "%-78s$end" "$line"; done
[[ -t 1 ]] && echo

ended=$(curl -sS "$job")
curl -sS "$job/faults" | jq -r '"line \(.line) \(.path): \(.message)"' | head -100 >&2
case $(jq -r .state <<<"$ended") in
    succeeded) jq -r '.report | "\(.created) created, \(.updated) updated, \(.unchanged) unchanged, \(.failed) faulty."' <<<"$ended" ;;
    *) jq -r '.problem.detail // "It was cancelled."' <<<"$ended" >&2; exit 1 ;;
esac
