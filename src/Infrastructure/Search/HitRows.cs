using Npgsql;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Resources;
using Stemma.Domain.Reviews;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Corroborations;
using Stemma.Infrastructure.Reviews;
using Stemma.Infrastructure.Sources;

namespace Stemma.Infrastructure.Search;

/// <summary>What hits are made of: the resources, and their passages with the words found.</summary>
internal static class HitRows
{
    /// <summary>Around the words found, until all else is escaped. What users wrote has neither: they are taken out first.</summary>
    private const char Start = '\u0002';
    private const char Stop = '\u0003';
    private const char Between = '\u0001';

    private const string Options =
        "'StartSel=\"\u0002\", StopSel=\"\u0003\", FragmentDelimiter=\"\u0001\", MaxFragments=3, MaxWords=30, MinWords=12'";

    public static readonly string ClaimsByNumber = $"""
        select {ClaimRows.Columns}, d.number
        from search_documents d join claims c on c.id = d.resource_id left join claim_assessments a on a.claim_id = c.id left join claim_counts n on n.claim_id = c.id
        where d.type = 0 and d.number = any($1)
        """;

    private static readonly string LinksByDocument =
        $"select {CorroborationRows.Columns}, d.document from search_documents d join corroborations k on k.id = d.resource_id where d.document = any($1)";

    private static readonly string SourcesByNumber =
        $"select {SourceRows.Columns}, d.number from search_documents d join sources s on s.id = d.resource_id where d.type = 2 and d.number = any($1)";

    private static readonly string ReviewsByDocument =
        $"select {ReviewRows.ListColumns}, d.document from search_documents d join reviews v on v.id = d.resource_id where d.document = any($1)";

    private static readonly string ClaimHighlights = $"""
        select d.number, {Headline("c.text")}, {Headline("c.context")}
        from search_documents d join claims c on c.id = d.resource_id join search_configurations f on f.id = search_configuration(c.language)
        where d.type = 0 and d.number = any($1)
        """;

    private static readonly string LinkHighlights = $"""
        select d.document, {Headline("k.quote_exact")}, {Headline("k.attribution")}, {Headline("k.note")}
        from search_documents d join corroborations k on k.id = d.resource_id join claims c on c.id = k.claim_id
        join search_configurations f on f.id = search_configuration(c.language)
        where d.document = any($1)
        """;

    private static readonly string SourceHighlights = $"""
        select d.number, {Headline("s.name", "'stemma_simple'")}, {Headline("array_to_string(s.aliases, E'\\u0001')", "'stemma_simple'", true)}, {Headline("s.description")}
        from search_documents d join sources s on s.id = d.resource_id join search_configurations f on f.id = search_configuration(s.language)
        where d.type = 2 and d.number = any($1)
        """;

    private static readonly string ReviewHighlights = $"""
        select d.document, {Headline("v.title")}, {Headline("v.textual_rating")}, {Headline("v.rating_explanation")}
        from search_documents d join reviews v on v.id = d.resource_id join claims c on c.id = v.claim_id
        join search_configurations f on f.id = search_configuration(coalesce(v.language, c.language))
        where d.document = any($1)
        """;

