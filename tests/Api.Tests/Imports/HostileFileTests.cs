using System.Text;
using Xunit;

namespace Stemma.Api.Tests.Imports;

/// <summary>Files that are not what they should be.</summary>
public sealed class HostileFileTests(StemmaApi api)
{
    private const string Good = """{"type":"claim","text":"Good."}""";

    [Fact]
    public async Task A_long_line_is_read_past_and_told()
    {
        var line = Encoding.UTF8.GetBytes(Good + "\n{\"type\":\"claim\",\"text\":\"" + new string('x', 100_000_000) + "\"}\n" + Good + "\n");
        var answer = await StemmaApi.Json(await api.Client.Import("?dryRun=true&onError=skip", line), 200);

        Assert.Equal("2/0/0/1", Files.Counts(answer));
        Assert.Equal(["2 : The line is longer than 1048676 bytes."], Files.Faults(answer));
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_named()
    {
        byte[] file = [.. Encoding.UTF8.GetPreamble(), .. Files.Bytes(Good), .. Encoding.Latin1.GetBytes("""{"type":"claim","text":"Müll"}"""), (byte)'\n'];
        Assert.Equal(["2 : It is not UTF-8: see byte 26 of the line."], Files.Faults(await StemmaApi.Json(await api.Client.Import("", file), 400)));

        var wide = Encoding.Unicode.GetBytes("\uFEFF" + Good + "\n");
        Assert.Contains("1 : It is not UTF-8: see byte 1 of the line.", Files.Faults(await StemmaApi.Json(await api.Client.Import("", wide), 400)));
    }

    [Fact]
    public async Task Half_a_surrogate_pair_and_NUL_are_named_where_they_stand()
    {
        var faults = await api.Refused("", """{"type":"claim","text":"\ud800"}""", """{"type":"claim","text":"\u0000"}""", """{"type":"claim","text":"a","text":"b"}""");
        Assert.Equal(
            [
                "1 text: It must be well-formed Unicode: half of a surrogate pair stands alone.",
                "2 text: It must not contain the character NUL.",
                "3 text: The property 'text' is given twice.",
            ],
            faults);
    }

    [Theory]
    [InlineData("""{"type":"claim","text":"x","claimantId":"a:b\u0000"}""", "claimantId")]
    [InlineData("""{"type":"claim","text":"x","claimantId":{"system":"a\u0000","id":"b"}}""", "claimantId")]
    [InlineData("""{"type":"claim","text":"x","externalIds":[{"system":"a","id":"b\u0000"}]}""", "externalIds[0].id")]
    [InlineData("""{"type":"claim","text":"x","a\u0000b":1}""", "a␀b")]
    public async Task NUL_in_a_reference_or_a_name_costs_its_row_alone(string row, string path)
    {
        var u = Requests.Unique();
        var good = $$"""{"type":"claim","text":"Good.","tags":["{{u}}"]}""";
        foreach (var key in new[] { null, u })
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports?onError=skip") { Content = new ByteArrayContent(Files.Bytes(row, good)) };
            request.Content.Headers.ContentType = new(Files.Ndjson);
            if (key is not null)
            {
                request.Headers.Add("Idempotency-Key", key);
            }

            var report = await StemmaApi.Json(await api.Client.SendAsync(request, TestContext.Current.CancellationToken), 200);
            Assert.Equal(("1/0/0/1", path), (Files.Counts(report), (string)report["faults"]![0]!["path"]!));
        }
    }

    [Theory]
    [InlineData(1_048_677)]
    [InlineData(1_060_000)]
    [InlineData(1_200_000)]
    public async Task A_last_line_that_is_too_long_is_told_also_where_no_newline_ends_it(int length)
    {
        var line = $$"""{"type":"claim","text":"{{new string('x', length - 26)}}"}""";
        Assert.Equal(length, line.Length);
        var file = Files.Bytes(Good)[..];
        Assert.Equal(
            ["2 : The line is longer than 1048676 bytes."],
            Files.Faults(await StemmaApi.Json(await api.Client.Import("", [.. file, .. System.Text.Encoding.UTF8.GetBytes(line)]), 400)));
    }

    [Fact]
    public async Task What_is_packed_is_unpacked_and_a_bomb_is_refused()
    {
        Assert.Equal("1/0/0/0", Files.Counts(await StemmaApi.Json(await api.Client.Import("?dryRun=true", Files.Bytes(Good), packed: true), 200)));

        var bomb = await api.Client.Import("", new byte[300_000_000], packed: true);
        Assert.Contains("unpacks", (string)(await StemmaApi.Json(bomb, 413))["detail"]!, StringComparison.Ordinal);

        var cut = Files.Pack(Files.Bytes(Enumerable.Range(0, 5_000).Select(i => $$"""{"type":"claim","text":"{{Guid.NewGuid()}}"}""")))[..^2_000];
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/imports") { Content = new ByteArrayContent(cut) };
        request.Content.Headers.ContentType = new(Files.Ndjson);
        request.Content.Headers.ContentEncoding.Add("gzip");
        await StemmaApi.Json(await api.Client.SendAsync(request, TestContext.Current.CancellationToken), 400);
    }

    [Fact]
    public async Task Other_media_types_and_codings_are_refused()
    {
        await StemmaApi.Json(await api.Client.Import("", Files.Bytes(Good), "text/plain"), 415);
        await StemmaApi.Json(await api.Client.Import("", Files.Bytes(Good), "application/x-ndjson; charset=iso-8859-1"), 415);
        await StemmaApi.Json(await api.Client.Import("?mode=replace&onError=x&dryRun=yes", Files.Bytes(Good)), 400);
        await StemmaApi.Json(await api.Client.Import("?colour=red", Files.Bytes(Good)), 400);
        Assert.Equal("0/0/0/0", Files.Counts(await StemmaApi.Json(await api.Client.Import("", []), 200)));
    }
}
