namespace Stemma.Domain.Search.Matching;

/// <summary>A post with what the text search configuration made of its words, ready to be compared with many claims.</summary>
public sealed class AnalysedPost
{
    private readonly Dictionary<string, PostLexeme> _lexemes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly HashSet<int> _grams = [];
    private readonly HashSet<string> _others;

    private AnalysedPost(PostText text, IReadOnlyDictionary<string, IReadOnlyList<string>> lexemes, WordRarity rarity)
    {
        Text = text;
        Rarity = rarity;
        foreach (var word in text.All)
        {
            var isAuthor = word.Position >= text.Spoken.Count;
            _words.TryAdd(word.Folded, _words.Count);
            CharacterGrams.AddTo(_grams, word.Folded);
            foreach (var lexeme in lexemes.TryGetValue(word.Surface, out var found) ? found : [])
            {
                if (!_lexemes.TryGetValue(lexeme, out var known))
                {
                    _lexemes[lexeme] = known = new PostLexeme(lexeme, word.Surface, _lexemes.Count, rarity.WeightOf(lexeme), isAuthor, word.IsCapitalised && !word.StartsSentence && !isAuthor, []);
                }

                known.Positions.Add(word.Position);
            }
        }

        _others = text.OtherWords.SelectMany(word => lexemes.TryGetValue(word, out var found) ? found : []).ToHashSet(StringComparer.Ordinal);
        Mass = _lexemes.Values.Where(lexeme => !lexeme.IsAuthor).Sum(lexeme => lexeme.Weight);
        TotalMass = _lexemes.Values.Sum(lexeme => lexeme.Weight);
        NamesMass = _lexemes.Values.Where(lexeme => lexeme.IsName).Sum(lexeme => lexeme.Weight);
        Run = [.. text.All.Select(word => _words[word.Folded])];
        Figures = Matching.Figures.In(text.Text);
        Negations = Matching.Negations.In(text.Spoken);
    }

    /// <summary>The cleaned post.</summary>
    public PostText Text { get; }

    internal WordRarity Rarity { get; }

    /// <summary>The weight of the words without the signature's.</summary>
    internal double Mass { get; }

    /// <summary>The weight of all words, the signature's included.</summary>
    internal double TotalMass { get; }

    internal double NamesMass { get; }

    /// <summary>The words in order, each as its number.</summary>
    internal int[] Run { get; }

    internal IReadOnlyList<Figure> Figures { get; }

    internal IReadOnlyList<string> Negations { get; }

    internal IReadOnlyCollection<PostLexeme> Lexemes => _lexemes.Values;

    /// <summary>Joins a cleaned post with the lexemes of its words.</summary>
    /// <param name="text">The cleaned post.</param>
    /// <param name="lexemes">For each of <see cref="PostText.Words"/> and <see cref="PostText.OtherWords"/> its lexemes; none, or no entry, for a stop word.</param>
    /// <param name="rarity">How rare words are among the stored claims.</param>
    public static AnalysedPost Of(PostText text, IReadOnlyDictionary<string, IReadOnlyList<string>> lexemes, WordRarity rarity)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(lexemes);
        ArgumentNullException.ThrowIfNull(rarity);
        return new AnalysedPost(text, lexemes, rarity);
    }

    internal PostLexeme? Find(string lexeme) => _lexemes.GetValueOrDefault(lexeme);

    /// <summary>The number of a word in lower case, or -1 if the post does not have it.</summary>
    internal int NumberOf(string folded) => _words.GetValueOrDefault(folded, -1);

    /// <summary>Whether the post has another word for it.</summary>
    internal bool MayMean(string lexeme) => _others.Contains(lexeme);

    /// <summary>The share of a lexeme's four-letter sequences that the post has.</summary>
    internal double LettersShared(string lexeme) => CharacterGrams.Share(_grams, lexeme);
}

/// <summary>A lexeme of a post.</summary>
/// <param name="Lexeme">The lexeme.</param>
/// <param name="Surface">The first word that it stands for.</param>
/// <param name="Number">Its number among the post's lexemes.</param>
/// <param name="Weight">Its weight by rarity.</param>
/// <param name="IsAuthor">Whether only the signature has it.</param>
/// <param name="IsName">Whether it has a capital inside a sentence.</param>
/// <param name="Positions">Where the post has it.</param>
internal sealed record PostLexeme(string Lexeme, string Surface, int Number, double Weight, bool IsAuthor, bool IsName, List<int> Positions);
