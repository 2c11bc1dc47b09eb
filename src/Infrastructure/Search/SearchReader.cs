using Npgsql;
using Stemma.Domain.Claims;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;
using Stemma.Infrastructure.Claims;
using Stemma.Infrastructure.Persistence;

namespace Stemma.Infrastructure.Search;

internal sealed class SearchReader(SearchSessions sessions, ClaimReader claims) : ISearch
{
    private const string SourceNames =
        "select d.number, s.id, s.name from search_documents d join sources s on s.id = d.resource_id where d.type = 2 and d.number = any($1)";

    private const string SourceNumbers = "select number from search_documents where type = 2 and resource_id = any($1)";

    public Task<SearchPage> Find(SearchRequest request, CancellationToken cancel) => sessions.Run(async (session, token) =>
    {
        var plan = await SearchPlan.Make(session, request.Query, Frozen(request.After), token);
        var types = request.Types.Count == 0 ? Enum.GetValues<Searchable>() : request.Types;
        var spaces = types.Distinct().Select(type => SpaceOf(plan, type)).ToList();
        var found = await Found.Of(plan, spaces, token);
        var counting = request.WithFacets ? Count(session, found) : null;
        var (ranked, next) = First(found, request.Limit, request.After, plan);
        var quotes = PassagesOf(plan, SearchedType.Corroboration, ranked);
        var titles = PassagesOf(plan, SearchedType.Review, ranked);
        var hits = await HitRows.Read(session, ranked, plan.Highlighted, quotes, titles, token);
        return new SearchPage(
            hits, next, request.WithTotal ? TotalOf(found.Count) : null, counting is null ? null : await Facets(session, counting, token), Notes(request.Query, plan, found.Count));
    }, cancel);

    public Task<ClaimSearchPage> FindClaims(ClaimSearchRequest request, CancellationToken cancel) => sessions.Run(async (session, token) =>
    {
        var plan = await SearchPlan.Make(session, request.Query, Frozen(request.After), token);
        var space = new ClaimSpace(session, plan.Lengths);
        var found = await Found.Of(plan, [space], token);
        found = await Filter(session, space, found, request.Filter, token);
        var counting = request.WithFacets ? Count(session, found) : null;
        var (ranked, next) = First(found, request.Limit, request.After, plan);
        return new ClaimSearchPage(
            await ReadClaims(session, ranked, token),
            next,
            request.WithTotal ? TotalOf(found.Count) : null,
            counting is null ? null : await Facets(session, counting, token),
            Notes(request.Query, plan, found.Count));
    }, async (page, token) => page with { Claims = await claims.Embed([.. page.Claims], request.Include, token) }, cancel);

    public Task<(Page<ClaimView> Page, SearchFacets? Facets, IReadOnlyList<string> Notes)> ListClaims(
        ClaimSearchRequest request, PageRequest<ClaimSort> page, CancellationToken cancel) => sessions.Run(async (session, token) =>
    {
        var plan = await SearchPlan.Make(session, request.Query, null, token);
        var space = new ClaimSpace(session, plan.Lengths);
        var found = await Filter(session, space, await Found.Of(plan, [space], token), request.Filter, token);
        return (
            Numbers: found.Matches[0].Keys.ToArray(),
            found.Count,
            Facets: request.WithFacets ? await Facets(session, Count(session, found), token) : null,
            Notes: (IReadOnlyList<string>)Notes(request.Query, plan, found.Count));
    }, async (found, token) =>
    {
        var listed = await claims.List(new(), page, request.Include, found.Numbers, token);
        return (listed with { Total = page.WithTotal ? TotalOf(found.Count) : null }, found.Facets, found.Notes);
    }, cancel);

    private static FrozenQuery? Frozen(SearchPosition? after) => after is null ? null : FrozenQuery.Read(after.Frozen);

    private static Space SpaceOf(SearchPlan plan, Searchable type) => type switch
    {
        Searchable.Claim => new ClaimSpace(plan.Session, plan.Lengths),
        Searchable.Corroboration => new DocumentSpace(plan.Session, plan.Lengths, SearchedType.Corroboration),
        Searchable.Review => new DocumentSpace(plan.Session, plan.Lengths, SearchedType.Review),
        _ => new DocumentSpace(plan.Session, plan.Lengths, SearchedType.Source),
    };

