namespace Stemma.Infrastructure.Search;

/// <summary>A row of <c>search_pending</c>.</summary>
/// <param name="Document">Its number in the index: a new one for each change of what it says.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Number">Of the claim or the source, for life; of a corroboration or a review, its claim's.</param>
/// <param name="SourceNumber">Of a claim's claimant, of a corroboration's source, of a review's publisher; 0 for none.</param>
/// <param name="Configuration">Which configuration analysed it.</param>
/// <param name="MainLength">Words, stop words left out, of a claim's text, a source's names, a corroboration's quote, a review's title.</param>
/// <param name="OtherLength">Words of a claim's context, a source's description, a corroboration's attribution and note, a review's rating in words and its explanation.</param>
/// <param name="Day">When it was asserted or published: days since 0001-01-01; <see cref="NoDay"/> where that is not known.</param>
/// <param name="Kind">As stored; empty for corroborations and reviews.</param>
/// <param name="Status">As stored; empty for all but claims.</param>
/// <param name="Language">BCP 47 in lower case; empty where there is none.</param>
/// <param name="Stance">As stored; empty for all but corroborations.</param>
/// <param name="Tags">As written.</param>
/// <param name="Terms">Its words; none where only its attributes were asked for.</param>
internal sealed record IndexedDocument(
    int Document,
    SearchedType Type,
    int Number,
    int SourceNumber,
    byte Configuration,
    int MainLength,
    int OtherLength,
    int Day,
    string Kind,
    string Status,
    string Language,
    string Stance,
    string[] Tags,
    IReadOnlyList<IndexedTerm> Terms)
{
    public const int NoDay = int.MinValue;
}

/// <summary>A word of a document and where it stands: each place is twice its position, plus one outside the main text.</summary>
internal readonly record struct IndexedTerm(string Lexeme, int[] Places);
