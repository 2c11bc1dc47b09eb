using Xunit;

namespace Stemma.Api.Tests.Rules;

public sealed class CitationOrderTests(StemmaApi api)
{
    [Fact]
    public async Task A_citation_is_given_back_as_it_was_given_so_that_the_tag_of_the_write_serves_the_next_read()
    {
        const string citation = """{"type":"article","DOI":"10.1000/1","volume":1e3}""";
        var path = "/api/v1/sources/" + Guid.NewGuid();
        var written = await api.Send(HttpMethod.Put, path, $$"""{"kind":"document","name":"A paper","citation":{{citation}}}""");
        await StemmaApi.Json(written, 201);

        var read = await api.Send(HttpMethod.Get, path);

        Assert.Contains(citation, await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(written.Headers.ETag, read.Headers.ETag);
    }
}
