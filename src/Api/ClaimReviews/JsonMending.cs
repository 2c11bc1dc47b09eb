using System.Buffers;
using System.Globalization;
using System.Text;

namespace Stemma.Api.ClaimReviews;

/// <summary>
/// Mends JSON that is nearly JSON, byte for byte: raw control characters in strings are escaped, escapes that there are not lose their backslash, halves of
/// surrogate pairs become U+FFFD; between the values, the wrappings of scripts of comments and CDATA and semicolons go. What a comma
/// too many or a comment is, the reader knows itself.
/// </summary>
internal static class JsonMending
{
    /// <summary>How long what stands for a line break in a string is.</summary>
    public const int EscapeLength = 6;

    /// <summary>Where lines end.</summary>
    public static List<int> Newlines(ReadOnlySpan<byte> json)
    {
        List<int> newlines = [];
        for (var i = 0; i < json.Length; i++)
        {
            if (json[i] == '\n')
            {
                newlines.Add(i);
            }
        }

        return newlines;
    }

    /// <returns>The mended text, and where in it a line of the given one ended.</returns>
    public static (byte[] Json, List<int> Newlines) Mend(ReadOnlySpan<byte> json)
    {
        var mended = new Mended(json.Length + 256);
        for (var i = 0; i < json.Length;)
        {
            i = json[i] == '"' ? MendString(json, i, mended) : MendBetween(json, i, mended);
        }

        return (mended.Into.WrittenSpan.ToArray(), mended.Newlines);
    }

    private static int MendBetween(ReadOnlySpan<byte> json, int i, Mended mended)
    {
        var rest = json[i..];
        if (Wrapping(rest) is > 0 and var length)
        {
            return i + length;
        }

        if (rest[0] == '/' && Comment(rest, mended) is > 0 and var comment)
        {
            foreach (var newline in Newlines(rest[..comment]))
            {
                mended.Newlines.Add(mended.Into.WrittenCount);
                mended.Into.Write("\n"u8);
            }

            return i + comment;
        }

        if (rest[0] == '\n')
        {
            mended.Newlines.Add(mended.Into.WrittenCount);
        }

        mended.Into.Write(rest[..1]);
        return i + 1;
    }

    private static int Wrapping(ReadOnlySpan<byte> rest) =>
        rest.StartsWith("<!--"u8) ? 4 : rest.StartsWith("-->"u8) ? 3 : rest.StartsWith("<![CDATA["u8) ? 9 : rest.StartsWith("]]>"u8) ? 3 : rest[0] == ';' ? 1 : 0;

    /// <summary>The length of the comment that begins here; of one to the end of the line, only where it comments out no wrapping.</summary>
    private static int Comment(ReadOnlySpan<byte> rest, Mended mended)
    {
        if (rest.StartsWith("//"u8))
        {
            return rest[2..].TrimStart(" "u8).StartsWith("<![CDATA["u8) ? 2 : rest.IndexOf((byte)'\n') is >= 0 and var end ? end : rest.Length;
        }

        if (mended.IsLastCommentClosed || !rest.StartsWith("/*"u8))
        {
            return 0;
        }

        if (rest[2..].IndexOf("*/"u8) is >= 0 and var close)
        {
            return close + 4;
        }

        mended.IsLastCommentClosed = true;
        return 0;
    }

    /// <returns>Behind its closing quotation mark.</returns>
    private static int MendString(ReadOnlySpan<byte> json, int i, Mended mended)
    {
        mended.Into.Write("\""u8);
        for (i++; i < json.Length;)
        {
            var at = json[i];
            if (at == '\\')
            {
                i = MendEscape(json, i, mended);
                continue;
            }

            if (at < ' ')
            {
                if (at == '\n')
                {
                    mended.Newlines.Add(mended.Into.WrittenCount);
                }

                mended.Into.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\\u{at:x4}")));
                i++;
                continue;
            }

            mended.Into.Write(json.Slice(i++, 1));
            if (at == '"')
            {
                break;
            }
        }

        return i;
    }

    private static int MendEscape(ReadOnlySpan<byte> json, int i, Mended mended)
    {
        var next = i + 1 < json.Length ? json[i + 1] : (byte)0;
        if (next != 'u')
        {
            if ("\"\\/bfnrt"u8.Contains(next))
            {
                mended.Into.Write(json.Slice(i, 2));
                return i + 2;
            }

            // The backslash goes, and what it stood before is seen to by itself.
            return i + 1;
        }

        if (UnitAt(json, i) is not { } unit)
        {
            return i + 1;
        }

        if (!char.IsSurrogate(unit))
        {
            mended.Into.Write(json.Slice(i, 6));
            return i + 6;
        }

        if (char.IsHighSurrogate(unit) && UnitAt(json, i + 6) is { } low && char.IsLowSurrogate(low))
        {
            mended.Into.Write(json.Slice(i, 12));
            return i + 12;
        }

        mended.Into.Write("\uFFFD"u8);
        return i + 6;
    }

    private static char? UnitAt(ReadOnlySpan<byte> json, int i) =>
        i + 6 <= json.Length && json[i] == '\\' && json[i + 1] == 'u' && ushort.TryParse(json.Slice(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit)
            ? (char)unit
            : null;

    private sealed class Mended(int capacity)
    {
        public ArrayBufferWriter<byte> Into { get; } = new(capacity);

        public List<int> Newlines { get; } = [];

        /// <summary>Whether no comment ends any more: it is not looked for again.</summary>
        public bool IsLastCommentClosed { get; set; }
    }
}
