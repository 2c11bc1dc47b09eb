using System.Globalization;

namespace Stemma.Api.Hosting.Exchange;

/// <summary>There is more than a file may have.</summary>
internal sealed class TooLongException(long most)
    : Exception(string.Create(CultureInfo.InvariantCulture, $"The file, or what it unpacks to, is longer than {most} bytes."));
