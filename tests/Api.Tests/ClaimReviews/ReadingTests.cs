using System.Text.Json.Nodes;
using Stemma.Api.ClaimReviews;
using Stemma.Api.Hosting;
using Stemma.Api.Hosting.Exchange;
using Stemma.Api.Tests.OpenApi;
using Stemma.Domain.Reviews;
using Xunit;

namespace Stemma.Api.Tests.ClaimReviews;

/// <summary>Dates, languages and the words of ratings.</summary>
public sealed class ReadingTests
{
    [Theory]
    [InlineData("2020", "2020", false)]
    [InlineData("2020-06", "2020-06", false)]
    [InlineData("2020-06-23", "2020-06-23", false)]
    [InlineData("2020-06-23 20:02", "2020-06-23", true)]
    [InlineData("2020-08-31 17:22:16", "2020-08-31", true)]
    [InlineData("2020-06-16T20:15:35+05:30", "2020-06-16T14:45:35Z", false)]
    [InlineData("2020-06-16T20:15:35.123+0530", "2020-06-16T14:45:35Z", false)]
    [InlineData("2020-06-16T02:15+05:30", "2020-06-15T20:45:00Z", false)]
    [InlineData("2020-06-16T20:15:35Z", "2020-06-16T20:15:35Z", false)]
    [InlineData("2020-06-16 20:15:35 UTC", "2020-06-16T20:15:35Z", false)]
    [InlineData("2021-7-16", "2021-07-16", true)]
    [InlineData("Tue, 16 Jun 2020 20:15:35 GMT", "2020-06-16T20:15:35Z", false)]
    [InlineData("July 16, 2021", "2021-07-16", true)]
    [InlineData("16 July 2021", "2021-07-16", true)]
    [InlineData("July 2021", "2021-07", true)]
    [InlineData("16/07/2021", null, true)]
    [InlineData("2021-02-30", null, true)]
    [InlineData("0001-01-01T00:00:00+14:00", "0001-01-01", true)]
    [InlineData("9999-12-31T23:59:59-14:00", "9999-12-31", true)]
    [InlineData("yesterday", null, true)]
    public void Dates(string text, string? date, bool isGuessed)
    {
        Assert.Equal(date, PublishedDate.Read(text, out var guessed));
        Assert.Equal(isGuessed, guessed is not null);
    }

    [Theory]
    [InlineData("FALSE", Verdict.False)]
    [InlineData("False: the picture is of 2013", Verdict.False)]
    [InlineData("FALSO: As imagens foram retiradas de um vídeo.", Verdict.False)]
    [InlineData("Rating: Half-True.", Verdict.Mixed)]
    [InlineData("“Engañoso”", Verdict.Mixed)]
    [InlineData("Verdadero, pero…", Verdict.MostlyTrue)]
    [InlineData("❌ Faux", Verdict.False)]
    [InlineData("صحيح جزئيًا", Verdict.Mixed)]
    [InlineData("फ़र्ज़ी", Verdict.False)]
    [InlineData("Größtenteils falsch", Verdict.MostlyFalse)]
    [InlineData("C’est vrai", Verdict.True)]
    [InlineData("Unbelegt", Verdict.Unproven)]
    [InlineData("Satire", Verdict.Other)]
    [InlineData("Fact-check – False", Verdict.False)]
    [InlineData("FACT-CHECK | False", Verdict.False)]
    [InlineData("Fact-check by Checkers: False", Verdict.False)]
    [InlineData("Fact check, false", Verdict.False)]
    [InlineData("Our verdict - Mostly false", Verdict.MostlyFalse)]
    [InlineData("Fact-check | Rating: Half true", Verdict.Mixed)]
    [InlineData("Rating: False: the picture is of 2013", Verdict.False)]
    [InlineData("Verdict—True", Verdict.True)]
    [InlineData("Fact-check", null)]
    [InlineData("Fact-check by True", null)]
    [InlineData("Fact", null)]
    [InlineData("Fact: it was closed", null)]
    [InlineData("Real-looking fake", null)]
    [InlineData("Legit-looking scam", null)]
    [InlineData("Vrai-faux", null)]
    [InlineData("True-ish", null)]
    [InlineData("False, for it is of 2013", Verdict.False)]
    [InlineData("False - it is of 2013", Verdict.False)]
    [InlineData("False- it is of 2013", Verdict.False)]
    [InlineData("False -it is of 2013", Verdict.False)]
    [InlineData("False – it is of 2013", Verdict.False)]
    [InlineData("False—it is of 2013", Verdict.False)]
    [InlineData("False | Checkers", Verdict.False)]
    [InlineData("False|Checkers", Verdict.False)]
    [InlineData("False (it is of 2013)", Verdict.False)]
    [InlineData("False\nIt is of 2013", Verdict.False)]
    [InlineData("- False: it is of 2013", Verdict.False)]
    [InlineData("The picture is of 2013 | False", null)]
    [InlineData("Not false", null)]
    [InlineData("…", null)]
    [InlineData("", null)]
    public void Words(string rating, Verdict? verdict) => Assert.Equal(verdict, RatingWords.VerdictOf(rating));

