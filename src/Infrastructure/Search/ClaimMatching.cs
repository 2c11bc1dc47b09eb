using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Search;
using Stemma.Domain.Search.Matching;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Search;

/// <summary>
/// Candidates by BM25 over the claims' own words, the rarest words first under a budget of postings; then each is judged by
/// <see cref="ClaimMatcher"/>.
/// </summary>
internal sealed class ClaimMatching(NpgsqlDataSource database, SearchSessions sessions, IdempotencyKeys request) : IClaimMatching
{
    /// <summary>Claims that are looked at closely. Of the claims that posts of the learning data repeat, 98 % are among them.</summary>
    private const int Candidates = 100;

    /// <summary>Postings read: past this, the more frequent words of a text only help to judge, not to find.</summary>
    private const long Budget = 200_000;

    // Of the candidates' BM25; learnt with the matcher's weights. Words of the context count as those of the text.
    private const float K1 = 1.2f;
    private const float B = 0.5f;

    private static readonly string ByNumber = $"""
        select {ClaimRows.Columns}, to_tsvector(f.configuration, c.text), to_tsvector(f.configuration, coalesce(c.context, '')), d.number
        from search_documents d join claims c on c.id = d.resource_id join search_configurations f on f.id = search_configuration(c.language)
        left join claim_assessments a on a.claim_id = c.id left join claim_counts n on n.claim_id = c.id
        where d.type = 0 and d.number = any($1)
        """;

    private const string Stored =
        "select c.text, c.language, d.number from claims c join search_documents d on d.resource_id = c.id where c.id = $1 and c.live";

    private const string SharingFingerprints = """
        select c.id, c.text
        from search_fingerprints mine
        join search_fingerprints its on its.fingerprint = mine.fingerprint and its.claim_id <> mine.claim_id
        join claims c on c.id = its.claim_id and c.live
        where mine.claim_id = $1
        limit 20
        """;

    public Task<IReadOnlyList<MatchedClaim>> Match(MatchRequest request, CancellationToken cancel) => sessions.Run(
        (session, token) => Match(session, request, without: 0, token), cancel);

    public Task<IReadOnlyList<MatchedClaim>?> Similar(ClaimId id, int limit, double minScore, CancellationToken cancel) => sessions.Run(
        async (session, token) =>
        {
            MatchRequest request;
            int number;
            await using (var command = session.Command(Stored))
            {
                command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
                await using var reader = await command.ExecuteReaderAsync(token);
                if (!await reader.ReadAsync(token))
                {
                    return null;
                }

                request = new(reader.GetString(0), reader.GetString(1), limit, minScore);
                number = reader.GetInt32(2);
            }

            return (IReadOnlyList<MatchedClaim>?)await Match(session, request, without: number, token);
        },
        cancel);

    public async Task<IReadOnlyList<ClaimId>> NearDuplicates(ClaimId id, string text, CancellationToken cancel)
    {
        var similar = new List<(Guid Id, double Share)>();
        var mine = new NearDuplicate(text);
        try
        {
            // The claim may be of a transaction that only the request's own connection sees.
            await using var batch = request.CreateBatch() ?? database.CreateBatch();
            batch.BatchCommands.Add(new("select set_config('plan_cache_mode', 'force_generic_plan', true)"));
            batch.BatchCommands.Add(new(SharingFingerprints) { Parameters = { new NpgsqlParameter<Guid> { TypedValue = id.Value } } });
            await using var reader = await batch.ExecuteReaderAsync(cancel);
            await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var other = reader.GetGuid(0);
                if (similar.TrueForAll(s => s.Id != other))
                {
                    similar.Add((other, mine.Share(reader.GetString(1))));
                }
            }
        }
        catch (NpgsqlException) when (!request.IsOpen)
        {
            // The claim is stored: not to know of others like it must not make its writer believe that it is not.
            return [];
        }

