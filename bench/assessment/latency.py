#!/usr/bin/env python3
"""Measures how long assessments take: to read, with a link that is written, and after a change far away.

latency.py URL [--explain]: psql's variables (PGHOST and so on) name the database behind that URL, which seed.sql has filled.
latency.py URL --fresh: waits until nothing is stale, and says how long that took.
latency.py URL --gold FILE: how many of copying.sql's claims that are graded 1 are right; FILE has ISBN and authors, with a tab between.
Python's standard library is enough.
"""
import http.client
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.parse

WARM_UP, REQUESTS = 150, 400
BIG_WARM_UP, BIG_REQUESTS = 40, 100
ROUNDS, POSTS = 5, 200
READER = pathlib.Path(__file__).parents[2] / "src/Infrastructure/Assessments/EvidenceReader.cs"
CLAIM = "01890000-0000-7000-8202-%012x"
BIG = CLAIM % 50
DISTANT = "01890000-0000-7000-8106-%012x"
TAG = "bench-assessment"
STALE = "select count(*) from claim_assessments where stale and not too_large"


def psql(*commands):
    args = [arg for command in commands for arg in ("-c", command)]
    run = subprocess.run(["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", *args], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"bench: {run.stderr}")
    return run.stdout


def rows(sql):
    return [line.split("\t") for line in psql(sql).splitlines()]


class Api:
    def __init__(self, url):
        self.connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc, timeout=60)

    def ask(self, method, path, body=None):
        """Milliseconds to the last byte, and the answer."""
        headers = {} if body is None else {"Content-Type": "application/json" if method == "POST" else "application/merge-patch+json"}
        begin = time.perf_counter()
        self.connection.request(method, path, body, headers)
        response = self.connection.getresponse()
        answer = response.read()
        took = (time.perf_counter() - begin) * 1000
        if response.status not in (200, 201):
            sys.exit(f"bench: {response.status} from {method} {path}: {answer[:500]}")
        return took, answer

    def times(self, paths, warm_up, requests):
        """Of each, after a warm-up; the paths go round."""
        for n in range(warm_up):
            self.ask("GET", paths[n % len(paths)])
        return [self.ask("GET", paths[n % len(paths)])[0] for n in range(requests)]


def at(times, share):
    return sorted(times)[int(share * len(times) + 0.5) - 1]


def load():
    return f"load {os.getloadavg()[0]:.1f}"


def wait(longest=1800):
    """Seconds until nothing is stale."""
    begin = time.perf_counter()
    while psql(STALE).strip() != "0":
        if time.perf_counter() - begin > longest:
            sys.exit(f"bench: assessments are stale after {longest} seconds")
        time.sleep(0.05)
    return time.perf_counter() - begin


def assessment(claim):
    return f"/api/v1/claims/{claim}/assessment"


def measure_reads(api):
    line = "| {:<38} | {:>6} | {:>6} | {:>6} | {:>4} | {:>4} | {:>9} | {:>9} |"
    print(line.format("GET /claims/{id}/assessment", "p50 ms", "p95 ms", "p99 ms", "must", "aim", "bytes", "machine"))
    print(line.format("-" * 38, "-" * 6, "-" * 6, "-" * 6, "-" * 4, "-" * 4, "-" * 9, "-" * 9), flush=True)

    def row(name, paths, warm_up, requests, must, aim):
        times = api.times(paths, warm_up, requests)
        size = len(api.ask("GET", paths[0])[1])
        print(line.format(name, *(f"{at(times, share):.1f}" for share in (0.5, 0.95, 0.99)), must, aim, f"{size:,}", load()), flush=True)

    few = [assessment(id) for id, in rows(
        "select id from claims where id < '01890000-0000-7000-8002-ffffffffffff' and live and hashtext(id::text) % 100 = 0 order by id limit 50")]
    hundred = [assessment(CLAIM % n) for n in range(50)]
    row("a few links, no derivations", few, WARM_UP, REQUESTS, "", "")
    for _ in range(3):
        row("100 links, lineage 5 deep", hundred, WARM_UP, REQUESTS, 10, 4)
    for _ in range(2):
        row("10,000 links, lineage 100 deep", [assessment(BIG)], BIG_WARM_UP, BIG_REQUESTS, 200, "")

    answer = json.loads(api.ask("GET", assessment(BIG))[1])
    print("\nthe claim of 10,000 links: " + answer["rule"] + "".join(
        f"; {side} {s['linkCount']:,} links, {s['min']} to {s['max']} independent, {len(s['groups'])} groups, {s['witnesses']} readers, {len(s['cycles'])} cycles"
        for side, s in (("for", answer["for"]), ("against", answer["against"]))))


