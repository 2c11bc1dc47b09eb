using System.Globalization;
using Stemma.Domain.Corroborations;
using Stemma.Domain.Kernel;

namespace Stemma.Domain.Search;

/// <summary>
/// Reads a query from left to right, once. <c>or</c> joins its two neighbours, closer than words that merely follow each other; a group that is not
/// closed ends with the text; a bracket that closes nothing, an operator without neighbours and an empty field are passed over.
/// </summary>
internal sealed class SearchQueryParser(string text)
{
    private const int MaxDepth = 16;

    private static readonly string[] StanceNames = [.. Enum.GetNames<Stance>().Select(n => n.ToLowerInvariant())];

    private readonly List<string> _notes = [];
    private int _at;
    private int _parts;

    public SearchQuery Parse()
    {
        var all = new List<SearchNode>();
        while (_at < text.Length)
        {
            if (Sequence(0) is { } part)
            {
                all.Add(part);
            }

            // A bracket that closes nothing.
            _at++;
        }

        if (_parts > SearchQuery.MaxParts)
        {
            _notes.Add($"Only the first {SearchQuery.MaxParts} words and fields were searched for.");
        }

        return new(Flat(all), [.. _notes.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>Up to the end of the text, or the bracket that ends the group.</summary>
    private SearchNode? Sequence(int depth)
    {
        var all = new List<SearchNode>();
        var joins = false;
        while (Skip() && text[_at] != ')')
        {
            if (IsOr())
            {
                joins = all.Count > 0;
                continue;
            }

            var part = Part(depth);
            if (part is not null && joins)
            {
                all[^1] = all[^1] is SearchNode.Or or ? new SearchNode.Or([.. or.Parts, part]) : new SearchNode.Or([all[^1], part]);
            }
            else if (part is not null)
            {
                all.Add(part);
            }

            joins &= part is null;
        }

        return Flat(all);
    }

    private static SearchNode? Flat(List<SearchNode> parts) => parts.Count switch
    {
        0 => null,
        1 => parts[0],
        _ => new SearchNode.And([.. parts.SelectMany(p => p is SearchNode.And and ? and.Parts : [p])]),
    };

    private SearchNode? Part(int depth)
    {
        if (text[_at] == '-' && _at + 1 < text.Length && !char.IsWhiteSpace(text[_at + 1]))
        {
            _at++;
            return depth < MaxDepth && text[_at] is not ('-' or ')') && Part(depth + 1) is { } without ? new SearchNode.Not(without) : null;
        }

        if (text[_at] == '(')
        {
            _at++;
            if (depth >= MaxDepth)
            {
                return null;
            }

            var group = Sequence(depth + 1);
            _at++;
            return group;
        }

        if (IsQuote(text[_at]))
        {
            return Counted(Phrase() is { } phrase ? new SearchNode.Words(phrase, IsPhrase: true) : null);
        }

        var word = Word();
        if (_at < text.Length && text[_at] == ':' && IsField(word))
        {
            _at++;
            return Counted(Field(word.ToLowerInvariant()));
        }

        // A colon that makes no field belongs to the word: 12:30, https://…
        while (_at < text.Length && text[_at] == ':')
        {
            _at++;
            word += ":" + Word();
        }

        var prefix = word.TrimEnd('*');
        return Counted(
            !HasText(prefix) ? null
            : prefix.Length < word.Length ? new SearchNode.Prefix(prefix)
            : new SearchNode.Words(word, IsPhrase: false));
    }

    private SearchNode? Counted(SearchNode? part) => part is not null && ++_parts > SearchQuery.MaxParts ? null : part;

    private SearchNode? Field(string name)
    {
        var value = _at < text.Length && IsQuote(text[_at]) ? Phrase() ?? "" : Value();
        if (!HasText(value))
        {
            _notes.Add($"{name}: has no value and was passed over.");
            return null;
        }

        switch (name)
        {
            case "source":
                return new SearchNode.BySource(value);
            case "claimant":
                return new SearchNode.ByClaimant(value);
            case "tag":
                return new SearchNode.Tagged(value);
            case "lang" or "language":
                return new SearchNode.InLanguage(value);
            case "kind":
                return new SearchNode.OfKind(value);
            case "status":
                return new SearchNode.OfStatus(value);
            case "year" when value.Length == 4 && PartialDate.TryParse(value, out var year):
                var following = (int.Parse(value, CultureInfo.InvariantCulture) + 1).ToString("0000", CultureInfo.InvariantCulture);
                return PartialDate.TryParse(following, out var next)
                    ? new SearchNode.And([new SearchNode.After(year), new SearchNode.Before(next)])
                    : new SearchNode.After(year);
            case "stance" when Array.IndexOf(StanceNames, value.ToLowerInvariant()) is >= 0 and var stance:
                return new SearchNode.OfStance(Enum.GetValues<Stance>()[stance]);
            case "after" or "before" when PartialDate.TryParse(value, out var date):
                return name == "after" ? new SearchNode.After(date) : new SearchNode.Before(date);
            default:
                _notes.Add(name == "stance"
                    ? $"'{value}' is no stance ({string.Join(", ", StanceNames)}); it was searched for as a word."
                    : $"'{value}' is no date such as 2024, 2024-05 or 2024-05-16; it was searched for as a word.");
                return new SearchNode.Words(value, IsPhrase: false);
        }
    }

    /// <summary>Up to the quote that closes it, or the end of the text.</summary>
    private string? Phrase()
    {
        var start = ++_at;
        while (_at < text.Length && !IsQuote(text[_at]))
        {
            _at++;
        }

        var phrase = text[start..Math.Min(_at, text.Length)].Trim();
        _at++;
        return HasText(phrase) ? phrase : null;
    }

    private string Word() => Take(static c => c is ':' or '(' or ')' || IsQuote(c));

    /// <summary>A field's value may have colons in it.</summary>
    private string Value() => Take(static c => c is '(' or ')' || IsQuote(c));

    private string Take(Func<char, bool> ends)
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !ends(text[_at]))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool IsOr()
    {
        var length = text[_at] == '|' ? 1 : 2;
        if ((length == 2 && string.Compare(text, _at, "or", 0, 2, StringComparison.OrdinalIgnoreCase) != 0)
            || (_at + length < text.Length && !char.IsWhiteSpace(text[_at + length]) && text[_at + length] is not ('(' or ')')))
        {
            return false;
        }

        _at += length;
        return true;
    }

    private bool Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length;
    }

    private static bool IsField(string name) => name.ToLowerInvariant() is "source" or "claimant" or "stance" or "tag" or "lang" or "language" or "after" or "before"
        or "kind" or "status" or "year";

    private static bool IsQuote(char c) => c is '"' or '“' or '”' or '„' or '«' or '»';

    private static bool HasText(string value) => value.Any(c => !char.IsPunctuation(c) && !char.IsSymbol(c) && !char.IsWhiteSpace(c) && !char.IsControl(c));
}
