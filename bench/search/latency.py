#!/usr/bin/env python3
"""Measures how long searches take, one at a time over one connection, and how long the worst that can be asked does.

latency.py URL [--explain]: psql's variables (PGHOST and so on) name the database behind that URL. Python's standard library is enough.
"""
import collections
import http.client
import json
import random
import subprocess
import sys
import time
import urllib.parse

WARM_UP, REQUESTS, POOL = 150, 200, 50
LONGEST = 2.5  # seconds: the time that a search may take, and what it takes to say so
MEDIUM = (20_000, 60_000)

# Frequencies are those of documents: claims, quotes and sources together. A word is typed as the text has it and looked up as the index does.
FREQUENCIES = "select lexeme, sum(documents) from search_postings group by lexeme"
SAMPLE = """
    select c.no, w.word, coalesce((select min(lexeme) from unnest(to_tsvector('stemma_english', w.word))), '')
    from (select row_number() over (order by id) as no, text from claims where language = 'en' and live and hashtext(id::text) % 250 = 0) c
    cross join regexp_split_to_table(rtrim(c.text, '.'), ' ') with ordinality w(word, place)
    order by c.no, w.place"""
AS_TYPED = "select w from unnest($words${%s}$words$::text[]) w where to_tsvector('stemma_english', w)::text ~ ('^''' || w || '''')"
POSTINGS = "select lexeme, segment, documents, postings, '' from search_postings where lexeme = any($1)"


def psql(sql):
    run = subprocess.run(["psql", "-XqAt", "-F", "\t", "-v", "ON_ERROR_STOP=1", "-c", sql], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"bench: {run.stderr}")
    return run.stdout


def rows(sql):
    return [line.split("\t") for line in psql(sql).splitlines()]


class Pools:
    """Queries of five kinds, fifty of each, picked from the index itself."""

    def __init__(self):
        chance = random.Random(1)
        counts = {lexeme: int(count) for lexeme, count in rows(FREQUENCIES)}
        claims = collections.defaultdict(list)
        for claim, word, lexeme in rows(SAMPLE):
            claims[claim].append((word, lexeme))
        claims = list(claims.values())
        chance.shuffle(claims)

        self.common = self.typed(sorted(counts, key=lambda word: (-counts[word], word))[:60])
        self.rare = self.typed(sorted(word for word, count in counts.items() if 8 <= count <= 12 and word.isalpha()))[:POOL]
        self.medium = self.typed(sorted(word for word, count in counts.items() if MEDIUM[0] <= count <= MEDIUM[1]))
        self.threes, self.pairs = [], []
        for claim in claims:
            medium = list(dict.fromkeys(word for word, lexeme in claim if MEDIUM[0] <= counts.get(lexeme, 0) <= MEDIUM[1]))
            if len(medium) >= 3:
                self.threes.append(" ".join(medium[:3]))
            for (first, a), (second, b) in zip(claim, claim[1:]):
                if a != b:
                    self.pairs.append((min(counts.get(a, 0), counts.get(b, 0)), f'"{first} {second}"'))
        self.threes = self.threes[:POOL]
        self.pairs = [pair for _, pair in sorted(set(self.pairs), reverse=True)][:POOL]
        self.posts = []
        for one, other in zip(claims[:POOL], claims[POOL:]):
            words = [word for word, _ in one[:10] + other[:10]]
            self.posts.append(" ".join(words + chance.sample(self.common[:30], 25 - len(words))))
        for name in ("common", "rare", "threes", "pairs", "posts"):
            if len(getattr(self, name)) < 10:
                sys.exit(f"bench: the index has too few {name} to measure; is all of it seeded and gathered?")

    @staticmethod
    def typed(lexemes):
        """Those that are looked up as they are typed."""
        as_typed = set(psql(AS_TYPED % ",".join(lexemes)).split())
        return [lexeme for lexeme in lexemes if lexeme in as_typed]


