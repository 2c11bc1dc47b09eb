using System.Globalization;
using FsCheck.Xunit;
using Stemma.Domain.Kernel;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class PartialDateTests
{
    [Theory]
    [InlineData("2024", "2024-01-01T00:00:00.000000Z", "2024-12-31T23:59:59.999999Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00.000000Z", "2024-02-29T23:59:59.999999Z")]
    [InlineData("2023-02", "2023-02-01T00:00:00.000000Z", "2023-02-28T23:59:59.999999Z")]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.000000Z", "2024-02-29T23:59:59.999999Z")]
    [InlineData("2024-05-16T09:30:00Z", "2024-05-16T09:30:00.000000Z", "2024-05-16T09:30:00.000000Z")]
    [InlineData("2024-05-16T09:30:00.5Z", "2024-05-16T09:30:00.500000Z", "2024-05-16T09:30:00.500000Z")]
    [InlineData("2024-05-16T09:30:00.123456789Z", "2024-05-16T09:30:00.123456Z", "2024-05-16T09:30:00.123456Z")]
    [InlineData("0001", "0001-01-01T00:00:00.000000Z", "0001-12-31T23:59:59.999999Z")]
    [InlineData("9999", "9999-01-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData("9999-12", "9999-12-01T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")]
    [InlineData("9999-12-31", "9999-12-31T00:00:00.000000Z", "9999-12-31T23:59:59.999999Z")]
    public void Its_span_runs_from_its_first_to_its_last_instant(string text, string first, string last)
    {
        var date = PartialDate.Parse(text);

        Assert.Equal(first, Written(date.First));
        Assert.Equal(last, Written(date.Last));
        Assert.Equal(TimeSpan.Zero, date.First.Offset);
        Assert.Equal(text, date.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("24")]
    [InlineData("0000")]
    [InlineData("-2024")]
    [InlineData("12024")]
    [InlineData("2024-13")]
    [InlineData("2024-00")]
    [InlineData("2024-5")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2024-02-30")]
    [InlineData("2024-05-16T09:30")]
    [InlineData("2024-05-16T09:30:00")]
    [InlineData("2024-05-16T09:30:00+00:00")]
    [InlineData("2024-05-16T09:30:00z")]
    [InlineData("2024-05-16t09:30:00Z")]
    [InlineData("2024-05-16 09:30:00Z")]
    [InlineData("2024-05-16T24:00:00Z")]
    [InlineData("2024-06-30T23:59:60Z")]
    [InlineData("2024-05-16T09:30:00.Z")]
    [InlineData("2024-05-16T09:30:00,5Z")]
    [InlineData("2024-05-16T09:30:00.1234567890Z")]
    [InlineData(" 2024")]
    [InlineData("2024 ")]
    [InlineData("2024-05~")]
    [InlineData("2024?")]
    [InlineData("٢٠٢٤")]
    [InlineData("2024/2025")]
    [InlineData("20240516")]
    public void Everything_but_the_four_forms_is_refused(string text)
    {
        Assert.False(PartialDate.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PartialDate.Parse(text));
    }

    [Fact]
    public void Null_is_no_date() => Assert.False(PartialDate.TryParse(null, out _));

    [Fact]
    public void Two_are_equal_where_their_texts_are()
    {
        Assert.Equal(PartialDate.Parse("2024"), PartialDate.Parse("2024"));
        Assert.NotEqual(PartialDate.Parse("2024"), PartialDate.Parse("2024-01"));
        Assert.NotEqual(PartialDate.Parse("2024-05-16T00:00:00Z"), PartialDate.Parse("2024-05-16T00:00:00.0Z"));
        Assert.Equal(PartialDate.Parse("2024").GetHashCode(), PartialDate.Parse("2024").GetHashCode());
    }

    [Property(MaxTest = 500)]
    public void First_is_not_after_last_and_the_text_comes_back(long seed)
    {
        var text = DateTexts.From(seed);
        var date = PartialDate.Parse(text);

        Assert.True(date.First <= date.Last, text);
        Assert.Equal(text, date.ToString());
        Assert.Equal(date, PartialDate.Parse(date.ToString()));
    }

    [Property(MaxTest = 500)]
    public void What_is_coarser_holds_what_is_finer(long seed)
    {
        var day = DateTexts.Day(seed);
        var (year, month, whole) = (PartialDate.Parse(day[..4]), PartialDate.Parse(day[..7]), PartialDate.Parse(day));

        Assert.True(year.First <= month.First && month.First <= whole.First, day);
        Assert.True(whole.Last <= month.Last && month.Last <= year.Last, day);
    }

    [Property(MaxTest = 500)]
    public void A_day_ends_where_the_next_begins(long seed)
    {
        var day = DateTime.ParseExact(DateTexts.Day(seed), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (day == new DateTime(9999, 12, 31))
        {
            return;
        }

        var next = PartialDate.Parse(day.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        Assert.Equal(next.First, PartialDate.Parse(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).Last.AddMicroseconds(1));
    }

    [Property(MaxTest = 500)]
    public void Dates_of_one_form_sort_as_their_texts_do(long one, long other)
    {
        var (a, b) = (DateTexts.Day(one), DateTexts.Day(other));

        Assert.Equal(
            Math.Sign(string.CompareOrdinal(a, b)),
            Math.Sign(PartialDate.Parse(a).First.CompareTo(PartialDate.Parse(b).First)));
    }

    [Property(MaxTest = 1000)]
    public void No_text_makes_it_throw(string? text)
    {
        if (PartialDate.TryParse(text, out var date))
        {
            Assert.Equal(text, date.ToString());
        }
    }

    private static string Written(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Valid partial dates of all four forms, each out of one number.</summary>
internal static class DateTexts
{
    private static readonly long Ticks = DateTime.MaxValue.Ticks;

    public static string Day(long seed) => Instant(seed).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string From(long seed)
    {
        var instant = Instant(seed);
        var format = (seed & 7) switch
        {
            0 => "yyyy",
            1 => "yyyy-MM",
            2 => "yyyy-MM-dd",
            3 => "yyyy-MM-dd'T'HH:mm:ss'Z'",
            4 => "yyyy-MM-dd'T'HH:mm:ss.f'Z'",
            5 => "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'",
            6 => "yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'",
            _ => "yyyy-MM-dd'T'HH:mm:ss.fffffff'99Z'",
        };
        return instant.ToString(format, CultureInfo.InvariantCulture);
    }

    private static DateTime Instant(long seed) => new((long)((ulong)(seed * -7046029254386353131L) % (ulong)Ticks));
}