        return
        [
            .. similar.Where(s => s.Share >= NearDuplicate.Least).OrderByDescending(s => s.Share).ThenBy(s => s.Id)
                .Take(NearDuplicate.Most).Select(s => new ClaimId(s.Id)),
        ];
    }

    private static async Task<IReadOnlyList<MatchedClaim>> Match(SearchSession session, MatchRequest request, int without, CancellationToken cancel)
    {
        if (session.Totals.Of(SearchedType.Claim) == 0)
        {
            return [];
        }

        var text = PostText.Of(request.Text);
        string[] words = [.. text.Words, .. text.OtherWords];
        var lexemes = await QueryAnalysis.Lexemes(session, words, await Configurations(session, request.Language, cancel), cancel);
        var claims = session.Totals.Of(SearchedType.Claim);
        var found = await Find(session, [.. text.Words.SelectMany(w => lexemes[w]).Distinct(StringComparer.Ordinal)], without, cancel);
        if (found.Numbers.Count == 0)
        {
            return [];
        }

        var candidates = new List<(int Number, ClaimView View, ClaimCandidate Candidate)>();
        await using (var command = session.Command(ByNumber))
        {
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. found.Numbers] });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                var view = ClaimRows.Read(reader);
                var last = reader.FieldCount - 1;
                var candidate = new ClaimCandidate(
                    view.Claim.Content.Text, view.Claim.Content.Context, Lexemes(reader, last - 2), Lexemes(reader, last - 1));
                candidates.Add((reader.GetInt32(last), view, candidate));
            }
        }

        // Also of the words that only the claims have: what a post leaves out weighs as much as it is rare.
        var others = candidates.SelectMany(c => c.Candidate.TextLexemes.Concat(c.Candidate.ContextLexemes)).Select(l => l.Lexeme)
            .Where(l => !found.Having.ContainsKey(l)).Concat(text.OtherWords.SelectMany(w => lexemes[w])).ToHashSet(StringComparer.Ordinal);
        foreach (var (lexeme, frequency) in await session.Frequencies(others, cancel))
        {
            found.Having[lexeme] = (int)Math.Min(frequency, claims);
        }

        await session.AddPendingFrequencies(others, found.Having, cancel);
        var post = AnalysedPost.Of(text, lexemes, new(claims, l => Ranking.Rarity(claims, found.Having.GetValueOrDefault(l, 0))));
        var judged = candidates.ConvertAll(c => (Score: ClaimMatcher.Score(post, c.Candidate), c.Number, c.View, c.Candidate));
        return
        [
            .. judged.Where(j => j.Score >= request.MinScore).OrderByDescending(j => j.Score).ThenBy(j => j.Number).Take(request.Limit)
                .Select(j => new MatchedClaim(j.View, ClaimMatcher.Match(post, j.Candidate))),
        ];
    }

    /// <summary>The best candidates, and how many claims have each word.</summary>
    private static async Task<(List<int> Numbers, Dictionary<string, int> Having)> Find(
        SearchSession session, string[] lexemes, int without, CancellationToken cancel)
    {
        var frequencies = await session.Frequencies(lexemes, cancel);
        long spent = 0;
        var read = lexemes.OrderBy(l => frequencies.GetValueOrDefault(l)).TakeWhile((l, i) => (spent += frequencies.GetValueOrDefault(l)) <= Budget || i == 0).ToList();
        await session.Load(read, [], cancel);

        var claims = session.Totals.Of(SearchedType.Claim);
        var averageLength = session.Totals.AverageLength(SearchedType.Claim, otherWeight: 1);
        var having = lexemes.Except(read).ToDictionary(l => l, l => (int)Math.Min(frequencies.GetValueOrDefault(l), claims), StringComparer.Ordinal);
        var scores = new SummedScores(1 + session.All.Max(s => s[SearchedType.Claim] is { Count: > 0 } section ? section.Numbers[section.Count - 1] : 0));
        foreach (var lexeme in read)
        {
            cancel.ThrowIfCancellationRequested();
            having[lexeme] = session.All.Sum(segment => CountClaims(segment, session.Find(segment, lexeme)));
            var rarity = Ranking.Rarity(claims, having[lexeme]);
            foreach (var segment in session.All)
            {
                scores.Add(segment, session.Find(segment, lexeme), rarity, averageLength, K1, B);
            }
        }

        return (scores.Best(Candidates, without), having);
    }

    private static int CountClaims(Segment segment, PostingList postings)
    {
        var end = postings.Locals.BinarySearch(segment[SearchedType.Claim].Count);
        var count = end < 0 ? ~end : end;
        if (segment.DeadCount == 0)
        {
            return count;
        }

        var living = 0;
        foreach (var local in postings.Locals[..count])
        {
            living += segment.IsLive(local) ? 1 : 0;
        }

        return living;
    }

    /// <summary>The language's own, or where none is given all that there are.</summary>
    private static async Task<IReadOnlyList<byte>> Configurations(SearchSession session, string? language, CancellationToken cancel)
    {
        if (language is null)
        {
            return [.. session.Totals.ConfigurationsOfClaims()];
        }

        await using var command = session.Command("select search_configuration($1)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = language });
        return [(byte)(short)(await command.ExecuteScalarAsync(cancel))!];
    }

    private static List<LexemeAt> Lexemes(NpgsqlDataReader reader, int column) =>
        [.. reader.GetFieldValue<NpgsqlTypes.NpgsqlTsVector>(column).Select(l => new LexemeAt(l.Text, [.. Enumerable.Range(0, l.Count).Select(i => l[i].Pos)]))];
}
