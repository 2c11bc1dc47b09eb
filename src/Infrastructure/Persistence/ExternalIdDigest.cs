using System.Security.Cryptography;
using System.Text;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Persistence;

/// <summary>SHA-256 of <c>system:id</c>, as the table <c>external_ids</c> keeps it: two external ids together may exceed a B-tree entry.</summary>
internal static class ExternalIdDigest
{
    public static byte[] Of(ExternalId id) => SHA256.HashData(Encoding.UTF8.GetBytes(id.ToString()));
}
