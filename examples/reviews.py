#!/usr/bin/env python3
"""Loads fact-checks from CSV files of flattened ClaimReview, with Python's standard library.

    examples/reviews.py FILE... [--url http://127.0.0.1:5080] [--dry-run] [--skip]

Columns that are looked at, as scrapers of schema.org's ClaimReview name them; the others are passed over:

    claimReview_claimReviewed   the claim                     claimReview_url              where the fact-check is
    creativeWork_author_name    who checked                   claimReview_datePublished    when
    rating_alternateName        the rating in words           extra_title                  the fact-check's title

A row becomes a claim, its publisher and a review. Each gets an id of the file's own, so that a file can be sent again: what is there already stays as it is, and
what an analyst added to it since stays too. A row without a claim or an address is passed over, and said so. Memory does not grow with the files.
"""
import argparse
import csv
import hashlib
import http.client
import json
import sys
import urllib.parse

SYSTEM = "claimreview"
# What the words of a rating mean; what is not here is left to an analyst.
VERDICTS = {
    "true": "true", "correct": "true", "correct attribution": "true", "mostly true": "mostly-true", "half true": "mixed", "mixture": "mixed", "mixed": "mixed",
    "mostly false": "mostly-false", "misleading": "mostly-false", "partly false": "mostly-false", "false": "false", "fake": "false", "pants on fire": "false",
    "unproven": "unproven", "unsupported": "unproven", "missing context": "other", "satire": "other",
}


def key(*parts):
    """An id that is the same for the same words, wherever they stand."""
    return hashlib.sha256("\n".join(" ".join(p.split()).casefold() for p in parts).encode()).hexdigest()[:32]


def own(id):
    return [{"system": SYSTEM, "id": id}]


def partial_date(text):
    """2021, 2021-07 or 2021-07-27, of whatever begins so."""
    digits = text.strip()[:10]
    return digits if len(digits) in (4, 7, 10) and digits.replace("-", "").isdigit() else None


def rows_of(path, passed_over):
    csv.field_size_limit(10_000_000)
    with open(path, encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=1):
            def cell(name, longest=10_000):
                return (row.get(name) or "").strip()[:longest]

            text, url = cell("claimReview_claimReviewed", 5_000), cell("claimReview_url", 2_000)
            if not text or not url:
                passed_over.setdefault(path, []).append(number)
                continue
            publisher = cell("claimReview_author_name", 500) or urllib.parse.urlsplit(url).hostname
            rating = cell("rating_alternateName")
            yield {"type": "source", "kind": "outlet", "name": publisher, "externalIds": own("publisher-" + key(publisher))}
            yield {"type": "claim", "text": text, "externalIds": own("claim-" + key(text))}
            review = {"type": "review", "claimId": f"{SYSTEM}:claim-{key(text)}", "publisherId": f"{SYSTEM}:publisher-{key(publisher)}", "url": url,
                      "title": cell("extra_title") or None, "reviewedAt": partial_date(cell("claimReview_datePublished")),
                      "textualRating": rating or "not rated", "verdict": VERDICTS.get(rating.casefold(), "other"),
                      "externalIds": own("review-" + key(url, text))}
            yield {name: value for name, value in review.items() if value is not None}


def once(rows):
    """A file's rows of one resource are one: the first."""
    seen = set()
    for row in rows:
        id = row["externalIds"][0]["id"]
        if id not in seen:
            seen.add(id)
            yield row


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--url", default="http://127.0.0.1:5080")
    parser.add_argument("--dry-run", action="store_true", help="do all but keep it")
    parser.add_argument("--skip", action="store_true", help="leave faulty rows out instead of refusing all")
    given = parser.parse_args()

    passed_over = {}
    lines = (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in once(row for path in given.files for row in rows_of(path, passed_over)))
    query = urllib.parse.urlencode({"dryRun": str(given.dry_run).lower(), "onError": "skip" if given.skip else "abort"})
    at = urllib.parse.urlsplit(given.url)
    connection = (http.client.HTTPSConnection if at.scheme == "https" else http.client.HTTPConnection)(at.netloc, timeout=600)
    # An iterable is sent piece by piece as it is made.
    connection.request("POST", f"{at.path}/api/v1/imports?{query}", lines, {"Content-Type": "application/x-ndjson", "Transfer-Encoding": "chunked"}, encode_chunked=True)
    response = connection.getresponse()
    answer = json.load(response)
    for path, numbers in passed_over.items():
        print(f"{path}: {len(numbers)} rows without a claim or an address were passed over, the first is row {numbers[0]}", file=sys.stderr)
    for fault in answer.get("faults", []):
        print(f"line {fault['line']} {fault['path']}: {fault['message']}", file=sys.stderr)
    if response.status != 200:
        sys.exit(f"{answer['title']}: {answer.get('detail', '')}")
    print(f"{answer['rowsRead']} rows: {answer['created']} created, {answer['updated']} updated, {answer['unchanged']} unchanged, {answer['failed']} faulty")


if __name__ == "__main__":
    main()
