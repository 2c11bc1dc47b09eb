using FluentValidation;
using Stemma.Domain.Kernel;
using Stemma.Domain.Resources;

namespace Stemma.Api.Hosting;

/// <summary>Answers 400 for a body that cannot be read or that breaks a rule, before the handler runs.</summary>
internal sealed class ValidationFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IBody body && (body.Error ?? await body.Check(context.HttpContext, body.Input is { } input ? IdFaults(context.HttpContext, input) : [])) is { } error)
            {
                return new Problem(error);
            }
        }

        return await next(context);
    }

    private static List<Fault> IdFaults(HttpContext http, IResourceInput input)
    {
        var path = http.Request.RouteValues["id"] as string;
        if (path is not null && HttpMethods.IsPut(http.Request.Method) && Guid.Parse(path) == Guid.Empty)
        {
            return [new("id", "The nil UUID is nobody's id.")];
        }

        if (input.Id is not { } id)
        {
            return [];
        }

        if (path is null)
        {
            return [new("id", "The server gives the id; to bring your own, use PUT.")];
        }

        return Guid.TryParse(id, out var given) && given == Guid.Parse(path) ? [] : [new("id", "It must agree with the id in the path.")];
    }
}

/// <summary>Every rule for an input: its validator's, and that what it refers to exists, which is looked up only where something else is wrong.</summary>
internal sealed class Rules<T>(IValidator<T> validator, IReferenceReader references)
    where T : class, IResourceInput
{
    public async ValueTask<Error?> Check(T input, List<Fault> faults, CancellationToken cancel)
    {
        var result = validator.Validate(input);
        faults.AddRange(result.Errors.Select(e => new Fault(e.PropertyName, e.ErrorMessage)));
        if (faults.Count == 0)
        {
            return null;
        }

        var named = input.References().ToList();
        if (named.Count > 0)
        {
            faults.AddRange((await references.Missing(named, cancel)).Select(r => r.ToFault()));
        }

        return new Error.Invalid(faults);
    }

    /// <summary>
    /// The content that a patch leaves, if neither it nor that breaks a rule. It asks the database nothing, for it runs while the
    /// caller holds a connection and a row's lock: <see cref="WithMissing"/> adds what is missing once both are given back.
    /// </summary>
    public Result<TContent> Validate<TContent>(MergePatch<T> patch, T current, Func<T, TContent> content)
    {
        var input = patch.Apply(current);
        if (input.Failed(out var unreadable))
        {
            return unreadable;
        }

        List<Fault> faults = [.. patch.Faults, .. validator.Validate(input.Value).Errors.Select(e => new Fault(e.PropertyName, e.ErrorMessage))];
        return faults.Count == 0 ? content(input.Value) : new Error.Invalid(faults);
    }

    /// <summary>The failure, and where it is of broken rules, what <paramref name="input"/> refers to and is not there.</summary>
    public async Task<Error> WithMissing(Error error, T? input, CancellationToken cancel)
    {
        if (error is not Error.Invalid invalid || input?.References().ToList() is not { Count: > 0 } named)
        {
            return error;
        }

        return new Error.Invalid([.. invalid.Faults, .. (await references.Missing(named, cancel)).Select(r => r.ToFault())]);
    }
}
