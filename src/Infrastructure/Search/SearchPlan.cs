using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>A query with all that is needed from the index to answer it: its words' postings, its names' sources.</summary>
internal sealed class SearchPlan
{
    /// <summary>With so few hits, words that hardly any document has may be slips.</summary>
    private const int FewHits = 10;

    /// <summary>A word that more documents have is spelt as it should be.</summary>
    private const int RareWord = 2;

    /// <summary>Words that one slip may have meant.</summary>
    private const int MostSimilar = 5;

    private readonly Dictionary<SearchNode, Term> _terms = [];
    private readonly Dictionary<string, KeySet> _named = new(StringComparer.Ordinal);
    private readonly FrozenQuery? _frozen;

    private SearchPlan(SearchSession session, SearchNode? root, FrozenQuery? frozen)
    {
        Session = session;
        Root = root;
        _frozen = frozen;
        Lengths = frozen?.Lengths ?? FrozenQuery.LengthsOf(session.Totals);
    }

    public SearchSession Session { get; }

    public SearchNode? Root { get; }

    public float[] Lengths { get; }

    /// <summary>What the query was read as, where that is not plain.</summary>
    public List<string> Notes { get; } = [];

    public IEnumerable<Term> Terms => _terms.Values;

    /// <summary>What is asked for, words nearly so spelt among it; not what must be absent.</summary>
    public IEnumerable<Term> AskedTerms => Asked(Root).Select(n => _terms[n]).SelectMany(t => t.SimilarTerm is { } similar ? [t, similar] : new[] { t }).Distinct();

    public string Frozen => FrozenQuery.Write(Session.Totals, _frozen, Terms);

    /// <summary>A tsquery of the words that highlights show: all that are asked for, and those nearly so spelt.</summary>
    public string Highlighted => string.Join(" | ", AskedTerms
        .SelectMany(t => t.Beginning is { Length: > 0 } beginning
            ? [SearchSession.BeginningOf(beginning)]
            : t.Alternatives.SelectMany(a => a.Lexemes).Select(l => SearchSession.AnyOf([l])))
        .Distinct(StringComparer.Ordinal));

    public static async Task<SearchPlan> Make(SearchSession session, SearchQuery query, FrozenQuery? frozen, CancellationToken cancel)
    {
        var plan = new SearchPlan(session, query.Root, frozen);
        var nodes = All(query.Root).ToList();
        var words = nodes.OfType<SearchNode.Words>().Distinct().ToList();
        var prefixes = nodes.OfType<SearchNode.Prefix>().Distinct().ToList();
        var names = nodes.Select(NameOf).OfType<string>().Distinct(StringComparer.Ordinal).ToDictionary(n => n, WordsOf, StringComparer.Ordinal);
        var nameWords = names.Values.SelectMany(w => w).Distinct(StringComparer.Ordinal).ToList();

        var terms = await QueryAnalysis.Terms(session, [.. words.Select(w => w.Text), .. nameWords], session.Configurations, cancel);
        var begun = await QueryAnalysis.Prefixes(session, [.. prefixes.Select(p => p.Text)], cancel);
        for (var i = 0; i < words.Count; i++)
        {
            plan._terms[words[i]] = words[i].IsPhrase && terms[i].Alternatives.Any(a => a.Lexemes.Length > 1)
                ? terms[i] with { Typed = $"\"{words[i].Text}\"" }
                : terms[i];
        }

        for (var i = 0; i < prefixes.Count; i++)
        {
            plan._terms[prefixes[i]] = begun[i];
        }

        var ofNames = nameWords.Zip(terms.Skip(words.Count)).ToDictionary(t => t.First, t => t.Second, StringComparer.Ordinal);
        await TermLookup.Look(session, [.. plan.Terms, .. ofNames.Values], frozen, plan.Notes, cancel);
        plan.FindNamed(names, ofNames, await SourcesOf(session, names.Keys, cancel));
        if (frozen is { HasSimilar: true })
        {
            foreach (var term in plan.Terms)
            {
                term.Similar = frozen.Similar(term);
            }

            await plan.LookUpSimilar(cancel);
        }

        return plan;
    }

