using Stemma.Api.Hosting;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reconciliation;
using Stemma.Domain.Search;
using Stemma.Domain.Sources;

namespace Stemma.Api.Reconciliation;

/// <summary>Completes what is typed to sources and claims.</summary>
internal sealed class Suggestions(ISourceSuggester names, IClaimMatching claims, IEntities entities)
{
    private const int PageSize = 10;
    private const int MaxSources = 50;
    private const int MaxClaims = 10;

    /// <summary>The first sources come first, then the claims.</summary>
    private const int SourcesBeforeClaims = 5;

    public static Result<(string Prefix, int Skip)> Read(SuggestedQuery query)
    {
        var read = new QueryReader();
        var prefix = read.Text(query.Prefix) ?? "";
        if (prefix.Contains('\0', StringComparison.Ordinal))
        {
            read.Fault<string>(nameof(query.Prefix), "must not contain the character NUL");
        }

        return read.Result((prefix.Trim(), read.Integer(query.Cursor, 0, int.MaxValue) ?? 0));
    }

    public async Task<IReadOnlyList<SuggestedResponse>> Find(string prefix, int skip, CancellationToken cancel)
    {
        if (Guid.TryParseExact(prefix, "D", out var id))
        {
            return skip > 0 ? [] : [.. (await entities.Load([id], cancel)).Values.Select(SuggestedResponse.From)];
        }

        var sources = (await names.Suggest(prefix, [], MaxSources, cancel)).Select(s => s.Id.Value).ToList();
        var matched = prefix.Length == 0 ? [] : await claims.Match(new MatchRequest(prefix, null, MaxClaims, 0), cancel);
        Guid[] all = [.. sources.Take(SourcesBeforeClaims), .. matched.Select(m => m.Claim.Claim.Id.Value), .. sources.Skip(SourcesBeforeClaims)];
        var page = all.Skip(skip).Take(PageSize).ToList();
        var found = await entities.Load(page, cancel);
        return [.. page.Select(e => found.GetValueOrDefault(e)).OfType<Entity>().Select(SuggestedResponse.From)];
    }
}
