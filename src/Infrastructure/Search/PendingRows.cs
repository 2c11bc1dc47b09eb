using Npgsql;
using NpgsqlTypes;

namespace Stemma.Infrastructure.Search;

/// <summary>Rows of <c>search_pending</c>.</summary>
internal static class PendingRows
{
    public const string Columns = """
        document, type, number, coalesce(source_number, 0), configuration, main_length, other_length, coalesce(day, -2147483648), coalesce(kind, ''),
        coalesce(status, ''), coalesce(language, ''), coalesce(stance, ''), tags
        """;

    /// <summary>Where <c>terms</c> stands behind <see cref="Columns"/>.</summary>
    public const int TermsColumn = 13;

    public static IndexedDocument Read(NpgsqlDataReader reader, IReadOnlyList<IndexedTerm> terms)
    {
        return new(
            reader.GetInt32(0),
            (SearchedType)reader.GetInt16(1),
            reader.GetInt32(2),
            reader.GetInt32(3),
            (byte)reader.GetInt16(4),
            reader.GetInt32(5),
            reader.GetInt32(6),
            reader.GetInt32(7),
            reader.GetString(8),
            reader.GetString(9),
            reader.GetString(10),
            reader.GetString(11),
            reader.GetFieldValue<string[]>(12),
            terms);
    }

    public static List<IndexedTerm> Terms(NpgsqlDataReader reader, int column)
    {
        var vector = reader.GetFieldValue<NpgsqlTsVector>(column);
        var terms = new List<IndexedTerm>(vector.Count);
        foreach (var lexeme in vector)
        {
            var places = new int[lexeme.Count];
            for (var i = 0; i < places.Length; i++)
            {
                places[i] = (lexeme[i].Pos << 1) | (lexeme[i].Weight == NpgsqlTsVector.Lexeme.Weight.A ? 0 : 1);
            }

            terms.Add(new(lexeme.Text, places));
        }

        return terms;
    }
}

/// <summary>A row of <c>search_dead</c>.</summary>
internal readonly record struct DeadDocument(int Document, SearchedType Type, int Number)
{
    public const string Select = "select document, type, number from search_dead";

    public static async Task<List<DeadDocument>> ReadAll(NpgsqlDataReader reader, CancellationToken cancel)
    {
        var dead = new List<DeadDocument>();
        while (await reader.ReadAsync(cancel))
        {
            dead.Add(new(reader.GetInt32(0), (SearchedType)reader.GetInt16(1), reader.GetInt32(2)));
        }

        return dead;
    }
}
