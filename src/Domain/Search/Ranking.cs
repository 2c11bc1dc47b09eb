namespace Stemma.Domain.Search;

/// <summary>
/// Okapi BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009), over passages. A claim's own words are one
/// passage, in two fields as in BM25F; each quote of a link is another, and so is each title of a review. For each word of the query a claim scores as its best passage does, so
/// that neither many quotes nor long ones count for more than one good one.
/// </summary>
public static class Ranking
{
    /// <summary>How soon a word's repetition stops counting.</summary>
    public const float K1 = 1.2f;

    /// <summary>How much longer passages must say more.</summary>
    public const float B = 0.75f;

    /// <summary>What a word in the context (a description, a note) counts beside one in the text (a name, a quote).</summary>
    public const float OtherWeight = 0.5f;

    /// <summary>What a quote, or the title of a review, counts for its claim, beside the claim's own words.</summary>
    public const float QuoteWeight = 0.75f;

    /// <summary>What a word nearly so spelt counts beside the word itself.</summary>
    public const float ApproximateWeight = 0.5f;

    /// <summary>How telling a word is: that of a word in every document is near 0.</summary>
    /// <param name="documents">All living documents: claims, corroborations, sources and reviews.</param>
    /// <param name="having">Those that have the word.</param>
    public static float Rarity(int documents, int having) => MathF.Log(1 + ((documents - having + 0.5f) / (having + 0.5f)));

    /// <summary>What a word's frequency in a passage counts: from 0, nearing <see cref="K1"/> + 1.</summary>
    /// <param name="frequency">Weighted by fields.</param>
    /// <param name="length">Words of the passage, weighted by fields; stop words left out.</param>
    /// <param name="averageLength">Of passages of its sort.</param>
    public static float Saturation(float frequency, float length, float averageLength) =>
        frequency * (K1 + 1) / (frequency + (K1 * (1 - B + (B * length / averageLength))));
}