    [Theory]
    [InlineData("5", null, null, Verdict.True)]
    [InlineData("4.6", null, null, Verdict.True)]
    [InlineData("4.59", null, null, Verdict.MostlyTrue)]
    [InlineData("3.6", null, null, Verdict.MostlyTrue)]
    [InlineData("3.59", null, null, Verdict.Mixed)]
    [InlineData("3", null, null, Verdict.Mixed)]
    [InlineData("2.41", null, null, Verdict.Mixed)]
    [InlineData("2.4", null, null, Verdict.MostlyFalse)]
    [InlineData("1.41", null, null, Verdict.MostlyFalse)]
    [InlineData("1.4", null, null, Verdict.False)]
    [InlineData("1", null, null, Verdict.False)]
    [InlineData("1", "1", "5", Verdict.True)]
    [InlineData("2", "1", "5", Verdict.MostlyTrue)]
    [InlineData("3", "1", "5", Verdict.Mixed)]
    [InlineData("4", "1", "5", Verdict.MostlyFalse)]
    [InlineData("5", "1", "5", Verdict.False)]
    [InlineData("0", "10", "-10", Verdict.Mixed)]
    [InlineData("5.0E0", "1e1", "0E+0", Verdict.Mixed)]
    [InlineData("\"5e0\"", "\"5.0E0\"", null, Verdict.True)]
    [InlineData("6", null, null, null)]
    [InlineData("0", null, null, null)]
    [InlineData("1e999", null, null, null)]
    [InlineData("\"1e999\"", null, null, null)]
    [InlineData("3", "3", "3", null)]
    public void Verdicts_of_numbers(string value, string? best, string? worst, Verdict? verdict)
    {
        var json = $$"""{"@type":"Rating","alternateName":"","ratingValue":{{value}},"bestRating":{{best ?? "null"}},"worstRating":{{worst ?? "null"}}}""";
        var notes = new Notes(new RowWarnings(), 1);
        var read = new PublishedRating(new Node(JsonNode.Parse(json), Place.Root), new Fields(new SharedValues(), notes), notes).Read();
        Assert.Equal(verdict, read.Failed(out _) ? null : read.Value.Verdict);
    }

    [Theory]
    [InlineData("The picture is not of the bridge, and it was taken in 2013.", "en")]
    [InlineData("El video no es de la manifestación en Madrid.", "es")]
    [InlineData("Não é verdade que o vídeo mostra uma manifestação em São Paulo.", "pt")]
    [InlineData("Das Bild ist nicht von der Brücke.", "de")]
    [InlineData("Cette photo ne montre pas le pont.", "fr")]
    [InlineData("La foto non è del ponte, ed è stata scattata nel 2013.", "it")]
    [InlineData("الصورة ليست من الجسر", "ar")]
    [InlineData("यह तस्वीर पुल की नहीं है", "hi")]
    [InlineData("240 Mrd. USD", null)]
    public void Languages(string text, string? language) => Assert.Equal(language, LanguageGuess.Of(text));

    [Fact]
    public void The_documented_table_of_ratings_is_the_one_that_counts()
    {
        var documented = File.ReadLines(Repository.PathOf("docs", "claimreview.md")).TakeWhile(line => line != "## Out")
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(row => row is ["", ['`', .., '`'], _, ""])
            .SelectMany(row => row[2].Split(", ").Select(word => (row[1].Trim('`'), word))).ToList();

        Assert.Equal(RatingWords.Rows.SelectMany(r => r.Words.Split(", ").Select(word => (EnumNames<Verdict>.Of(r.Verdict), word))), documented);
        Assert.All(documented, row => Assert.Equal(EnumNames<Verdict>.Parse(row.Item1), RatingWords.VerdictOf(row.word)));
    }

    [Fact]
    public void What_differs_only_in_quotation_marks_case_and_spaces_is_the_same_claim()
    {
        var claimant = PublishedId.OfName("Ann  LEE");
        Assert.Equal(PublishedId.OfName("ann lee"), claimant);
        Assert.Equal(PublishedId.OfClaim("“The bridge  was closed.”", claimant, "en-GB"), PublishedId.OfClaim("the bridge was closed", claimant, "EN"));
        Assert.NotEqual(PublishedId.OfClaim("It fell by -5%", null, null), PublishedId.OfClaim("It fell by 5%", null, null));
        Assert.NotEqual(PublishedId.OfClaim("The bridge was closed", claimant, "en"), PublishedId.OfClaim("The bridge was closed", null, "en"));
    }
}
