using System.Text.Json.Nodes;
using Stemma.Domain.Imports;
using Stemma.Domain.Sources;

namespace Stemma.Api.ClaimReviews;

/// <summary>Finds out whose review it is: the site on which it stands, under the name of its author.</summary>
internal sealed class Publisher(Node review, Fields fields, Notes notes)
{
    /// <param name="url">The address of the review.</param>
    /// <param name="given">By what it is known, where that is said.</param>
    /// <returns>Null where nothing says it.</returns>
    public PublishedRow? Read(string? url, PublishedId? given)
    {
        var (author, publisher) = (Author(), fields.First(review["publisher"]));
        var home = fields.Url(author["url"], isQuiet: true) ?? fields.Url(publisher["url"], isQuiet: true);
        var site = SourceUrl.Site(url) ?? SourceUrl.Site(home);
        if (site is { Length: > Domain.Resources.ExternalId.MaxLength })
        {
            site = null;
        }

        if (Name(author, publisher, site) is not { } name)
        {
            return null;
        }

        var front = site is null ? null : $"https://{site}/";
        var isHome = home is not null && (site is null || SourceUrl.Site(home) == site);
        var members = new JsonObject { ["kind"] = IsOrganization(author) || IsOrganization(publisher) ? "organization" : "outlet", ["name"] = name, ["url"] = isHome ? home : front };
        string[] homes = [.. new[] { isHome ? home : null, front }.OfType<string>().Distinct(StringComparer.Ordinal)];
        return new("source", given ?? (site is null ? PublishedId.OfName(name) : PublishedId.OfSite(site)), members, Restraint.Everything) { Homes = homes };
    }

    /// <summary>Of several the first organization, else the first.</summary>
    private Node Author()
    {
        var authors = review["author"].Items().Select(fields.Resolved).ToList();
        if (authors.Count > 1)
        {
            notes.Add(review["author"].Place, $"There are {authors.Count}; one was taken.");
        }

        return authors.Count == 0 ? review["author"] : authors.Find(IsOrganization) is { IsObject: true } organization ? organization : authors[0];
    }

    /// <summary>A person on a site writes for it: the next review there may be another's.</summary>
    private string? Name(Node author, Node publisher, string? site)
    {
        var (byAuthor, byPublisher) = (fields.NameOf(author), fields.NameOf(publisher));
        if (author.Types().Contains("person") && (byPublisher ?? site) is { } house)
        {
            notes.Add(author.Place, $"It is a person; {house} was taken for the publisher.");
            return house;
        }

        if (byAuthor is null && (byPublisher ?? site) is { } other)
        {
            notes.Add(review["author"].Place, $"It has no name; {other} was taken for the publisher.");
            return other;
        }

        return byAuthor;
    }

    private static bool IsOrganization(Node node) => node.Types().Any(t => t.EndsWith("organization", StringComparison.Ordinal) && t != "newsmediaorganization");
}