    /// <summary>Where little was found, looks for words nearly so spelt as the rarest of the query.</summary>
    /// <returns>Whether there are any, so that it is worth asking again.</returns>
    public async Task<bool> TrySimilar(int found, CancellationToken cancel)
    {
        if (_frozen is not null)
        {
            return _frozen.HasSimilar;
        }

        if (found >= FewHits)
        {
            return false;
        }

        var suspects = Asked(Root).OfType<SearchNode.Words>().Select(w => _terms[w]).Distinct().Where(t => MayBeSlip(t, found)).Take(8).ToList();
        if (suspects.Count == 0)
        {
            return false;
        }

        var forms = suspects.ToDictionary(t => t, FormsOf);
        var known = await Session.LookingLike([.. forms.Values.SelectMany(f => f).Distinct(StringComparer.Ordinal)], cancel);
        foreach (var term in suspects)
        {
            term.Similar =
            [
                .. known
                    .Where(k => !term.Alternatives.Any(a => a.Lexemes[0] == k))
                    .Select(k => (Word: k, Slips: SlipsBetween(forms[term], k)))
                    .Where(k => k.Slips is not null)
                    .OrderBy(k => k.Slips).ThenBy(k => k.Word, StringComparer.Ordinal)
                    .Take(MostSimilar)
                    .Select(k => k.Word),
            ];
        }

        await LookUpSimilar(cancel);
        return suspects.Any(t => t.SimilarTerm is not null);
    }

    public Matches Evaluate(Space space, bool similar, CancellationToken cancel) => Root is null ? space.Everything() : Evaluate(Root, space, similar, cancel);

    /// <summary>What a page without hits says.</summary>
    public string Nothing()
    {
        var absent = AskedTerms.Where(t => t is { Having: 0, SimilarTerm: null }).ToList();
        return absent.Count == 0 ? "Nothing matches all of it."
            : absent.All(t => t.Stops != 0) ? "There is little to search for: such words are so frequent in their language that they are not indexed."
            : $"Nothing has {string.Join(" nor ", absent.Where(t => t.Stops == 0).Select(t => $"'{t.Typed}'").Distinct())}.";
    }

    private Matches Evaluate(SearchNode node, Space space, bool similar, CancellationToken cancel) => node switch
    {
        _ when cancel.IsCancellationRequested => throw new OperationCanceledException(cancel),
        SearchNode.And and => And(and, space, similar, cancel),
        SearchNode.Or or => or.Parts.Select(p => Evaluate(p, space, similar, cancel)).Where(m => !m.IsVacuous).Aggregate(default(Matches), (all, m) => all is null ? m : Matches.Union(all, m))
            ?? Matches.None.WithStops(ulong.MaxValue),
        SearchNode.Not => And(new([node]), space, similar, cancel),
        SearchNode.BySource by => space.Linked(_named[by.Name], null),
        SearchNode.OfStance of => space.Linked(null, StoredStance(of)),
        SearchNode.ByClaimant by => space.AssertedBy(_named[by.Name]),
        SearchNode.Tagged tagged => space.Where(new LabelTest(tagged.Tag, IsTagged).Test),
        SearchNode.InLanguage language => space.Where(new LabelTest(language.Language, IsIn).Test),
        SearchNode.OfKind of => space.Where((segment, section, i) => string.Equals(segment.Labels[section.Kinds[i]], of.Kind, StringComparison.OrdinalIgnoreCase)),
        SearchNode.OfStatus of => space.Where((segment, section, i) => string.Equals(segment.Labels[section.Statuses[i]], of.Status, StringComparison.OrdinalIgnoreCase)),
        SearchNode.After after => space.Where((_, section, i) => section.Days[i] != IndexedDocument.NoDay && section.Days[i] >= DayOf(after.Date)),
        SearchNode.Before before => space.Where((_, section, i) => section.Days[i] != IndexedDocument.NoDay && section.Days[i] < DayOf(before.Date)),
        _ => Having(_terms[node], space, similar),
    };

