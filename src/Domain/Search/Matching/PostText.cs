using System.Net;
using System.Text;

namespace Stemma.Domain.Search.Matching;

/// <summary>
/// What a social-media post, headline or paragraph says, without its trappings: no links, hashtags and handles split into words,
/// HTML entities and typographic quotes made plain, and the signature "— Name (@handle) January 6, 2020" told apart.
/// </summary>
public sealed class PostText
{
    /// <summary>How many words of a post count; the rest is not read.</summary>
    public const int MaxWords = 300;

    // Longer input is cut: it bounds the work whatever is sent.
    private const int MaxLength = 10_000;

    private static readonly string[] LinkStarts = ["https://", "http://", "pic.twitter.com/", "www.", "t.co/", "bit.ly/"];

    private static readonly string[] Months =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private PostText(string text, string author)
    {
        Text = text;
        Author = author;
        Spoken = Word.In(text, MaxWords);
        var spokenBy = Word.In(author, MaxWords - Spoken.Count);
        All = [.. Spoken, .. spokenBy.Select(word => word with { Position = word.Position + Spoken.Count + Gap })];
        Words = All.Select(word => word.Surface).Distinct(StringComparer.Ordinal).ToArray();
        OtherWords = All.SelectMany(word => Synonyms.Of(word.Folded)).Distinct(StringComparer.Ordinal).Except(Words).ToArray();
    }

    /// <summary>The post's own words as plain text.</summary>
    public string Text { get; }

    /// <summary>The names and handles that sign the post or the posts quoted in it; empty when nothing is signed.</summary>
    public string Author { get; }

    /// <summary>The distinct words to be looked up in the text search configuration, as written, at most <see cref="MaxWords"/>.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Other words for what the post says, to be looked up too; they only help to re-rank.</summary>
    public IReadOnlyList<string> OtherWords { get; }

    /// <summary>The words of <see cref="Text"/> in order.</summary>
    internal IReadOnlyList<Word> Spoken { get; }

    /// <summary>The words of <see cref="Text"/>, then those of <see cref="Author"/>, well apart from them.</summary>
    internal IReadOnlyList<Word> All { get; }

    // So many places lie between the post and its author's name that they never count as neighbours.
    private const int Gap = 100;

    /// <summary>Cleans a post. Takes time linear in its length; what goes beyond 10,000 characters is not read.</summary>
    /// <param name="post">The post as received.</param>
    public static PostText Of(string post)
    {
        ArgumentNullException.ThrowIfNull(post);
        var plain = WithoutLinks(Plain(post.Length > MaxLength ? post[..MaxLength] : post));
        var (text, author) = WithoutSignatures(plain);
        return new PostText(WithTagsSplit(text).Trim(), WithTagsSplit(author).Trim());
    }

    // Entities decoded, typographic quotes and dashes made plain, invisible characters dropped.
    private static string Plain(string post)
    {
        var plain = new StringBuilder(post.Length);
        foreach (var letter in WebUtility.HtmlDecode(post))
        {
            _ = letter switch
            {
                '‘' or '’' or '‛' or 'ʼ' or '´' or '`' => plain.Append('\''),
                '“' or '”' or '„' or '«' or '»' or '‟' => plain.Append('"'),
                '–' or '—' or '―' => plain.Append('—'),
                '‐' or '‑' => plain.Append('-'),
                '\u00ad' or '\u200b' or '\u200c' or '\u200d' or '\u2060' or '\ufeff' or '\u2063' or '\ufe0f' => plain,
                '\u00a0' or '\u202f' or '\u2009' => plain.Append(' '),
                '\uff03' => plain.Append('#'),
                '\uff20' => plain.Append('@'),
                _ => plain.Append(letter),
            };
        }

        return plain.ToString();
    }

    // A link may be glued to the word before it (#Iranpic.twitter.com/x); it ends at a blank, a quote, a bracket or another handle.
    private static string WithoutLinks(string text)
    {
        var kept = new StringBuilder(text.Length);
        var i = 0;
        while (i < text.Length)
        {
            var start = LinkAt(text, i);
            if (start is null)
            {
                kept.Append(text[i++]);
                continue;
            }

            i += start.Length;
            while (i < text.Length && !char.IsWhiteSpace(text[i]) && text[i] is not ('"' or '<' or '>' or ')' or ']' or '@' or '—'))
            {
                i++;
            }

            kept.Append(' ');
        }

        return kept.ToString();
    }