class Api:
    def __init__(self, url):
        self.host = urllib.parse.urlsplit(url).netloc
        self.connection = http.client.HTTPConnection(self.host, timeout=60)

    def ask(self, path, body=None):
        """Milliseconds to the last byte, and the status."""
        method, headers = ("GET", {}) if body is None else ("POST", {"Content-Type": "application/json"})
        begin = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return (time.perf_counter() - begin) * 1000, answer.status

    def times(self, requests):
        """Of 200 requests, after a warm-up; the pool goes round."""
        for n in range(WARM_UP):
            self.ask(*requests[n % len(requests)])
        times = []
        for n in range(REQUESTS):
            took, status = self.ask(*requests[n % len(requests)])
            if status != 200:
                sys.exit(f"bench: {status} from {requests[n % len(requests)]}")
            times.append(took)
        times.sort()
        return [times[int(share * len(times) + 0.5) - 1] for share in (0.5, 0.95, 0.99)]


def find(path, q, **more):
    return f"/api/v1/{path}?{urllib.parse.urlencode({'q': q, 'limit': 20, **more})}", None


def measure(api, pools):
    kinds = [
        ("one rare word", pools.rare, "", ""),
        ("one of the ten most common words", pools.common[:10], 60, 20),
        ("the most common word", pools.common[:1], 60, 20),
        ("three words of medium frequency", pools.threes, 30, 10),
        ("phrase of two frequent words", pools.pairs, "", ""),
    ]
    line = "| {:<32} | {:<22} | {:>6} | {:>6} | {:>6} | {:>4} | {:>4} |"
    print(line.format("asked for", "of", "p50 ms", "p95 ms", "p99 ms", "must", "aim"))
    print(line.format("-" * 32, "-" * 22, "-" * 6, "-" * 6, "-" * 6, "-" * 4, "-" * 4), flush=True)

    def row(name, of, requests, must, aim):
        times = api.times(requests)
        print(line.format(name, of, *(f"{t:.1f}" for t in times), must, aim), flush=True)
        return times

    ratios = []
    for name, queries, must, aim in kinds:
        counted = row(name, "/search, facets", [find("search", q, facets="true") for q in queries], must, aim)
        plain = row(name, "/search, facets=false", [find("search", q, facets="false") for q in queries], must, aim)
        row(name, "/claims?q=", [find("claims", q) for q in queries], must, aim)
        ratios.append((name, counted[0] / plain[0], counted[1] / plain[1]))
    posts = [("/api/v1/claims/match", json.dumps({"text": text, "language": "en"})) for text in pools.posts]
    row("post of 25 words", "/claims/match", posts, 60, 20)
    posts = [("/api/v1/claims/match", json.dumps({"text": text})) for text in pools.posts]
    row("post of 25 words, no language", "/claims/match", posts, 60, 20)
    print()
    for name, median, high in ratios:
        print(f"facets cost, {name}: {median:.2f} times at p50, {high:.2f} at p95 (must 2, aim 1.3)")


