using System.Globalization;
using System.Text;

namespace Stemma.Bench.Retrieval;

/// <summary>A stored claim as the data set has it.</summary>
internal sealed record StoredClaim(int Id, string Text, string Context);

/// <summary>A post with the claims that it is judged to repeat.</summary>
internal sealed record JudgedPost(int Id, string Text, IReadOnlySet<int> Relevant);

/// <summary>Reads the files of the claim-retrieval data set.</summary>
internal static class DataSet
{
    public static IReadOnlyList<StoredClaim> Claims(string folder) =>
        [.. Rows(Path.Combine(folder, "verified_claims.docs.tsv")).Skip(1).Select(row => new StoredClaim(Number(row[0]), row[1], row[2]))];

    public static IReadOnlyList<JudgedPost> Posts(string folder, string part)
    {
        var relevant = File.ReadLines(Path.Combine(folder, part, "tweet-vclaim-pairs.qrels"))
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row.Length == 4 && row[3] != "0")
            .ToLookup(row => Number(row[0]), row => Number(row[2]));
        return
        [
            .. Rows(Path.Combine(folder, part, "tweets.queries.tsv")).Skip(1)
                .Select(row => new JudgedPost(Number(row[0]), row[1], relevant[Number(row[0])].ToHashSet()))
                .Where(post => post.Relevant.Count > 0),
        ];
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    // Tab-separated values with the quoting of CSV: a field may hold line ends and doubled quotes.
    private static IEnumerable<string[]> Rows(string file)
    {
        var text = File.ReadAllText(file);
        var row = new List<string>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (isQuoted)
            {
                if (letter != '"')
                {
                    field.Append(letter);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (letter == '"' && field.Length == 0)
            {
                isQuoted = true;
            }
            else if (letter is '\t' or '\n')
            {
                row.Add(field.ToString());
                field.Clear();
                if (letter == '\n')
                {
                    yield return [.. row];
                    row.Clear();
                }
            }
            else if (letter != '\r')
            {
                field.Append(letter);
            }
        }

        if (row.Count > 0)
        {
            row.Add(field.ToString());
            yield return [.. row];
        }
    }
}
