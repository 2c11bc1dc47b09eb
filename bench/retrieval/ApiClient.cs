using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Stemma.Bench.Retrieval;

/// <summary>What was answered for one post.</summary>
internal sealed record Answer(IReadOnlyList<(int Claim, double Score)> Matches, double Milliseconds);

/// <summary>Asks a running Stemma, over HTTP alone.</summary>
internal sealed class ApiClient(Uri address) : IDisposable
{
    private const string System = "retrieval";

    private readonly HttpClient _http = new() { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };

    /// <summary>Posts claims in the order of the data set, several at a time.</summary>
    /// <returns>How many of the answers named similar claims.</returns>
    public async Task<int> Load(IReadOnlyList<StoredClaim> claims, int connections)
    {
        var (next, similar) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            for (var n = Interlocked.Increment(ref next); n < claims.Count; n = Interlocked.Increment(ref next))
            {
                var claim = claims[n];
                var body = new
                {
                    text = claim.Text,
                    context = claim.Context.Length == 0 ? null : claim.Context,
                    language = "en",
                    externalIds = new[] { new { system = System, id = claim.Id.ToString(CultureInfo.InvariantCulture) } },
                };
                using var answer = await _http.PostAsJsonAsync("api/v1/claims", body);
                await Check(answer, $"claim {claim.Id}");
                if (answer.Headers.TryGetValues("Link", out var links) && links.Any(link => link.Contains("rel=\"similar\"", StringComparison.Ordinal)))
                {
                    Interlocked.Increment(ref similar);
                }
            }
        }));
        return similar;
    }

    public async Task<Answer> Match(string text, string? language, int limit)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await _http.PostAsJsonAsync("api/v1/claims/match", new { text, language, limit, minScore = 0 });
        var body = await answer.Content.ReadAsByteArrayAsync();
        var took = watch.Elapsed.TotalMilliseconds;
        await Check(answer, text);
        using var read = JsonDocument.Parse(body);
        return new Answer([.. read.RootElement.GetProperty("items").EnumerateArray().Select(Match)], took);
    }

    public void Dispose() => _http.Dispose();

    private static (int Claim, double Score) Match(JsonElement match)
    {
        var ids = match.GetProperty("claim").GetProperty("externalIds").EnumerateArray();
        var id = ids.First(external => external.GetProperty("system").GetString() == System).GetProperty("id").GetString()!;
        return (int.Parse(id, CultureInfo.InvariantCulture), match.GetProperty("score").GetDouble());
    }

    private static async Task Check(HttpResponseMessage answer, string what)
    {
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{(int)answer.StatusCode} for {what}: {await answer.Content.ReadAsStringAsync()}");
        }
    }
}