    private static string? LinkAt(string text, int at)
    {
        if (text[at] is not ('h' or 'H' or 'p' or 'P' or 'w' or 'W' or 't' or 'b'))
        {
            return null;
        }

        foreach (var start in LinkStarts)
        {
            // A short host without a scheme must not be the end of a word: "bit.ly/x", not "rabbit.ly/x".
            var isGlued = at > 0 && char.IsLetterOrDigit(text[at - 1]);
            if (string.Compare(text, at, start, 0, start.Length, StringComparison.OrdinalIgnoreCase) == 0
                && (!isGlued || start[0] is 'h' or 'p'))
            {
                return start;
            }
        }

        return null;
    }

    // "— Name (@handle) January 6, 2020": the name and handle go to the author, the date of posting is dropped.
    private static (string Text, string Author) WithoutSignatures(string text)
    {
        const int maxName = 80;
        var kept = new StringBuilder(text.Length);
        var author = new StringBuilder();
        var done = 0;
        for (var at = text.IndexOf("(@", StringComparison.Ordinal); at >= 0; at = text.IndexOf("(@", at + 2, StringComparison.Ordinal))
        {
            var close = text.IndexOf(')', at, Math.Min(40, text.Length - at));
            var dash = at == 0 ? -1 : text.LastIndexOf('—', at - 1, Math.Min(maxName, at));
            if (close < 0 || dash < done)
            {
                continue;
            }

            kept.Append(text, done, dash - done).Append('\n');
            author.Append(text, dash + 1, close - dash).Append('\n');
            done = close + 1 + DateLength(text.AsSpan(close + 1));
        }

        return (kept.Append(text, done, text.Length - done).ToString(), author.ToString());
    }

    private static int DateLength(ReadOnlySpan<char> rest)
    {
        var i = Blanks(rest, 0);
        foreach (var month in Months)
        {
            if (!rest[i..].StartsWith(month, StringComparison.Ordinal))
            {
                continue;
            }

            i = Digits(rest, Blanks(rest, i + month.Length));
            i = i < rest.Length && rest[i] == ',' ? i + 1 : i;
            return Digits(rest, Blanks(rest, i));
        }

        return 0;

        static int Blanks(ReadOnlySpan<char> text, int i)
        {
            for (; i < text.Length && char.IsWhiteSpace(text[i]); i++)
            {
            }

            return i;
        }

        static int Digits(ReadOnlySpan<char> text, int i)
        {
            for (; i < text.Length && char.IsAsciiDigit(text[i]); i++)
            {
            }

            return i;
        }
    }

    // #FreeIran2020 -> Free Iran 2020, @realDonaldTrump -> real Donald Trump, #NATOSummit -> NATO Summit; the marks themselves go.
    private static string WithTagsSplit(string text)
    {
        var split = new StringBuilder(text.Length + 32);
        var isTag = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (letter is '#' or '@')
            {
                isTag = true;
                split.Append(' ');
                continue;
            }

            isTag &= char.IsLetterOrDigit(letter) || letter == '_';
            if (isTag && letter == '_')
            {
                split.Append(' ');
                continue;
            }

            if (isTag && i > 0 && IsSeam(text, i))
            {
                split.Append(' ');
            }

            split.Append(letter);
        }

        return split.ToString();
    }

    private static bool IsSeam(string text, int at)
    {
        var (before, letter) = (text[at - 1], text[at]);
        if (!char.IsLetterOrDigit(before))
        {
            return false;
        }

        var isMc = before == 'c' && at > 1 && text[at - 2] == 'M';
        var nextIsLower = at + 1 < text.Length && char.IsLower(text[at + 1]);
        return (char.IsLower(before) && char.IsUpper(letter) && !isMc)
            || (char.IsUpper(before) && char.IsUpper(letter) && nextIsLower)
            || char.IsDigit(before) != char.IsDigit(letter);
    }
}
