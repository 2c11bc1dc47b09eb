using Microsoft.Net.Http.Headers;
using Stemma.Api.Hosting;
using Stemma.Domain.Assessments;
using Stemma.Domain.Claims;
using Stemma.Domain.Kernel;

namespace Stemma.Api.Assessments.Graphs;

/// <summary>`/claims/{id}/graph`: who has it from whom, as data and as a picture.</summary>
internal static class GraphEndpoints
{
    /// <summary>Boxes of a picture; past this nobody sees anything.</summary>
    private const int MostBoxes = 1_000;

    /// <summary>Lines of a picture.</summary>
    private const int MostLines = 5_000;

    private static readonly Dictionary<string, string> Formats = new(StringComparer.Ordinal)
    {
        ["json"] = GraphTypes.Json,
        ["mermaid"] = GraphTypes.Mermaid,
        ["graphviz"] = GraphTypes.Graphviz,
        ["svg"] = GraphTypes.Svg,
    };

    public static void MapGraph(this RouteGroupBuilder claims) =>
        claims.MapGet("{id:guid}/graph", Get).WithName("getClaimGraph")
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(GraphResponse), [.. Formats.Values]))
            .Answers(400, 404, 406, 422);

    /// <summary>Draw a claim's sources and lineage</summary>
    /// <remarks>The claim, who says what on it, and from whom they have it, down to the origins. `Accept` chooses the form, and `format` before it: `application/json`, nodes and edges as Cytoscape.js takes them; `text/vnd.mermaid`, a Mermaid flowchart; `text/vnd.graphviz`, DOT; `image/svg+xml`, the picture, where Graphviz is installed on the server (else 406). In pictures, more than twelve sources that stand to all others alike are one box. 422 where the claim cannot be assessed, or a picture would have more than 1,000 boxes or take longer than five seconds.</remarks>
    private static async Task<IResult> Get(
        Guid id, [AsParameters] GraphQuery query, IClaimReader claims, IAssessments assessments, Graphviz graphviz, HttpContext http, CancellationToken cancel)
    {
        http.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Accept);
        var type = ChooseType(query, graphviz, http.Request);
        if (type.Failed(out var error))
        {
            return new Problem(error);
        }

        if (type.Value is null)
        {
            return Refuse(query, graphviz, http.Request);
        }

        var graph = await Read(new ClaimId(id), claims, assessments, cancel);
        return graph.Failed(out error) ? new Problem(error) : type.Value switch
        {
            GraphTypes.Mermaid => TypedResults.Text(MermaidWriter.Write(Drawing.Of(graph.Value)), $"{GraphTypes.Mermaid}; charset=utf-8"),
            GraphTypes.Graphviz => TypedResults.Text(DotWriter.Write(Drawing.Of(graph.Value)), $"{GraphTypes.Graphviz}; charset=utf-8"),
            GraphTypes.Svg => await Draw(Drawing.Of(graph.Value), graphviz, http.Response, cancel),
            _ => TypedResults.Ok(GraphResponse.From(graph.Value)),
        };
    }

    /// <summary>Null where what is asked for is not to be had.</summary>
    private static Result<string?> ChooseType(GraphQuery query, Graphviz graphviz, HttpRequest request)
    {
        if (query.Format is null)
        {
            return request.Best([.. Formats.Values.Where(t => t != GraphTypes.Svg || graphviz.IsInstalled)]);
        }

        var read = new QueryReader();
        if (!Formats.TryGetValue(query.Format, out var type))
        {
            read.Fault<string>(nameof(query.Format), $"must be one of {string.Join(", ", Formats.Keys)}");
        }

        return read.Result(type == GraphTypes.Svg && !graphviz.IsInstalled ? null : type);
    }

    private static Refusal Refuse(GraphQuery query, Graphviz graphviz, HttpRequest request) => new(
        StatusCodes.Status406NotAcceptable,
        !graphviz.IsInstalled && (query.Format is not null || request.Best([GraphTypes.Svg]) is not null)
            ? Graphviz.Missing
            : $"It is to be had as {string.Join(", ", Formats.Values)}; Accept allows none of these.");

    private static async Task<Result<ClaimGraph>> Read(ClaimId id, IClaimReader claims, IAssessments assessments, CancellationToken cancel)
    {
        var assessed = await assessments.Assess(id, cancel);
        if (assessed.Failed(out var error))
        {
            return error;
        }

        return await claims.Find(id, ClaimIncludes.None, cancel) is { } view ? ClaimGraph.Of(view.Claim.Content.Text, assessed.Value) : new Error.NotFound();
    }

    private static async Task<IResult> Draw(Drawing drawing, Graphviz graphviz, HttpResponse response, CancellationToken cancel)
    {
        if (drawing.Boxes.Count > MostBoxes || drawing.Lines.Count > MostLines)
        {
            return new Problem(new Error.TooLarge($"The picture would have {drawing.Boxes.Count:N0} boxes and {drawing.Lines.Count:N0} lines; {MostBoxes:N0} and {MostLines:N0} are the most. {Graphviz.Narrower}"));
        }

        if (await graphviz.Draw(DotWriter.Write(drawing), cancel) is not { } drawn)
        {
            return new Refusal(StatusCodes.Status503ServiceUnavailable, "Too many pictures are being drawn; try again shortly.");
        }

        if (drawn.Failed(out var error))
        {
            return new Problem(error);
        }

        // Opened by itself it is a page, which may do nothing at all.
        response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        return TypedResults.Bytes(Svg.Clean(drawn.Value, drawing), GraphTypes.Svg);
    }
}

/// <summary>The media types of a graph.</summary>
internal static class GraphTypes
{
    public const string Json = "application/json";
    public const string Mermaid = "text/vnd.mermaid";
    public const string Graphviz = "text/vnd.graphviz";
    public const string Svg = "image/svg+xml";
}
