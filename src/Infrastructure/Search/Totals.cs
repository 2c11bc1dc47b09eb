using Stemma.Domain.Search;

namespace Stemma.Infrastructure.Search;

/// <summary>How many documents there are, and how long they are together: sums, so that parts add up exactly.</summary>
internal sealed class Totals
{
    private const int Types = (int)SearchedType.Review + 1;

    private readonly long[] _documents = new long[Types];
    private readonly long[] _main = new long[Types];
    private readonly long[] _other = new long[Types];
    private readonly int[] _claims = new int[64];
    private long _quotes;
    private long _titles;

    /// <summary>Of all types.</summary>
    public int Documents => (int)_documents.Sum();

    public int Of(SearchedType type) => (int)_documents[(int)type];

    public void Add(Totals more)
    {
        for (var type = 0; type < Types; type++)
        {
            _documents[type] += more._documents[type];
            _main[type] += more._main[type];
            _other[type] += more._other[type];
        }

        _quotes += more._quotes;
        _titles += more._titles;
        for (var configuration = 0; configuration < _claims.Length; configuration++)
        {
            _claims[configuration] += more._claims[configuration];
        }
    }

    /// <param name="type">What the document is.</param>
    /// <param name="section">Where it is.</param>
    /// <param name="index">Its place there.</param>
    /// <param name="times">1 for one more, -1 for one less.</param>
    public void Add(SearchedType type, Section section, int index, int times)
    {
        _documents[(int)type] += times;
        _main[(int)type] += times * section.Extents[index].Main;
        _other[(int)type] += times * section.Extents[index].Other;
        _claims[section.Configurations[index]] += type == SearchedType.Claim ? times : 0;
        _quotes += type == SearchedType.Corroboration && section.Extents[index].Main > 0 ? times : 0;
        _titles += type == SearchedType.Review && section.Extents[index].Main > 0 ? times : 0;
    }

    /// <summary>The configurations that claims were analysed by, the most frequent first.</summary>
    public IEnumerable<byte> ConfigurationsOfClaims() =>
        Enumerable.Range(0, _claims.Length).Where(c => _claims[c] > 0).OrderByDescending(c => _claims[c]).Select(c => (byte)c);

    /// <summary>The average length of a document of this type, weighted by fields.</summary>
    public float AverageLength(SearchedType type, float otherWeight = Ranking.OtherWeight) =>
        _documents[(int)type] == 0 ? 1 : Math.Max(1, (_main[(int)type] + (otherWeight * _other[(int)type])) / _documents[(int)type]);

    /// <summary>The average length of a quote.</summary>
    public float AverageQuote => _quotes == 0 ? 1 : Math.Max(1, (float)_main[(int)SearchedType.Corroboration] / _quotes);

    /// <summary>The average length of a review's title.</summary>
    public float AverageTitle => _titles == 0 ? 1 : Math.Max(1, (float)_main[(int)SearchedType.Review] / _titles);
}
