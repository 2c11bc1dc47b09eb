using Stemma.Domain.Reconciliation;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reconciliation;

/// <summary>
/// Answers the rows of a table: sources by their names, addresses and ids, all rows together; claims by the matcher, one row after the other, each under the
/// time that a search may take.
/// </summary>
internal sealed class Reconciler(ISourceSuggester names, IClaimMatching claims, IEntities entities)
{
    /// <summary>The most candidates of a row, and the least that are looked at to find its namesakes.</summary>
    public const int MaxLimit = 50;

    /// <summary>What a whole batch may take.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

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
            var named = await FindNames(questions, limit.Token);
            var matched = await MatchClaims(questions, limit.Token);
            var keyed = await entities.FindByKeys([.. questions.SelectMany(q => q.Urls)], [.. questions.SelectMany(q => q.ExternalIds)], limit.Token);
            Guid[] ids =
            [
                .. keyed, .. questions.Select(q => q.Id).OfType<Guid>(), .. named.SelectMany(n => n.Ids),
                .. matched.SelectMany(m => m.Keys),
            ];
            var found = await entities.Load([.. ids.Distinct()], limit.Token);
            var byKey = keyed.Select(id => found.GetValueOrDefault(id)).OfType<Entity>().ToList();
            return [.. questions.Select((q, i) => Judge(q, named[i], matched[i], byKey, found))];
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new SearchTimeoutException(Timeout);
        }
    }

    private static IReadOnlyList<Candidate> Judge(
        EntityQuestion question, NamedSources named, Dictionary<Guid, double> matched, List<Entity> byKey, IReadOnlyDictionary<Guid, Entity> found)
    {
        // A row has few keys: most entities have none of them, and fall out as unlike.
        var keys = SourceUrl.Keys(question.Urls);
        var ids = question.ExternalIds.ToList();
        var mine = byKey.Where(e => SourceUrl.Keys(e.Content.Urls()).Intersect(keys).Any() || e.Content.ExternalIds.Intersect(ids).Any()).Select(e => e.Id);
        var among = named.Ids.Concat(matched.Keys).Concat(mine).Concat(question.Id is { } id ? [id] : []).Distinct()
            .Select(e => found.GetValueOrDefault(e)).OfType<Entity>().ToList();
        var name = question.Text is { } text ? (Name: Wording.Name(text), Statement: Wording.Statement(text)) : default;
        var likeness = among.ToDictionary(e => e.Id, e => question.Text is null ? default : e switch
        {
            SourceEntity source => Of(source, name.Name, named.Exact.Contains(source.Id)),
            ClaimEntity claim => new Likeness(matched.GetValueOrDefault(claim.Id), Wording.Statement(claim.Of.Text) == name.Statement),
            _ => default,
        });
        return Candidates.Judge(question, among, e => likeness[e.Id], named.HasAllNamesakes && likeness.Values.Count(l => l.IsNamesake) < Namesakes);
    }

    private static Likeness Of(SourceEntity source, string name, bool isExact)
    {
        var all = source.Of.Aliases.Prepend(source.Of.Name).Select(Wording.Name).ToList();
        return new(all.Max(n => Wording.Likeness(n, name)), isExact || (name.Length > 0 && all.Contains(name, StringComparer.Ordinal)));
    }

    private async Task<IReadOnlyList<NamedSources>> FindNames(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var asking = questions.Select((q, i) => (Question: q, Index: i))
            .Where(q => q.Question is { WantsSources: true, Text: not null } && q.Question.Text.Length <= 2 * Domain.Resources.ResourceContent.MaxName).ToList();
        var found = asking.Count == 0 ? []
            : await names.SuggestAll([.. asking.Select(q => new SuggestionRequest(q.Question.Text!, q.Question.Kinds, Math.Max(Namesakes, q.Question.Limit)))], cancel);
        var named = questions.Select(_ => NamedSources.None).ToArray();
        foreach (var (question, suggestions) in asking.Zip(found))
        {
            // Keys of names end after 200 characters: what is longer may go on otherwise.
            var isWhole = Wording.Name(question.Question.Text!).Length < 200;
            var exact = suggestions.Where(s => isWhole && s.Match == SuggestionMatch.Exact).Select(s => s.Id.Value).ToHashSet();
            named[question.Index] = new([.. suggestions.Select(s => s.Id.Value)], exact, suggestions.Count(s => s.Match == SuggestionMatch.Exact) < Namesakes);
        }

        return named;
    }

    private async Task<List<Dictionary<Guid, double>>> MatchClaims(IReadOnlyList<EntityQuestion> questions, CancellationToken cancel)
    {
        var matched = new List<Dictionary<Guid, double>>(questions.Count);
        foreach (var question in questions)
        {
            var found = question is { WantsClaims: true, Text: { } text }
                ? await claims.Match(new MatchRequest(text, null, Math.Max(Namesakes, question.Limit), LeastScore), cancel)
                : [];
            matched.Add(found.ToDictionary(m => m.Claim.Claim.Id.Value, m => m.Match.Score));
        }

        return matched;
    }

    private sealed record NamedSources(IReadOnlyList<Guid> Ids, HashSet<Guid> Exact, bool HasAllNamesakes)
    {
        public static readonly NamedSources None = new([], [], true);
    }
}
