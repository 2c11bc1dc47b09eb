using System.Text;
using Stemma.Api.Hosting;

namespace Stemma.Api.Tables;

/// <summary>Which member each column of somebody else's table is: <c>Statement:text,Speaker:claimantId.sheet,Notes:</c>.</summary>
internal static class Mapping
{
    /// <summary>The most characters of it.</summary>
    public const int MaxLength = 10_000;

    /// <returns>Member by header; empty for a column that is left out.</returns>
    public static Dictionary<string, string> Read(string? text, QueryReader read)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal);
        if (text is null)
        {
            return members;
        }

        if (text.Length > MaxLength)
        {
            read.Fault<string>("mapping", $"must have at most {MaxLength} characters");
            return members;
        }

        foreach (var pair in Split(text, ','))
        {
            var parts = Split(pair, ':');
            if (parts.Count != 2 || Unescape(parts[0]).Trim() is not { Length: > 0 } header)
            {
                read.Fault<string>("mapping", $"'{pair}' is not Header:member");
            }
            else if (!members.TryAdd(header, Unescape(parts[1]).Trim()))
            {
                read.Fault<string>("mapping", $"'{header}' is there twice");
            }
        }

        return members;
    }

    /// <summary>At separators that no backslash stands before; backslashes stay.</summary>
    private static List<string> Split(string text, char separator)
    {
        var parts = new List<string>();
        var from = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\')
            {
                i++;
            }
            else if (text[i] == separator)
            {
                parts.Add(text[from..i]);
                from = i + 1;
            }
        }

        parts.Add(text[from..]);
        return parts;
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            plain.Append(text[i] == '\\' && i + 1 < text.Length ? text[++i] : text[i]);
        }

        return plain.ToString();
    }
}