def measure_posts(api):
    """One link after another, each to another claim, over one connection; with and without what makes the claim's assessment stale, so that it is derived."""
    claims = [id for id, in rows("select id from claims where id < '01890000-0000-7000-8002-ffffffffffff' and live order by md5(id::text) limit 2000")]
    sources = [id for id, in rows("select id from sources where id < '01890000-0000-7000-8002-000000000000' and live order by md5(id::text) limit 500")]
    posted = 0

    def post(times, claims):
        nonlocal posted
        took = []
        for _ in range(times):
            posted += 1
            body = {"claimId": claims[posted % len(claims)], "sourceId": sources[posted % len(sources)], "stance": "supports", "directness": "first-hand",
                    "quote": {"exact": f"Said {posted} times, {time.time_ns()}."}, "tags": [TAG]}
            took.append(api.ask("POST", "/api/v1/corroborations", json.dumps(body))[0])
        return took

    def switch(on):
        psql(f"alter table corroborations {'enable' if on else 'disable'} trigger assessment_inserted")

    def one_each(on, claims, times):
        switch(on)
        post(5, claims)
        return post(times, claims)

    try:
        one_each(True, claims, WARM_UP)
        one_each(False, claims, WARM_UP)
        derived, plain = [], []
        for _ in range(ROUNDS):
            derived.append(one_each(True, claims, POSTS))
            plain.append(one_each(False, claims, POSTS))
        switch(True)
        hundred = post(100, [CLAIM % n for n in range(50)])
        big = post(10, [BIG])
    finally:
        switch(True)
        psql(f"delete from corroborations where tags @> '{{{TAG}}}'")
        wait()

    rates = [[1000 * len(t) / sum(t) for t in side] for side in (derived, plain)]
    print(f"\nPOST /corroborations, one connection, {ROUNDS} rounds in turn ({load()})")
    print("  with its assessment:    " + " ".join(f"{r:.0f}" for r in rates[0]) + f" a second; p50 {at(sum(derived, []), 0.5):.1f} ms, p95 {at(sum(derived, []), 0.95):.1f} ms")
    print("  without the trigger:    " + " ".join(f"{r:.0f}" for r in rates[1]) + f" a second; p50 {at(sum(plain, []), 0.5):.1f} ms, p95 {at(sum(plain, []), 0.95):.1f} ms")
    print(f"  ratio of the medians:   {statistics.median(rates[0]) / statistics.median(rates[1]):.2f}")
    print(f"  to a claim of 100 links: p50 {at(hundred, 0.5):.1f} ms, p95 {at(hundred, 0.95):.1f} ms; of 10,000 links: p50 {at(big, 0.5):.0f} ms", flush=True)


def measure_distant(api):
    """A new owner for a source that speaks to 5,000 claims."""
    wait()
    source = "/api/v1/sources/" + DISTANT % 1
    print(f"\nPATCH ownerId of a source with links to 5,000 claims ({load()})")
    for n in range(6):
        took, _ = api.ask("PATCH", source, json.dumps({"ownerId": DISTANT % (2 + n % 2)}))
        left = int(psql(STALE))
        fresh = wait()
        note = " (warm-up)" if n == 0 else ""
        print(f"  answered after {took:.0f} ms, {left:,} stale then; nothing stale {took / 1000 + fresh:.2f} s after it was sent{note}", flush=True)