    private static Matches Having(Term term, Space space, bool similar)
    {
        if (term.IsLeftOut || term.Stops == ulong.MaxValue)
        {
            return Matches.None.WithStops(ulong.MaxValue);
        }

        var exact = space.Having(term);
        return similar && term.SimilarTerm is { } other
            ? Matches.Union(exact, space.Having(other), highest: true).WithStops(term.Stops)
            : exact;
    }

    private Matches And(SearchNode.And and, Space space, bool similar, CancellationToken cancel)
    {
        var sources = and.Parts.OfType<SearchNode.BySource>().ToList();
        var stances = and.Parts.OfType<SearchNode.OfStance>().ToList();
        var parts = new List<Matches>();
        if (sources.Count > 0 && stances.Count > 0)
        {
            // One link of that source and that stance, not two links that happen to have one each.
            parts.AddRange(sources.SelectMany(_ => stances, (source, stance) => space.Linked(_named[source.Name], StoredStance(stance))));
        }

        var rest = sources.Count > 0 && stances.Count > 0 ? and.Parts.Where(p => p is not SearchNode.BySource and not SearchNode.OfStance) : and.Parts;
        parts.AddRange(rest.Where(p => p is not SearchNode.Not).Select(p => Evaluate(p, space, similar, cancel)));
        var without = and.Parts.OfType<SearchNode.Not>().Select(n => Evaluate(n.Part, space, similar: false, cancel)).Where(m => !m.IsVacuous).ToList();
        if (parts.Count == 0)
        {
            parts.Add(without.Count == 0 ? Matches.None.WithStops(ulong.MaxValue) : space.Everything());
        }

        return without.Aggregate(Matches.All(parts, space.ConfigurationOf), (found, m) => found.Except(m));
    }

    private static string StoredStance(SearchNode.OfStance of) => Persistence.StoredNames<Domain.Corroborations.Stance>.Of(of.Stance);

    /// <summary>Days since 0001-01-01 of the first day of a date.</summary>
    private static int DayOf(Domain.Kernel.PartialDate date) => (int)(date.First.UtcTicks / TimeSpan.TicksPerDay);

    private static bool IsTagged(string label, string wanted) => string.Equals(label, wanted, StringComparison.OrdinalIgnoreCase);

