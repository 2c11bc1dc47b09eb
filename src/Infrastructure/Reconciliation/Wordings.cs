using Npgsql;
using Stemma.Domain.Reconciliation;

namespace Stemma.Infrastructure.Reconciliation;

/// <summary>Asks the database, for .NET has no tables of Unicode where globalization is invariant. Accents go as they go in <c>source_names</c>.</summary>
internal sealed class Wordings(NpgsqlDataSource database) : IWordings
{
    private const string Unaccented = "select unaccent(normalize(t, NFC)) from unnest($1) with ordinality u(t, no) order by no";

    private const string Composed = "select normalize(t, NFC) from unnest($1) with ordinality u(t, no) order by no";

    public async Task<Wording> Read(IEnumerable<string> names, IEnumerable<string> texts, CancellationToken cancel)
    {
        string[] accented = [.. names.Where(n => !Wording.IsPlain(n)).Distinct(StringComparer.Ordinal)];
        string[] open = [.. texts.Where(t => !Wording.IsComposed(t)).Distinct(StringComparer.Ordinal)];
        if (accented.Length + open.Length == 0)
        {
            return new(new Dictionary<string, string>(), new Dictionary<string, string>());
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(Unaccented) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = accented } } });
        batch.BatchCommands.Add(new(Composed) { Parameters = { new NpgsqlParameter<string[]> { TypedValue = open } } });
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        var unaccented = await Pairs(accented, reader, cancel);
        await reader.NextResultAsync(cancel);
        return new(unaccented, await Pairs(open, reader, cancel));
    }

    private static async Task<Dictionary<string, string>> Pairs(string[] texts, NpgsqlDataReader reader, CancellationToken cancel)
    {
        var pairs = new Dictionary<string, string>(texts.Length, StringComparer.Ordinal);
        foreach (var text in texts)
        {
            await reader.ReadAsync(cancel);
            pairs.Add(text, reader.GetString(0));
        }

        return pairs;
    }
}