def hostile(pools):
    """What nobody means, or only to do harm. All but the last few are of 1,000 characters at most."""
    chance = random.Random(2)
    common = pools.common[:32]
    misspelt = [word[:2] + word[3] + word[2] + word[4:] for word in (pools.medium * 2)[:32]]
    letters = "abcdefghijklmnopqrstuvwxyz012345"
    phrases = [f'"{common[0]} {word}"' for word in common[1:]]
    yield "32 most common words", " ".join(common)
    yield "32 most common words, or", " or ".join(common)
    yield "32 most common words, without each", " ".join("-" + word for word in common)
    yield "32 one-letter prefixes", " ".join(letter + "*" for letter in letters)
    yield "32 one-letter prefixes, or", " or ".join(letter + "*" for letter in letters)
    yield "333 one-letter prefixes", " ".join(letters[n % 26] + "*" for n in range(333))
    yield "one prefix", "b*"
    yield "without the most common word", "-" + common[0]
    yield "without a rare word", "-" + pools.rare[0]
    yield "rare or without the most common", f"{pools.rare[0]} or -{common[0]}"
    yield "480 brackets in one another", "(" * 480 + common[0] + ")" * 480
    yield "1,000 brackets that never close", "(" * 1000
    yield "brackets, or, without, nested", "(-(" * 120 + common[0] + " or " + common[1] + "))" * 120
    yield "phrase of the 16 most common", '"' + " ".join(common[:16]) + '"'
    yield "phrase of one word 32 times", '"' + " ".join(common[:1] * 32) + '"'
    yield "31 phrases of common words, or", " or ".join(phrases)[:1000]
    yield "31 phrases of common words", " ".join(phrases)[:1000]
    yield "32 misspelt words", " ".join(misspelt)
    yield "32 misspelt words, or", " or ".join(misspelt)
    yield "one word of 1,000 letters", "ba" * 500
    yield "500 words of one letter", "a " * 500
    yield "16 names of sources", " ".join("source:" + word for word in common[:16])
    yield "fields of every kind", f"lang:en kind:factual status:open after:1900 before:2100 stance:supports source:{common[0]} {common[0]}"
    yield "every language, or", "lang:en or lang:de or -lang:fr or before:2100 or " + " or ".join(common[:25])
    yield "nothing", ""
    yield "stop words only", "the and of to in is it that"
    yield "1,000 quotes", '"' * 1000
    yield "1,000 signs without", "-" * 1000
    yield "1,000 stars", "*" * 1000
    yield "accents upon accents", "a" + "\u0301" * 999
    yield "letters of many scripts", "".join(chr(chance.choice((0x4E00, 0x0600, 0x1F600, 0x0900)) + chance.randrange(64)) for _ in range(400))
    yield "1,001 characters", "ba " * 334
    yield "a query with NUL", common[0] + "\0" + common[1]
    for n in range(3):
        yield f"random bytes {n + 1}", bytes(chance.randrange(256) for _ in range(300))


def measure_hostile(api, pools):
    asked = []
    for name, q in hostile(pools):
        for path in ("search", "claims"):
            for _ in range(3):
                took, status = api.ask(*find(path, q))
                asked.append((took, status, f"/{path}", name))
    asked.sort(reverse=True)
    print()
    print("| hostile query                      | of      |     ms | status |")
    print("| ---------------------------------- | ------- | ------ | ------ |")
    shown = set()
    for took, status, path, name in asked:
        if (name, path) not in shown and len(shown) < 12:
            shown.add((name, path))
            print(f"| {name:<34} | {path:<7} | {took:6.0f} | {status:>6} |")
    failed = [a for a in asked if a[0] > LONGEST * 1000 or a[1] not in (200, 400)]
    counts = collections.Counter(a[1] for a in asked)
    print(f"{len(asked)} asked: " + ", ".join(f"{count} answered {status}" for status, count in sorted(counts.items())))
    print("refused: " + ", ".join(sorted({name for _, status, _, name in asked if status == 400})))
    for took, status, path, name in failed:
        print(f"FAILED: {name} of {path}: {status} after {took:.0f} ms (must: 200 or 400 within {LONGEST * 1000:.0f} ms)")
    return not failed


def explain(pools):
    kinds = [("one rare word", pools.rare[0]), ("the most common word", pools.common[0]), ("three words of medium frequency", pools.threes[0]),
             ("phrase of two frequent words", pools.pairs[0]), ("post of 25 words", pools.posts[0])]
    for name, text in kinds:
        # As the API does: one plan, whatever the words.
        words = f"tsvector_to_array(to_tsvector('stemma_english', $q${text}$q$))"
        print(f"\n{name}: {text}")
        print(psql(f"set plan_cache_mode = force_generic_plan; prepare p(text[]) as {POSTINGS}; explain (analyze, buffers) execute p({words})"))


def main():
    pools, api = Pools(), Api(sys.argv[1])
    if "--explain" in sys.argv:
        explain(pools)
        return 0
    measure(api, pools)
    return 0 if measure_hostile(api, pools) else 1


if __name__ == "__main__":
    sys.exit(main())
