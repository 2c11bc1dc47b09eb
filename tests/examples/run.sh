#!/usr/bin/env bash
# Runs the scripts of examples/ against a running Stemma, with files made here: run.sh http://127.0.0.1:5080
set -euo pipefail
stemma=${1:?Name the address of a running Stemma.}
cd "$(dirname "$0")/../../examples"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run=$(date +%s%N)

expect() { # what, the expected, the answer
    [[ $3 == "$2" ]] || { printf 'not ok  %s\n  expected: %s\n  answered: %s\n' "$1" "$2" "$3" >&2; exit 1; }
    echo "ok  $1"
}

for n in {1..40}; do
    printf '{"claim_id": "%s-%s", "claim": "Claim %s of \\"%s\\" holds.", "evidences": [%s, %s]}\n' "$run" "$n" "$n" "$run" \
        "{\"article\": \"Article $((n % 5)) of $run\", \"evidence\": \"Ünlike $n\", \"evidence_label\": \"SUPPORTS\"}" \
        "{\"article\": \"Article $((n % 3)) of $run\", \"evidence\": \"Nor $n\", \"evidence_label\": \"REFUTES\"}"
done >"$work/claims.jsonl"
load() { STEMMA=$stemma ./claims-with-evidence.sh "$work/claims.jsonl" "${1:-}" 2>&1 || true; }
expect "claims with evidence: a trial writes nothing" "125 rows: 125 created, 0 updated, 0 unchanged" "$(load dryRun=true)"
expect "claims with evidence are loaded" "125 rows: 125 created, 0 updated, 0 unchanged" "$(load)"
expect "and the same file again changes nothing" "125 rows: 0 created, 0 updated, 125 unchanged" "$(load)"
found=$(curl -sS "$stemma/api/v1/claims?externalId=claims-with-evidence:claim-$run-7&include=corroborations")
expect "a claim has its links" '{"supports":1,"contradicts":1,"reports":0,"denies":0,"mentions":0}' "$(jq -c '.items[0].corroborationCounts' <<<"$found")"
echo "{\"claim_id\": \"$run-bad\", \"claim\": \"\"}" >>"$work/claims.jsonl"
[[ $(load) == *"line "*" text: "* ]] || { echo "not ok  an empty claim is told by its line" >&2; exit 1; }
echo "ok  an empty claim is told by its line"

cat >"$work/reviews.csv" <<CSV
,rating_alternateName,creativeWork_author_name,claimReview_author_name,claimReview_url,claimReview_claimReviewed,claimReview_datePublished,extra_title
0,Pants on Fire,A. Checker,checks $run,https://checks.example.org/$run/1,"A claim, with a comma,
and a second line of $run",2021-07-20,"It is not so, $run"
1,False,A. Checker,checks $run,https://checks.example.org/$run/2,=1+1 is three in $run,2021-07,
2,,,checks $run,https://checks.example.org/$run/3,,2021,A row without a claim
CSV
check() { ./reviews.py --url "$stemma" "$@" "$work/reviews.csv" 2>/dev/null; }
expect "reviews are loaded" "5 rows: 5 created, 0 updated, 0 unchanged, 0 faulty" "$(check)"
expect "and the same file again changes nothing" "5 rows: 0 created, 0 updated, 5 unchanged, 0 faulty" "$(check)"
found=$(curl -sS "$stemma/api/v1/reviews?url=https://checks.example.org/$run/1&include=publisher")
expect "a review has its verdict, its day and its publisher" "[\"false\",\"2021-07-20\",\"checks $run\"]" "$(jq -c '.items[0] | [.verdict, .reviewedAt, .publisher.name]' <<<"$found")"

cat >"$work/sheet.csv" <<CSV
Nr;Statement;tags;Notes
1;A sheet's claim of $run.;$run|sheets;
2;"Another; of $run.";$run;
CSV
gzip -k "$work/sheet.csv"
mapping="type=claim&mapping=Nr:externalIds.sheet-$run,Statement:text,Notes:"
expect "a sheet is imported as a job" "2 created, 0 updated, 0 unchanged, 0 faulty." "$(./import.sh "$work/sheet.csv" "$mapping" --url "$stemma" | tail -1)"
expect "and packed, once more, it changes nothing" "0 created, 0 updated, 2 unchanged, 0 faulty." "$(./import.sh "$work/sheet.csv.gz" "$mapping" --url "$stemma" | tail -1)"
echo "3;;;" >>"$work/sheet.csv"
[[ $(./import.sh "$work/sheet.csv" "$mapping" --url "$stemma" 2>&1 || true) == *"line 4 text: "*"/faults tells all"* ]] || { echo "not ok  a faulty row fails the job" >&2; exit 1; }
echo "ok  a faulty row fails the job"
