namespace Stemma.Api.Hosting.Exchange;

/// <summary>Reads files that are held in memory, for they have no lines to be read one by one.</summary>
internal static class WholeFile
{
    /// <summary>The bytes of the file, without a byte order mark.</summary>
    /// <exception cref="TooLongException">It has more than <paramref name="most"/> bytes.</exception>
    public static async Task<ReadOnlyMemory<byte>> Read(Stream file, int most, CancellationToken cancel)
    {
        using var whole = new MemoryStream();
        var block = new byte[65_536];
        while (await file.ReadAsync(block, cancel) is > 0 and var read)
        {
            if (whole.Length + read > most)
            {
                throw new TooLongException(most);
            }

            whole.Write(block, 0, read);
        }

        var bytes = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        return bytes.Span.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
    }
}