    private static bool IsIn(string label, string wanted) =>
        label.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) && (label.Length == wanted.Length || label[wanted.Length] == '-');

    /// <summary>Numbers of the sources whose ids stand where names may stand.</summary>
    private static async Task<Dictionary<string, int>> SourcesOf(SearchSession session, IEnumerable<string> names, CancellationToken cancel)
    {
        var ids = names.Where(n => Guid.TryParse(n, out _)).ToLookup(Guid.Parse);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        if (ids.Count > 0)
        {
            await using var command = session.Command("select resource_id, number from search_documents where type = 2 and resource_id = any($1)");
            command.Parameters.Add(new Npgsql.NpgsqlParameter<Guid[]> { TypedValue = [.. ids.Select(i => i.Key)] });
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel))
            {
                foreach (var written in ids[reader.GetGuid(0)])
                {
                    numbers.Add(written, reader.GetInt32(1));
                }
            }
        }

        return numbers;
    }

    private void FindNamed(Dictionary<string, List<string>> names, Dictionary<string, Term> terms, Dictionary<string, int> byId)
    {
        var sources = new DocumentSpace(Session, Lengths, SearchedType.Source);
        foreach (var (name, words) in names)
        {
            // In the names alone: what a description mentions is not what a source is called.
            var called = words.Select(w => sources.Having(terms[w])).Where(m => !m.IsVacuous).ToList();
            var found = called.Count == 0 ? Matches.None : Matches.All(called, sources.ConfigurationOf);
            var numbers = new HashSet<int>();
            if (byId.TryGetValue(name, out var number))
            {
                numbers.Add(number);
            }

            foreach (var key in found.Keys)
            {
                var (segment, section, index) = sources.At(key);
                if (words.All(w => terms[w].IsVacuousIn(section.Configurations[index]) || terms[w].IsInMain(segment, section.First + index)))
                {
                    numbers.Add(section.Numbers[index]);
                }
            }

            _named[name] = KeySet.Of(numbers);
            if (numbers.Count == 0)
            {
                Notes.Add($"No source is called '{name}'.");
            }
        }
    }

    private static bool MayBeSlip(Term term, int found) =>
        term.Alternatives.Count > 0 && term.Alternatives.All(a => a.Lexemes.Length == 1) && term.Typed.Length >= 4 && !term.Typed.Any(char.IsAsciiDigit)
        && (term.Having <= RareWord || found == 0);

    /// <summary>A word as typed, without accents, and as the languages have it.</summary>
    private static List<string> FormsOf(Term term) => [.. term.Alternatives.Select(a => a.Lexemes[0]).Where(l => l.Length is >= 3 and <= 40).Distinct(StringComparer.Ordinal)];

    /// <summary>Null where there are more than a word of that length may have.</summary>
    private static int? SlipsBetween(List<string> forms, string known) => forms
        .Select(f => (Slips: Spelling.Distance(f, known), Most: Spelling.Tolerance(f.Length)))
        .Where(s => s.Slips <= s.Most)
        .Min(s => (int?)s.Slips);

    private async Task LookUpSimilar(CancellationToken cancel)
    {
        foreach (var term in Terms.Where(t => t.Similar.Count > 0))
        {
            term.SimilarTerm = new($"~{term.Typed}", [.. term.Similar.Select(LexemeSequence.Of)], 0);
        }

        var similar = Terms.Select(t => t.SimilarTerm).OfType<Term>().ToList();
        if (similar.Count > 0)
        {
            await TermLookup.Look(Session, similar, _frozen, Notes, cancel);
            similar.ForEach(t => t.Rarity *= Ranking.ApproximateWeight);
            Notes.AddRange(Terms.Where(t => t.SimilarTerm is { Having: > 0 }).Select(t =>
                $"'{t.Typed}' is rare: what has {string.Join(", ", t.Similar)} instead comes last, marked as approximate."));
        }
    }

    private static IEnumerable<SearchNode> All(SearchNode? node) => node switch
    {
        null => [],
        SearchNode.And and => and.Parts.SelectMany(All),
        SearchNode.Or or => or.Parts.SelectMany(All),
        SearchNode.Not not => All(not.Part),
        _ => [node],
    };

    /// <summary>Words and prefixes that are asked for, not those that must be absent.</summary>
    private static IEnumerable<SearchNode> Asked(SearchNode? node) => node switch
    {
        SearchNode.And and => and.Parts.SelectMany(Asked),
        SearchNode.Or or => or.Parts.SelectMany(Asked),
        SearchNode.Words or SearchNode.Prefix => [node],
        _ => [],
    };

    private static string? NameOf(SearchNode node) => node switch
    {
        SearchNode.BySource by => by.Name,
        SearchNode.ByClaimant by => by.Name,
        _ => null,
    };

    private static List<string> WordsOf(string name) => [.. name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(SearchQuery.MaxParts)];

    /// <summary>Whether a document has a label: asked once for each label of a segment, not for each document.</summary>
    private sealed class LabelTest(string wanted, Func<string, string, bool> isMeant)
    {
        private Segment? _segment;
        private bool[] _meant = [];

        public bool Test(Segment segment, Section section, int index)
        {
            if (_segment != segment)
            {
                _segment = segment;
                _meant = [.. segment.Labels.Select(l => l.Length > 0 && isMeant(l, wanted))];
            }

            if (isMeant == IsIn)
            {
                return _meant[section.LanguageOf(index)];
            }

            foreach (var tag in section.TagsOf(index))
            {
                if (_meant[tag])
                {
                    return true;
                }
            }

            return false;
        }
    }
}