def explain():
    """Each query that fetches evidence, for the large claim, planned as the API has them planned."""
    source = READER.read_text(encoding="utf-8")
    texts = {name: " ".join(sql.split()) for name, sql in re.findall(r'const string (\w+) = """\n(.*?)"""', source, re.S)}
    texts |= dict(re.findall(r'const string (\w+) = "(.*?)";', source))
    most = int(re.search(r"MaxSources = ([\d_]+)", (READER.parents[2] / "Domain/Assessments/Assessor.cs").read_text(encoding="utf-8"))[1].replace("_", "")) + 1

    def ids(name, sql):
        return f"create temp table {name} as select coalesce(array_agg(distinct id), '{{}}') as ids from ({sql}) x(id)"

    # What the reader passes from one query to the next.
    asked = [("Pools", "roots"), ("Overrides", "roots"), ("Neighbours", "roots"), ("Claims", "involved"), ("Links", "involved"),
             ("Reached", "named"), ("Derivations", "reached"), ("Wires", "concerned"), ("Kin", "concerned")]
    pools = texts["Pools"].replace("$1", "(select ids from roots)")
    links = texts["Links"].replace("$1", "((select ids from involved)::uuid[])")
    reached = texts["Reached"].replace("$1", "(select ids from named)").replace("$2", str(most))
    script = [
        texts["Planning"].replace(", true)", ", false)"),
        f"create temp table roots as select array['{BIG}']::uuid[] as ids",
        ids("involved", f"select id from ({pools}) p(root, id, is_against)"),
        f"create temp table evidence as {links}",
        ids("named", "select source_id from evidence union select unnest(attributed_to_ids) from evidence"),
        ids("reached", reached),
        ids("concerned", "select unnest(ids) from reached union select coalesce(cited_in_id, source_id) from evidence"),
    ]
    for name, given in asked:
        second, value = {"Derivations": (", uuid[]", ", array[]::uuid[]"), "Reached": (", int", f", {most}"), "Wires": (", int", f", {most}")}.get(name, ("", ""))
        script += [
            f"select '{chr(10)}{name}, given ' || cardinality(ids) || ' ids' from {given}",
            f"prepare {name}(uuid[]{second}) as {texts[name]}",
            f"select 'explain (analyze, buffers) execute {name}(''' || ids::text || '''{value})' from {given} \\gexec",
        ]
    # One session: a file, for \gexec is none of -c's.
    text = "\n".join(line if line.endswith("\\gexec") else line + ";" for line in script)
    run = subprocess.run(["psql", "-XqAt", "-v", "ON_ERROR_STOP=1"], input=text, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"bench: {run.stderr}")
    print(re.sub(r"'\{[^}]{200,}\}'", "'{…}'", run.stdout))


def words(text, shortest):
    return {word for word in re.findall(r"[^\W\d_]+", text.lower()) if len(word) >= shortest}


def gold(path):
    """A list is right where it has every author's surname, and no word of three letters or more that the true list has not."""
    truth = dict(line.split("\t", 1) for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines() if "\t" in line)
    right = {}
    for isbn, list_, rule in rows(
            "select x.parts[1], x.parts[2], a.rule from claims c join claim_assessments a on a.claim_id = c.id "
            "cross join lateral (select regexp_match(c.text, '^The authors of the book (\\S+) are: (.*)$')) x(parts)"):
        if isbn in truth:
            surnames = words(" ".join(author.split(",")[0] for author in truth[isbn].split(";")), 2)
            is_right = surnames <= words(list_, 2) and words(list_, 3) <= words(truth[isbn], 2)
            right.setdefault(rule, []).append(is_right)
    print(f"    of the {len(truth)} books whose authors are known: " + "; ".join(
        f"{rule} {sum(are)} of {len(are)} right ({100 * sum(are) / len(are):.0f} %)" for rule, are in sorted(right.items())))


def main():
    if "--explain" in sys.argv:
        explain()
        return
    if "--fresh" in sys.argv:
        print(f"{wait():.2f}")
        return
    if "--gold" in sys.argv:
        gold(sys.argv[-1])
        return
    api = Api(sys.argv[1])
    wait()
    measure_reads(api)
    measure_posts(api)
    measure_distant(api)


if __name__ == "__main__":
    main()
