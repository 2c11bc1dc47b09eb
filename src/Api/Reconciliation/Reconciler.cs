using Stemma.Domain.Reconciliation;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reconciliation;

/// <summary>
/// Answers the rows of a table: sources by their names, addresses and ids, all rows together; claims by the matcher, one row after the other, each under the
/// time that a search may take.
/// </summary>
internal sealed class Reconciler(ISourceSuggester names, IClaimMatching claims, IEntities entities, IWordings wordings)
{
    /// <summary>The most candidates of a row.</summary>
    public const int MaxLimit = 50;

    /// <summary>What a whole batch may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The least that are looked at, so that its namesakes are among them.</summary>
    private const int Namesakes = 20;

    /// <summary>Below this, a claim shares little but frequent words with a text.</summary>
    private const double LeastScore = 0.05;

    /// <summary>The candidates of each row.</summary>
    /// <exception cref="SearchTimeoutException">It took longer than it may.</exception>
    public async Task<IReadOnlyList<IReadOnlyList<Candidate>>> Answer(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        try
        {
            return await Find(await Compose(questions, limit.Token), limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SearchTimeoutException(Timeout);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<Candidate>>> Find(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var named = await FindNames(questions, cancel);
        var matched = await MatchClaims(questions, cancel);
        var keyed = await entities.FindByKeys(questions, cancel);
        Guid[] ids =
        [
            .. keyed.SelectMany(k => k.Ids), .. questions.Select(q => q.Id).OfType<Guid>(), .. named.SelectMany(n => n.Ids),
            .. matched.SelectMany(m => m.Scores.Keys),
        ];
        var found = await entities.Load([.. ids.Distinct()], cancel);
        var wording = await ReadTexts(questions, found.Values, cancel);
        var known = found.ToDictionary(f => f.Key, f => new KnownEntity(f.Value, wording));
        return [.. questions.Select((q, i) => Judge(new SoughtEntity(q, wording), named[i], matched[i], keyed[i], known, cancel))];
    }

    private static IReadOnlyList<Candidate> Judge(
        SoughtEntity row, NamedSources named, MatchedClaims matched, KeyedEntities keyed, Dictionary<Guid, KnownEntity> known, CancellationToken cancel)
    {
        var among = named.Ids.Concat(matched.Scores.Keys).Concat(keyed.Ids).Concat(row.Id is { } id ? [id] : []).Distinct()
            .Select(e => known.GetValueOrDefault(e)).OfType<KnownEntity>().ToList();
        var runs = Wording.Runs(row.Name);
        return Candidates.Judge(
            row,
            among,
            e => row.Question.Text is null ? default
                : e.Entity is SourceEntity ? Of(e, row.Name, runs, cancel)
                : new Likeness(matched.Scores.GetValueOrDefault(e.Entity.Id), e.Statement == row.Statement),
            keyed.AreAll,
            e => e is SourceEntity ? named.AreAllNamesakes(e.Id) : matched.AreAll,
            cancel);
    }

    private static Likeness Of(KnownEntity source, string name, IReadOnlySet<string> runs, CancellationToken cancel)
    {
        if (name.Length > 0 && source.Names.Contains(name, StringComparer.Ordinal))
        {
            return new(1, IsNamesake: true);
        }

        var likeness = 0.0;
        foreach (var other in source.Names)
        {
            cancel.ThrowIfCancellationRequested();
            likeness = Math.Max(likeness, Wording.Likeness(Wording.Runs(other), runs));
        }

        return new(likeness, IsNamesake: false);
    }

    /// <summary>With letters and accents in one, as texts are stored, however they are written in the row.</summary>
    private async Task<IReadOnlyList<EntityQuestion>> Compose(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var wording = await wordings.Read([], questions.SelectMany(q => q.Properties.SelectMany(p => p.Values).Append(q.Text)).OfType<string>(), cancel);
        return
        [
            .. questions.Select(q => q with
            {
                Text = q.Text is { } text ? wording.Composed(text) : null,
                Properties = [.. q.Properties.Select(p => p with { Values = [.. p.Values.Select(wording.Composed)] })],
            }),
        ];
    }

    /// <summary>What is asked, and of all that was found what that is compared with.</summary>
    private Task<Wording> ReadTexts(IReadOnlyList<EntityQuestion> questions, IEnumerable<Entity> found, CancellationToken cancel)
    {
        var properties = questions.SelectMany(q => q.Properties).Select(p => p.Property).DistinctBy(p => p.Id).ToLookup(p => p.Comparison.Form);
        var all = found.ToList();
        return wordings.Read(
            [.. questions.Select(q => q.Text).OfType<string>(), .. Asked(TextForm.Name), .. all.SelectMany(EntityProperties.Name.Values).Select(v => v.Text!), .. Stored(TextForm.Name)],
            [.. all.OfType<ClaimEntity>().Select(c => c.Name), .. Stored(TextForm.Statement)],
            cancel);

        IEnumerable<string> Asked(TextForm form) => questions.SelectMany(q => q.Properties).Where(p => p.Property.Comparison.Form == form).SelectMany(p => p.Values);

        IEnumerable<string> Stored(TextForm form) => properties[form].SelectMany(p => all.SelectMany(p.Values)).SelectMany(Comparison.TextsOf);
    }

    private async Task<IReadOnlyList<NamedSources>> FindNames(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var asking = questions.Select((q, i) => (Question: q, Index: i))
            .Where(q => q.Question is { WantsSources: true, Text: not null } && q.Question.Text.Length <= 2 * Domain.Resources.ResourceContent.MaxName).ToList();
        var found = asking.Count == 0 ? []
            : await names.SuggestAll([.. asking.Select(q => new SuggestionRequest(q.Question.Text!, q.Question.Kinds, MostOf(q.Question)))], cancel);
        var named = questions.Select(_ => NamedSources.None).ToArray();
        foreach (var (question, suggestions) in asking.Zip(found))
        {
            var exact = suggestions.Where(s => s.Match == SuggestionMatch.Exact).Select(s => s.Id.Value).ToHashSet();
            named[question.Index] = new([.. suggestions.Select(s => s.Id.Value)], exact, exact.Count < MostOf(question.Question));
        }

        return named;
    }

    private async Task<List<MatchedClaims>> MatchClaims(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var matched = new List<MatchedClaims>(questions.Count);
        foreach (var question in questions)
        {
            var found = question is { WantsClaims: true, Text: { } text } ? await claims.Match(new MatchRequest(text, null, MostOf(question), LeastScore), cancel) : [];
            matched.Add(new(found.ToDictionary(m => m.Claim.Claim.Id.Value, m => m.Match.Score), found.Count < MostOf(question)));
        }

        return matched;
    }

    private static int MostOf(EntityQuestion question) => Math.Max(Namesakes, question.Limit);

    /// <summary>Sources that a name found.</summary>
    /// <param name="Ids">All of them.</param>
    /// <param name="Exact">Those of which it is the whole name or alias, as names are looked up.</param>
    /// <param name="AreAllExact">Whether there are no more of these.</param>
    private sealed record NamedSources(IReadOnlyList<Guid> Ids, HashSet<Guid> Exact, bool AreAllExact)
    {
        public static readonly NamedSources None = new([], [], true);

        /// <summary>What is looked up otherwise than it is compared may have namesakes that were not found.</summary>
        public bool AreAllNamesakes(Guid id) => AreAllExact && Exact.Contains(id);
    }

    /// <summary>Claims that a text found, and whether there are no more that are like it.</summary>
    private sealed record MatchedClaims(Dictionary<Guid, double> Scores, bool AreAll);
}
