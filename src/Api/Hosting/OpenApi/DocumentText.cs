using Microsoft.OpenApi;

namespace Stemma.Api.Hosting.OpenApi;

/// <summary>What the document says about the API as a whole: the model, and the rules that hold everywhere.</summary>
internal static class DocumentText
{
    public static OpenApiInfo Info => new()
    {
        Title = "Stemma",
        Version = "1",
        Summary = "Who says what, from whom they have it, and what bears it out.",
        Description = Description,
    };

    public static HashSet<OpenApiTag> Tags =>
    [
        new()
        {
            Name = "Sources",
            Description = "Whoever or whatever says or shows something: an outlet, one of its articles, a government, a person, unnamed officials, a data set. "
                + "`parentId` and `ownerId` say who publishes, employs or owns it, so that two of one house are not taken for two.",
        },
        new()
        {
            Name = "Claims",
            Description = "Statements that someone makes. One claim, one statement that can be borne out or not; its figures are kept as data in `quantities`.",
        },
        new()
        {
            Name = "Corroborations",
            Description = "What a source has to say on a claim: it supports, contradicts, reports, denies or mentions it, from whom it has that, and where one read it.",
        },
        new()
        {
            Name = "Derivations",
            Description = "Which source repeats which: it quotes, cites, republishes or translates it, or both print one agency's text. "
                + "Circles are kept as they are: that sources rest on one another is what one looks for.",
        },
        new()
        {
            Name = "Claim relations",
            Description = "How two claims stand to each other: one contradicts, entails, refines, updates or supersedes the other, or they say the same. "
                + "`scopeDifference` says in what they differ, so that two figures of two years are not taken for a contradiction.",
        },
        new()
        {
            Name = "Reviews",
            Description = "Published fact-checks of claims: schema.org `ClaimReview`. `textualRating` keeps the publisher's words, `verdict` is one scale for all of them. "
                + "A publisher has one review of a claim at one address.",
        },
        new()
        {
            Name = "Assessment",
            Description = "How many sources is that really? A claim's links are followed to where they begin; origins of one house, one text or one wire are put together; "
                + "what is left and known through independent readers counts. Every number comes with the groups, the reasons and the links it rests on.",
        },
        new()
        {
            Name = "Contradictions",
            Description = "Pairs of claims that cannot both be true: because somebody says so, or because two of their figures have no value in common.",
        },
        new()
        {
            Name = "Lineage",
            Description = "Who has it from whom, over all claims: circular reporting, and each source's ancestry and offspring.",
        },
        new()
        {
            Name = "Search",
            Description = "One search over sources, claims, corroborations and reviews, ranked, with counts by type, kind, status, language, tag, claimant, source, stance and year. "
                + "What was written is found at once. Whether something was claimed before, `POST /claims/match` tells.",
        },
        new()
        {
            Name = "Reconciliation",
            Description = "Which sources and claims do the rows of a spreadsheet mean? The Reconciliation Service API 0.2 of the W3C community group, as OpenRefine speaks it: "
                + "give it the address `/reconcile`. It only reads.",
        },
        new()
        {
            Name = "Fact check tools",
            Description = "The search of Google's Fact Check Tools API, over the claims here that have a review: what was written for that API works with this address. "
                + "Its failures are Google's `{\"error\": …}` too, under all of `/v1alpha1`.",
        },
        new()
        {
            Name = "Exports",
            Description = "Files out: everything, or what a list's filters leave, as of one instant, in the form that imports take.",
        },
        new()
        {
            Name = "Imports",
            Description = "Files in: many rows of all kinds in one transaction, each checked by the rules of single writes, and sent again without harm.",
        },
        new()
        {
            Name = "Jobs",
            Description = "Imports that go on when their request is answered: how far they are, what became of them, and how to call them off.",
        },
    ];

    private const string Description =
        """
        Stemma records **claims**, the **sources** that make or relay them, and **corroborations**: what each source has to say on each claim,
        and from whom it has that. A claim that ten papers print may still rest on one witness. Stemma keeps the chain, so that it shows.

        ### The model, in one example

        An analysis has from Reuters that senior US officials say that 90% of Russia's imported microelectronics came from China.
        That is one claim, and three links to it:

        | link | `sourceId` | `stance` | `attributedToIds` | `citedInId` |
        | --- | --- | --- | --- | --- |
        | 1 | the analysis | `reports` | the Reuters report | |
        | 2 | the Reuters report | `reports` | the officials | the analysis |
        | 3 | the officials | `supports` | | the analysis |

        * A link bears on whether the claim's text is **true**, never on whether it was said. For that, make the claim "X said that …".
        * `attributedToIds` names whom a source says it has this from: the **immediate** predecessors only. The chain follows from the links.
        * `citedInId`, "as cited in", says where whoever recorded the link read it, if not in the source itself: nobody here saw the Reuters report.
        * That a source repeats another as a whole, whatever the claim, is a **derivation**; how two claims stand to each other is a **claim relation**.
        * `corroborationCounts` of a claim counts links. Links are not independent witnesses: above, three links have one origin.

        A server that starts with the sample data answers these:
        [the claim with its links and their sources](/api/v1/claims/018f7f5a-0000-7000-8000-000000000201?include=claimant,corroborations.source),
        [link 2 with those it is attributed to](/api/v1/corroborations/018f7f5a-0000-7000-8000-000000000302?include=source,attributedTo,citedIn),
        [what China's government supports or denies](/api/v1/corroborations?sourceId=018f7f5a-0000-7000-8000-000000000126&include=claim).

        ### What holds everywhere

        * **Bodies** are JSON in UTF-8. A property or query parameter that is not documented is a 400 that names it. What a `GET` gave,
          `PUT` and `PATCH` take: what is read-only in it is ignored. `null` means the default.
        * **Partial dates** are known to the year, month, day or instant, `2024`, `2024-05`, `2024-05-16`, `2024-05-16T09:30:00Z`, and given back as given.
        * **Ids** are UUIDs. `POST` lets the server choose one; `PUT` to an id of your own creates or replaces, so that a script can be run again.
          A `POST` with an `Idempotency-Key` can be repeated for 24 hours: it is answered as the first time, and nothing is written twice.
        * **Nobody's change is lost.** Each resource has a `version`, and its answer an `ETag`. Send that in `If-Match` when you change or delete it: 412 means that
          somebody was there before you. In `If-None-Match`, on a `GET`, it saves the body: 304.
        * **Lists** come in pages: send `nextCursor` as `cursor`, with the same filters and sort, or follow the `Link` header, until there is none.
          Pages do not shift when rows are added. `include=total` counts.
        * **Related resources** are embedded where `include` names them.
        * **Failures** are problem documents (RFC 9457), `application/problem+json`. With 400, `errors` lists every broken rule under its JSON path;
          with 409, `conflictsWith` names what is in the way; `traceId` names the request in the server's log.
        * **Deleting** leaves a tombstone, which `POST …/restore` brings back. What is still referred to cannot be deleted.
        """;
}
