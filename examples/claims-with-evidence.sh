#!/usr/bin/env bash
# Loads claims, each with quotations that bear on it, with curl and jq.
#
#   examples/claims-with-evidence.sh FILE [more of the query, such as dryRun=true]
#   STEMMA=https://stemma.example.org examples/claims-with-evidence.sh FILE
#
# FILE has one JSON object a line:
#   {"claim_id": "17", "claim": "…", "evidences": [{"article": "…", "evidence": "…", "evidence_label": "SUPPORTS"}, …]}
# with SUPPORTS, REFUTES or, where it decides nothing, NOT_ENOUGH_INFO. Each claim and each article gets an id of the file's own, so that the same file
# can be sent again: then all of it is unchanged. Nothing is written unless all rows are right.
set -euo pipefail
stemma=${STEMMA:-http://127.0.0.1:5080}
file=${1:?Name a file of one JSON object a line.}
query=${2:-}
system=${SYSTEM:-claims-with-evidence}

rows() {
    jq -c --arg system "$system" '
        def key($id): [{system: $system, id: $id}];
        {type: "claim", text: .claim, externalIds: key("claim-" + .claim_id)},
        (.claim_id as $claim | .evidences // [] | unique_by([.article, .evidence, .evidence_label])[]
            | {type: "corroboration", claimId: ($system + ":claim-" + $claim), sourceId: ($system + ":article-" + .article),
               stance: ({SUPPORTS: "supports", REFUTES: "contradicts"}[.evidence_label] // "mentions"),
               quote: {exact: .evidence}})' "$file"
    jq -c --arg system "$system" -n '
        [inputs | .evidences // [] | .[].article] | unique[]
            | {type: "source", kind: "document", name: ., externalIds: [{system: $system, id: ("article-" + .)}]}' "$file"
}

# All rows first: what goes wrong in making them must not look like a short file. Their order does not matter, references may point at rows further down.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rows >"$work/rows.ndjson"
status=$(gzip -c "$work/rows.ndjson" | curl -sS -X POST "$stemma/api/v1/imports?$query" --data-binary @- -o "$work/answer" -w '%{http_code}' \
    -H 'Content-Type: application/x-ndjson' -H 'Content-Encoding: gzip')
if [[ $status == 200 ]]; then
    jq -r '"\(.rowsRead) rows: \(.created) created, \(.updated) updated, \(.unchanged) unchanged"' "$work/answer"
else
    jq -r '"\(.title): \(.detail // "")", (.faults // [] | .[] | "  line \(.line) \(.path): \(.message)")' "$work/answer" >&2
    exit 1
fi
