using System.Globalization;
using Stemma.Domain.Claims;

namespace Stemma.Domain.Assessments;

/// <summary>Figures in words.</summary>
internal static class FigureText
{
    /// <summary>Why two figures exclude each other.</summary>
    public static string Compare(Quantity one, Quantity other)
    {
        var subject = string.IsNullOrWhiteSpace(one.Subject) ? "" : $" of {one.Subject.Trim()}";
        var baseline = string.IsNullOrWhiteSpace(one.Baseline) ? "" : $", from {one.Baseline.Trim()}";
        return $"Both speak of {one.Metric.Trim()}{subject}{baseline}, in {one.Unit.Trim()}: {Say(one)} and {Say(other)} have no value in common, and their times overlap.";
    }

    private static string Say(Quantity quantity)
    {
        var value = Number(quantity.Value);
        return quantity.Comparator switch
        {
            Comparator.Eq => value,
            Comparator.Gt => $"more than {value}",
            Comparator.Gte => $"at least {value}",
            Comparator.Lt => $"less than {value}",
            Comparator.Lte => $"at most {value}",
            Comparator.Approx => $"about {value} (5% more or less)",
            _ => $"{Number(quantity.Lower)} to {Number(quantity.Upper)}",
        } + (quantity.PeriodFrom, quantity.PeriodTo) switch
        {
            (null, null) => "",
            ({ } from, null) => $" since {from}",
            (null, { } to) => $" until {to}",
            ({ } from, { } to) when from == to => $" in {from}",
            ({ } from, { } to) => $" from {from} to {to}",
        };
    }

    private static string Number(decimal? value) => value is { } number ? number.ToString("#,0.############################", CultureInfo.InvariantCulture) : "";
}