    /// <summary>The hits of these places, in their order.</summary>
    /// <param name="session">Where they were found.</param>
    /// <param name="ranked">By their stable keys.</param>
    /// <param name="query">A tsquery of the words that are to be marked; empty for no highlights.</param>
    /// <param name="quotes">For claims, by number: the document of a link whose quote was found.</param>
    /// <param name="titles">For claims, by number: the document of a review whose title was found.</param>
    /// <param name="cancel">Gives up.</param>
    public static async Task<List<SearchHit>> Read(
        SearchSession session,
        IReadOnlyList<Ranked> ranked,
        string query,
        IReadOnlyDictionary<int, int> quotes,
        IReadOnlyDictionary<int, int> titles,
        CancellationToken cancel)
    {
        var claims = Of(ranked, SearchedType.Claim);
        var links = Of(ranked, SearchedType.Corroboration);
        var sources = Of(ranked, SearchedType.Source);
        var reviews = Of(ranked, SearchedType.Review);
        var resources = new Dictionary<(int Type, int Key), SearchHit>();
        await using (var batch = session.Batch())
        {
            batch.BatchCommands.Add(Command(ClaimsByNumber, claims));
            batch.BatchCommands.Add(Command(LinksByDocument, links));
            batch.BatchCommands.Add(Command(SourcesByNumber, sources));
            batch.BatchCommands.Add(Command(ReviewsByDocument, reviews));
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var view = ClaimRows.Read(reader);
                resources.Add((0, LastInt(reader)), Hit(view.Claim.Ref) with { Claim = view });
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var view = new CorroborationView(CorroborationRows.Read(reader));
                resources.Add((1, LastInt(reader)), Hit(view.Corroboration.Ref) with { Corroboration = view });
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var view = new SourceView(SourceRows.Read(reader));
                resources.Add((2, LastInt(reader)), Hit(view.Source.Ref) with { Source = view });
            }

            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var view = new ReviewView(ReviewRows.Read(reader));
                resources.Add((3, LastInt(reader)), Hit(view.Review.Ref) with { Review = view });
            }
        }

        var highlights = query.Length == 0 ? [] : await ReadHighlights(
            session, [claims, [.. links.Concat(quotes.Values).Distinct()], sources, [.. reviews.Concat(titles.Values).Distinct()]], query, cancel);
        var hits = new List<SearchHit>();
        foreach (var place in ranked)
        {
            // A hit that is not there any more would be a fault in the index; it is not worth an answer of 500.
            if (resources.TryGetValue((place.Type, place.StableKey), out var hit))
            {
                var marked = highlights.GetValueOrDefault((place.Type, place.StableKey)) ?? [];
                if (place.Type == (int)SearchedType.Claim)
                {
                    marked = With(place.StableKey, With(place.StableKey, marked, quotes, 1, "quote"), titles, 3, "title");
                }

                hits.Add(hit with { Score = place.Score, IsApproximate = place.IsApproximate, Highlights = marked });
            }
        }

        return hits;

        Dictionary<string, IReadOnlyList<string>> With(
            int claim, Dictionary<string, IReadOnlyList<string>> marked, IReadOnlyDictionary<int, int> passages, int type, string field) =>
            passages.TryGetValue(claim, out var document) && highlights.GetValueOrDefault((type, document))?.GetValueOrDefault(field) is { } found
                ? new(marked, StringComparer.Ordinal) { [field] = found }
                : marked;
    }

    private static async Task<Dictionary<(int Type, int Key), Dictionary<string, IReadOnlyList<string>>>> ReadHighlights(
        SearchSession session, int[][] keys, string query, CancellationToken cancel)
    {
        (string Sql, string[] Fields)[] all =
        [
            (ClaimHighlights, ["text", "context"]),
            (LinkHighlights, ["quote", "attribution", "note"]),
            (SourceHighlights, ["name", "aliases", "description"]),
            (ReviewHighlights, ["title", "textualRating", "ratingExplanation"]),
        ];
        await using var batch = session.Batch();
        for (var type = 0; type < all.Length; type++)
        {
            var command = Command(all[type].Sql, keys[type]);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = query });
            batch.BatchCommands.Add(command);
        }

        var highlights = new Dictionary<(int Type, int Key), Dictionary<string, IReadOnlyList<string>>>();
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var type = 0; type < all.Length; type++)
        {
            while (await reader.ReadAsync(cancel))
            {
                var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
                for (var i = 0; i < all[type].Fields.Length; i++)
                {
                    var passages = reader.IsDBNull(i + 1) ? [] : Passages(reader.GetString(i + 1));
                    if (passages.Count > 0)
                    {
                        fields[all[type].Fields[i]] = passages;
                    }
                }

                highlights[(type, reader.GetInt32(0))] = fields;
            }

            await reader.NextResultAsync(cancel);
        }

        return highlights;
    }

    /// <summary>Those with a word found, ready to be put into a page.</summary>
    private static List<string> Passages(string headline)
    {
        var passages = new List<string>();
        foreach (var passage in headline.Split(Between))
        {
            if (passage.Contains(Start, StringComparison.Ordinal))
            {
                var escaped = new System.Text.StringBuilder(passage.Length + 32);
                foreach (var c in passage)
                {
                    _ = c switch
                    {
                        '&' => escaped.Append("&amp;"),
                        '<' => escaped.Append("&lt;"),
                        '>' => escaped.Append("&gt;"),
                        '"' => escaped.Append("&quot;"),
                        '\'' => escaped.Append("&#39;"),
                        Start => escaped.Append("<mark>"),
                        Stop => escaped.Append("</mark>"),
                        _ => escaped.Append(c),
                    };
                }

                passages.Add(escaped.ToString());
            }
        }

        return passages;
    }

    /// <summary>SQL: a short text whole, of a longer one the passages that have a word of the query <c>$2</c>.</summary>
    private static string Headline(string text, string configuration = "f.configuration", bool keepsParts = false) => $"""
        ts_headline({configuration}, left(translate({text}, E'{(keepsParts ? "" : "\\u0001")}\u0002\u0003', ''), 5000), $2::tsquery,
            case when char_length({text}) <= 400 then 'HighlightAll=true, StartSel="{Start}", StopSel="{Stop}"' else {Options} end)
        """;

    private static SearchHit Hit(ResourceRef resource) =>
        new() { Resource = resource, Score = 0, IsApproximate = false, Highlights = new Dictionary<string, IReadOnlyList<string>>() };

    private static int[] Of(IReadOnlyList<Ranked> ranked, SearchedType type) => [.. ranked.Where(r => r.Type == (int)type).Select(r => r.StableKey)];

    private static int LastInt(NpgsqlDataReader reader) => reader.GetInt32(reader.FieldCount - 1);

    private static NpgsqlBatchCommand Command(string sql, int[] keys) => new(sql) { Parameters = { new NpgsqlParameter<int[]> { TypedValue = keys } } };
}
