#!/usr/bin/env python3
"""Writes so many rows of a file: a hundredth sources, a third claims, the rest links between them; each named by an id in another system, as spreadsheets do.
Standard library only; the same rows each time."""
import json
import random
import sys

WORDS = (
    "the of in and to a that was by for on with from said has over more than its were imports exports trade gas oil price year percent billion minister "
    "president official report data government company bank central election vote border army port ship grain steel energy pipeline sanctions market growth "
    "inflation rate debt budget tax law court parliament treaty agreement visit talks summit delegation spokesman agency factory worker strike wage union refugee "
    "camp hospital vaccine school student university river dam flood drought harvest wheat export ban satellite missile drone exercise navy airport railway bridge"
).split()


def main(total):
    chance = random.Random(42)
    sources, claims = max(total // 100, 2), total // 3
    out = sys.stdout

    def sentence(least, most):
        return " ".join(WORDS[int(len(WORDS) * chance.random() ** 2)] for _ in range(chance.randint(least, most))) + "."

    def row(**members):
        out.write(json.dumps(members, ensure_ascii=False) + "\n")

    def ids(kind, number):
        return [{"system": "bench", "id": f"{kind}{number}"}]

    for i in range(sources):
        members = dict(type="source", kind=("outlet", "document", "person", "government")[i % 4], name=f"Source {i} of {sentence(1, 3)}",
                       url=f"https://source{i}.example/about", country="DE", language="en", externalIds=ids("s", i), tags=[f"topic-{i % 40}"])
        if i > 100 and i % 4 == 1:
            members["parentId"] = f"bench:s{i % 100}"
        row(**members)
    for i in range(claims):
        members = dict(type="claim", text=sentence(7, 19), language=("en", "en", "de")[i % 3], claimedAt=f"20{10 + i % 15}-{1 + i % 12:02}-{1 + i % 28:02}",
                       claimantId=f"bench:s{chance.randrange(sources)}", externalIds=ids("c", i), tags=[f"topic-{i % 2000}", f"desk-{i % 12}"])
        if i % 3 == 0:
            members["context"] = sentence(5, 15)
        if i % 5 == 0:
            members["quantities"] = [{"subject": sentence(1, 3), "metric": f"metric {i % 997}", "comparator": "eq", "value": i % 1000, "unit": "t", "periodFrom": str(2000 + i % 25)}]
        if i % 2 == 0:
            members["firstAppearanceUrl"] = f"https://paper{i % 500}.example/{i}"
        row(**members)
    for i in range(total - sources - claims):
        members = dict(type="corroboration", claimId=f"bench:c{i % claims}", sourceId=f"bench:s{(i * 7919 + i // claims) % sources}",
                       stance=("supports", "reports", "reports", "mentions", "contradicts")[i % 5], publishedAt=f"2024-{1 + i % 12:02}")
        if i % 2 == 0:
            members["quote"] = {"exact": sentence(5, 12)}
        if i % 3 == 0:
            members["url"] = f"https://source{i % sources}.example/{i}"
        if i % 4 == 1 and members["stance"] != "mentions":
            members["attributedToIds"] = [f"bench:s{(i * 31 + 1) % sources}"]
            if members["attributedToIds"][0] == members["sourceId"]:
                del members["attributedToIds"]
        row(**members)


main(int(sys.argv[1]))