    private static (List<Ranked> Ranked, SearchPosition? Next) First(Found found, int limit, SearchPosition? after, SearchPlan plan)
    {
        var bound = after is null ? default(Ranked?) : new Ranked(after.IsApproximate, after.Score, after.Type, after.Key);
        var first = new FirstOf(limit + 1);
        for (var s = 0; s < found.Spaces.Count; s++)
        {
            var (space, all, exact) = (found.Spaces[s], found.Matches[s], found.Exact[s]);
            var at = 0;
            for (var i = 0; i < all.Count; i++)
            {
                var isApproximate = found.HasApproximate && !exact.Has(all.Keys[i], ref at);
                if (first.MayTake(isApproximate, all.ScoreAt(i)))
                {
                    var hit = new Ranked(isApproximate, all.ScoreAt(i), (int)space.Type, space.StableKeyOf(all.Keys[i]));
                    if (bound is not { } last || hit.CompareTo(last) > 0)
                    {
                        first.Offer(hit);
                    }
                }
            }
        }

        var ranked = first.ToList();
        if (ranked.Count <= limit)
        {
            return (ranked, null);
        }

        ranked.RemoveAt(limit);
        return (ranked, new(ranked[^1].IsApproximate, ranked[^1].Score, ranked[^1].Type, ranked[^1].StableKey, plan.Frozen));
    }

    /// <summary>For each claim the link or the review whose quote or title has a word that is asked for.</summary>
    private static Dictionary<int, int> PassagesOf(SearchPlan plan, SearchedType type, List<Ranked> ranked)
    {
        var passages = new Dictionary<int, int>();
        foreach (var claim in ranked.Where(r => r.Type == (int)SearchedType.Claim))
        {
            for (var s = 0; s < plan.Session.All.Count && !passages.ContainsKey(claim.StableKey); s++)
            {
                var segment = plan.Session.All[s];
                var section = segment[type];
                var (from, to) = section.RangeOf(claim.StableKey);
                for (var i = from; i < to && !passages.ContainsKey(claim.StableKey); i++)
                {
                    if (segment.IsLive(section.First + i) && plan.AskedTerms.Any(t => t.Hits.Length > 0 && t.IsInMain(s, section.First + i)))
                    {
                        passages.Add(claim.StableKey, section.Documents[i]);
                    }
                }
            }
        }

        return passages;
    }

    private static Total TotalOf(int count) => new(Math.Min(count, Total.CountedTo), count <= Total.CountedTo);

    private static List<string> Notes(SearchQuery query, SearchPlan plan, int found)
    {
        List<string> notes = [.. query.Notes, .. plan.Notes];
        if (found == 0)
        {
            notes.Add(plan.Nothing());
        }

        return [.. notes.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Counts beside whatever else is done meanwhile: it needs nothing of the database.</summary>
    private static async Task<FacetCounter> Count(SearchSession session, Found found)
    {
        var counter = new FacetCounter(session);
        var spaces = found.Spaces.Zip(found.Matches).ToList();
        await Task.WhenAll(
            Each<ClaimSpace>((space, matches) => counter.Count(space, matches)),
            Each<ClaimSpace>((_, matches) => counter.CountLinks(matches)),
            Each<DocumentSpace>(counter.Count));
        counter.Complete();
        return counter;

        Task Each<TSpace>(Action<TSpace, Matches> count) => Task.Run(() =>
        {
            foreach (var (space, matches) in spaces)
            {
                if (space is TSpace one)
                {
                    count(one, matches);
                }
            }
        });
    }

    private static async Task<SearchFacets> Facets(SearchSession session, Task<FacetCounter> counting, CancellationToken cancel)
    {
        var counter = await counting;
        var names = new Dictionary<int, (Guid Id, string Name)>();
        await using var command = session.Command(SourceNames);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = counter.NamedSources });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            names.Add(reader.GetInt32(0), (reader.GetGuid(1), reader.GetString(2)));
        }

