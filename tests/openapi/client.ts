// A client as a stranger would write one: types from the document alone, under `strict`. What does not fit the document does not compile;
// what the API does not do as documented fails at run time. Usage: node artifacts/js/client.js <base-url>
import createClient from "openapi-fetch";
import type { components, paths } from "./artifacts/schema.js";

declare const process: { argv: string[] };

type Claim = components["schemas"]["Claim"];
type ClaimInput = components["schemas"]["ClaimInput"];
type CorroborationInput = components["schemas"]["CorroborationInput"];

const baseUrl = process.argv[2];
if (!baseUrl) {
  throw new Error("usage: client.js <base-url>");
}

const api = createClient<paths>({ baseUrl });

// Rows of this run alone, so that the script can be run again on the same database.
const tag = `client-${crypto.randomUUID()}`;

function check(holds: boolean, what: string): asserts holds {
  if (!holds) {
    throw new Error(`It does not hold that ${what}.`);
  }

  console.log(`ok  ${what}`);
}

async function create(text: string): Promise<Claim> {
  const body: ClaimInput = {
    text,
    kind: "quantitative",
    claimedAt: "2024-05",
    quantities: [{ metric: "share", comparator: "between", lower: 10, upper: 20.5, unit: "%" }],
    tags: [tag],
  };
  const { data, error, response } = await api.POST("/api/v1/claims", { body });
  if (error) {
    throw new Error(`${error.status} ${error.title}: ${JSON.stringify(error.errors ?? error.detail)}`);
  }

  check(response.status === 201, "a claim is created");
  check(response.headers.get("Location") === `/api/v1/claims/${data.id}`, "Location leads to it");
  return data;
}

async function page(): Promise<void> {
  const seen: string[] = [];
  let pages = 0;
  let cursor: string | undefined;
  do {
    const { data, response } = await api.GET("/api/v1/claims", {
      params: { query: { tag: [tag], sort: "createdAt", limit: 2, include: ["claimant", "total"], ...(cursor === undefined ? {} : { cursor }) } },
    });
    check(data !== undefined, "a page is given");
    check(data.total?.value === 5 && data.total.relation === "eq", "the total is counted");
    check((data.nextCursor === null) === (response.headers.get("Link") === null), "Link and nextCursor agree");
    seen.push(...data.items.map((claim) => claim.text));
    cursor = data.nextCursor ?? undefined;
    pages += 1;
  } while (cursor !== undefined);

  check(pages === 3 && seen.join() === [1, 2, 3, 4, 5].map((n) => `Claim ${n} of a client.`).join(), "five claims come on three pages, in order, each once");
}

async function revise(claim: Claim): Promise<string> {
  const path = { id: claim.id };
  const first = await api.GET("/api/v1/claims/{id}", { params: { path } });
  const etag = first.response.headers.get("ETag");
  check(etag !== null && first.data?.version === 1, "a claim has a version and an entity tag");

  const same = await api.GET("/api/v1/claims/{id}", { params: { path, header: { "If-None-Match": etag } } });
  check(same.response.status === 304, "what is unchanged is not sent again");

  const revised = await api.PATCH("/api/v1/claims/{id}", {
    params: { path, header: { "If-Match": etag } },
    body: { status: "assessed", context: null },
    headers: { "Content-Type": "application/merge-patch+json" },
  });
  check(revised.data?.version === 2 && revised.data.status === "assessed" && revised.data.text === claim.text, "a patch changes what it names alone");

  const stale = await api.PATCH("/api/v1/claims/{id}", { params: { path, header: { "If-Match": etag } }, body: { status: "draft" } });
  check(stale.response.status === 412 && stale.error?.status === 412, "a stale entity tag is a 412");

  return revised.response.headers.get("ETag") ?? "";
}

async function remove(claim: Claim, etag: string): Promise<void> {
  const path = { id: claim.id };
  const deleted = await api.DELETE("/api/v1/claims/{id}", { params: { path, header: { "If-Match": etag } } });
  check(deleted.response.status === 204, "it is deleted");

  const gone = await api.GET("/api/v1/claims/{id}", { params: { path } });
  check(gone.response.status === 404 && gone.error?.title === "Not Found", "it is not found any more");
}

async function refuse(): Promise<void> {
  // @ts-expect-error The types know the stances, so a wrong one does not compile.
  const unknown: CorroborationInput["stance"] = "endorses";
  const { response: refused } = await api.POST("/api/v1/corroborations", {
    body: { claimId: crypto.randomUUID(), sourceId: crypto.randomUUID(), stance: unknown },
  });
  check(refused.status === 400, "an unknown stance is refused");

  const { error, response } = await api.POST("/api/v1/corroborations", {
    body: { claimId: crypto.randomUUID(), sourceId: crypto.randomUUID(), stance: "reports" },
  });
  check(response.status === 400 && error !== undefined, "a link to nothing is refused");
  check(Object.keys(error.errors ?? {}).sort().join() === "claimId,sourceId", "and both ends are named");
}

const claims: Claim[] = [];
for (const n of [1, 2, 3, 4, 5]) {
  claims.push(await create(`Claim ${n} of a client.`));
}

await page();
const [claim, ...others] = claims;
check(claim !== undefined, "there is a first claim");
await remove(claim, await revise(claim));
await refuse();
for (const other of others) {
  await api.DELETE("/api/v1/claims/{id}", { params: { path: { id: other.id } } });
}
