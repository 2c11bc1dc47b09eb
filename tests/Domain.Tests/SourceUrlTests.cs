using FsCheck.Xunit;
using Stemma.Domain.Sources;
using Xunit;

namespace Stemma.Domain.Tests;

public sealed class SourceUrlTests
{
    /// <summary>Letters of both directions, joiners, marks, half a surrogate pair: what IDNA has rules for.</summary>
    private const string Odd = "\u05d0\u0627\u0660\u0301\u200c\u200d\u00ad\u3002\u00df\uff21\ud800\ufffe.-xn%[]@:/";

    [Theory]
    [InlineData("https://example.org/a")]
    [InlineData("http://example.org/a")]
    [InlineData("HTTPS://EXAMPLE.org/a")]
    [InlineData("https://www.example.org/a")]
    [InlineData("https://example.org:443/a")]
    [InlineData("http://example.org:80/a")]
    [InlineData("https://example.org/a/")]
    [InlineData("https://example.org/a#part")]
    [InlineData("https://example.org/a?utm_source=feed&UTM_medium=x")]
    [InlineData("https://example.org/a?fbclid=1&gclid=2")]
    [InlineData("https://example.org/a?")]
    public void Spellings_of_one_address_are_the_same(string url) =>
        Assert.Equal(SourceUrl.Key("https://example.org/a"), SourceUrl.Key(url));

    [Theory]
    [InlineData("https://example.org/A")]
    [InlineData("https://example.org/a/b")]
    [InlineData("https://example.org:8443/a")]
    [InlineData("https://news.example.org/a")]
    [InlineData("https://example.org/a?page=2")]
    [InlineData("https://example.com/a")]
    [InlineData("https://wwwexample.org/a")]
    public void Different_addresses_stay_different(string url) =>
        Assert.NotEqual(SourceUrl.Key("https://example.org/a"), SourceUrl.Key(url));

    [Fact]
    public void The_order_of_parameters_does_not_count() =>
        Assert.Equal(SourceUrl.Key("https://example.org/?b=2&a=1"), SourceUrl.Key("https://example.org?a=1&utm_campaign=z&b=2"));

    [Fact]
    public void A_host_in_its_own_letters_is_the_host_in_punycode() =>
        Assert.Equal(SourceUrl.Key("https://xn--bcher-kva.example/x"), SourceUrl.Key("https://bücher.example/x"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("example.org")]
    [InlineData("/a")]
    [InlineData("ftp://example.org/a")]
    [InlineData("javascript:alert(1)")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    [InlineData("https:///a")]
    [InlineData("https:example.org")]
    [InlineData(" https://example.org")]
    [InlineData("https://example.org/a b")]
    [InlineData("https://example.org/a\n")]
    [InlineData("https://example.org/\u0001")]
    [InlineData("https://\u05d0ab.example/")]
    public void What_is_no_http_URL_is_invalid_and_has_no_key(string? url)
    {
        Assert.False(SourceUrl.IsValid(url));
        Assert.Null(SourceUrl.Key(url));
    }

    [Fact]
    public void Keys_leave_out_what_is_no_URL_and_name_each_once() =>
        Assert.Equal(
            [SourceUrl.Key("https://example.org/a")!.Value],
            SourceUrl.Keys([null, "https://example.org/a", "nonsense", "http://www.example.org/a/"]));

    [Property(MaxTest = 1000)]
    public void No_host_makes_it_throw(string? host)
    {
        var odd = string.Concat((host ?? "").Select((c, i) => (i % 3) == 0 ? Odd[c % Odd.Length] : c));
        var url = "https://" + odd;

        Assert.Equal(SourceUrl.IsValid(url), SourceUrl.Key(url) is not null);
    }

    [Property(MaxTest = 500)]
    public void A_key_is_that_of_the_same_address_each_time(ushort path, bool secure, bool www, bool slash, bool tracked)
    {
        var url = $"http{(secure ? "s" : "")}://{(www ? "www." : "")}example.org/{path}{(slash ? "/" : "")}{(tracked ? "?utm_x=1" : "")}";

        Assert.Equal(SourceUrl.Key($"https://example.org/{path}"), SourceUrl.Key(url));
    }
}