        return counter.ToFacets(names);
    }

    private static async Task<List<ClaimView>> ReadClaims(SearchSession session, List<Ranked> ranked, CancellationToken cancel)
    {
        var found = new Dictionary<int, ClaimView>();
        await using var command = session.Command(HitRows.ClaimsByNumber);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. ranked.Select(r => r.StableKey)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            found.Add(reader.GetInt32(reader.FieldCount - 1), ClaimRows.Read(reader));
        }

        return [.. ranked.Where(r => found.ContainsKey(r.StableKey)).Select(r => found[r.StableKey])];
    }

    /// <summary>What is in the index is filtered there; what is only in the table, by SQL.</summary>
    private static async Task<Found> Filter(SearchSession session, ClaimSpace space, Found found, ClaimFilter filter, CancellationToken cancel)
    {
        var conditions = new List<Matches>();
        AddLabels(filter.Statuses.Select(StoredNames<ClaimStatus>.Of), (section, i) => section.Statuses[i]);
        AddLabels(filter.Kinds.Select(StoredNames<ClaimKind>.Of), (section, i) => section.Kinds[i]);
        AddLabels(filter.Languages.Select(l => l.ToLowerInvariant()), (section, i) => section.LanguageOf(i));
        if (filter.Stored.Tags.Count > 0)
        {
            conditions.Add(space.Where((segment, section, i) => section.TagsOf(i).ToArray().Any(t => filter.Stored.Tags.Contains(segment.Labels[t], StringComparer.Ordinal))));
        }

        if (filter.ClaimantIds.Count > 0)
        {
            conditions.Add(space.AssertedBy(await NumbersOf(session, filter.ClaimantIds, cancel)));
        }

        var sources = filter.SourceIds.Count > 0 ? await NumbersOf(session, filter.SourceIds, cancel) : null;
        if (filter.Stances.Count > 0)
        {
            conditions.Add(filter.Stances.Distinct().Select(s => space.Linked(sources, StoredNames<Stance>.Of(s))).Aggregate((a, b) => Matches.Union(a, b)));
        }
        else if (sources is not null)
        {
            conditions.Add(space.Linked(sources, null));
        }

        if (filter.ReviewedAs is { Sites.Count: 0 } reviewed)
        {
            conditions.Add(space.Reviewed(reviewed));
            filter = filter with { ReviewedAs = null };
        }

        var rest = filter with { Statuses = [], Kinds = [], Languages = [], ClaimantIds = [], SourceIds = [], Stances = [], Stored = filter.Stored with { Tags = [] } };
        if (ClaimReader.Narrows(rest))
        {
            conditions.Add(await ClaimReader.NumbersOf(session, rest, cancel));
        }

        return conditions.Count == 0 ? found : found.Only(conditions);

        void AddLabels(IEnumerable<string> wanted, Func<Section, int, int> labelOf)
        {
            var labels = wanted.ToHashSet(StringComparer.Ordinal);
            if (labels.Count > 0)
            {
                conditions.Add(space.Where((segment, section, i) => labels.Contains(segment.Labels[labelOf(section, i)])));
            }
        }
    }

    private static async Task<KeySet> NumbersOf(SearchSession session, IEnumerable<SourceId> ids, CancellationToken cancel)
    {
        var numbers = new HashSet<int>();
        await using var command = session.Command(SourceNumbers);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(id => id.Value)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            numbers.Add(reader.GetInt32(0));
        }

        return KeySet.Of(numbers);
    }

    /// <summary>What matches, type by type: exactly, and with words nearly so spelt where these were looked for.</summary>
    private sealed record Found(IReadOnlyList<Space> Spaces, IReadOnlyList<Matches> Exact, IReadOnlyList<Matches> Matches, bool HasApproximate)
    {
        public int Count => Matches.Sum(m => m.Count);

        public static async Task<Found> Of(SearchPlan plan, IReadOnlyList<Space> spaces, CancellationToken cancel)
        {
            var exact = await Evaluate(plan, spaces, similar: false, cancel);
            if (!await plan.TrySimilar(exact.Sum(m => m.Count), cancel))
            {
                return new(spaces, exact, exact, HasApproximate: false);
            }

            // What matches exactly keeps its score, and so its place on every page.
            var similar = await Evaluate(plan, spaces, similar: true, cancel);
            var all = exact.Zip(similar).Select(m => Search.Matches.Union(m.First, m.Second.Except(m.First))).ToList();
            return new(spaces, exact, all, HasApproximate: true);
        }

        /// <summary>Each type beside the others: nothing more is read from the database.</summary>
        private static Task<Matches[]> Evaluate(SearchPlan plan, IReadOnlyList<Space> spaces, bool similar, CancellationToken cancel) =>
            Task.WhenAll(spaces.Select(space => Task.Run(() => plan.Evaluate(space, similar, cancel), cancel)));

        public Found Only(IReadOnlyList<Matches> conditions) => this with { Exact = [Narrow(Exact[0], conditions)], Matches = [Narrow(Matches[0], conditions)] };

        private static Matches Narrow(Matches matches, IReadOnlyList<Matches> conditions)
        {
            var at = new int[conditions.Count];
            return matches.Where(key => Enumerable.Range(0, at.Length).All(c => conditions[c].Has(key, ref at[c])));
        }
    }
}
