using System.Diagnostics.CodeAnalysis;
using Stemma.Domain.Claims;

namespace Stemma.Domain.Assessments;

/// <summary>The rules, in the order in which they are tried: the first that fits decides.</summary>
public enum Rule
{
    /// <summary>An opinion or a prediction.</summary>
    NotGradable,

    /// <summary>No origin on either side.</summary>
    NoOrigin,

    /// <summary>Origins against it, and nothing for it, or two at least and no fewer than for it.</summary>
    Refuted,

    /// <summary>An origin against it, and no more for it.</summary>
    Contested,

    /// <summary>The analyst finds it illogical in itself.</summary>
    Implausible,

    /// <summary>Two independent origins at least, and nothing that might speak against it.</summary>
    Confirmed,

    /// <summary>Two independent origins at least, and what speaks against it is of unknown lineage.</summary>
    Disputed,

    /// <summary>Origins against it, but more for it.</summary>
    Outweighed,

    /// <summary>One origin, and a confirmed claim that entails or refines it, or that it entails or refines.</summary>
    Consistent,

    /// <summary>One origin.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "Not the number type: one source.")]
    Single,
}

/// <summary>The table of rules.</summary>
public static class Rules
{
    /// <summary>The first rule that fits.</summary>
    /// <param name="kind">The claim's kind.</param>
    /// <param name="plausible">The analyst's word whether it is logical in itself.</param>
    /// <param name="support">Independent origins for it: those that are certain, and those that might be.</param>
    /// <param name="contradiction">Independent origins against it.</param>
    /// <param name="isBorneOutByConfirmed">See <see cref="Evidence.IsBorneOutByConfirmed"/>.</param>
    public static Rule Decide(ClaimKind kind, bool? plausible, (int Min, int Max) support, (int Min, int Max) contradiction, bool isBorneOutByConfirmed)
    {
        var ((s, maxS), (c, maxC)) = (support, contradiction);
        return (s, c) switch
        {
            _ when kind is ClaimKind.Opinion or ClaimKind.Prediction => Rule.NotGradable,
            (0, 0) => Rule.NoOrigin,
            _ when (c >= 1 && maxS == 0) || (c >= 2 && c >= s) => Rule.Refuted,
            _ when c >= 1 && c >= s => Rule.Contested,
            _ when plausible is false => Rule.Implausible,
            _ when s >= 2 && maxC == 0 => Rule.Confirmed,
            _ when s >= 2 && c == 0 => Rule.Disputed,
            _ when s > c && c >= 1 => Rule.Outweighed,
            _ when isBorneOutByConfirmed => Rule.Consistent,
            _ => Rule.Single,
        };
    }

    /// <summary>The Admiralty code, 1 to 6, that a rule gives.</summary>
    public static int Credibility(this Rule rule) => rule switch
    {
        Rule.Confirmed => 1,
        Rule.Disputed or Rule.Consistent => 2,
        Rule.Outweighed or Rule.Single => 3,
        Rule.Contested or Rule.Implausible => 4,
        Rule.Refuted => 5,
        _ => 6,
    };
}
