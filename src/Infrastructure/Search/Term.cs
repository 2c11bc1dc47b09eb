namespace Stemma.Infrastructure.Search;

/// <summary>A word, phrase or prefix of a query, and what it comes to in the index.</summary>
/// <param name="Typed">As it was typed.</param>
/// <param name="Alternatives">What it is in the languages that there are; any will do.</param>
/// <param name="Stops">The configurations in which nothing is left of it: one bit for each.</param>
internal sealed record Term(string Typed, IReadOnlyList<LexemeSequence> Alternatives, ulong Stops)
{
    /// <summary>Whether it asks for nothing, being in too many documents beside the others.</summary>
    public bool IsLeftOut { get; set; }

    /// <summary>Of a prefix, what its words begin with.</summary>
    public string? Beginning { get; init; }

    /// <summary>Words nearly so spelt, where it is rare enough to be a slip.</summary>
    public IReadOnlyList<string> Similar { get; set; } = [];

    /// <summary>How rare it is, as the ranking sees it; known once it was looked up.</summary>
    public float Rarity { get; set; }

    /// <summary>Living documents that have it.</summary>
    public int Having { get; set; }

    /// <summary>Where it occurs, segment by segment.</summary>
    public PostingList[] Hits { get; set; } = [];

    /// <summary>Words nearly so spelt count as one more term.</summary>
    public Term? SimilarTerm { get; set; }

    /// <summary>Whether it asks for nothing of a document analysed so.</summary>
    public bool IsVacuousIn(byte configuration) => (Stops >> configuration & 1) != 0;

    /// <summary>Whether it stands in the main text of a document: in a name, not in a description.</summary>
    public bool IsInMain(int segment, int local) =>
        Hits[segment].Locals.BinarySearch(local) is >= 0 and var at && Hits[segment].Frequencies[at] >> 4 > 0;
}

/// <summary>Lexemes in a row, each with its distance from the first; usually one.</summary>
internal sealed record LexemeSequence(string[] Lexemes, int[] Offsets)
{
    public static LexemeSequence Of(string lexeme) => new([lexeme], [0]);

    public bool Equals(LexemeSequence? other) => other is not null && Lexemes.AsSpan().SequenceEqual(other.Lexemes) && Offsets.AsSpan().SequenceEqual(other.Offsets);

    public override int GetHashCode() => Lexemes.Aggregate(Lexemes.Length, HashCode.Combine);
}
