namespace Stemma.Api.Hosting.Exchange;

/// <summary>The last line of an export that is whole. Without it a file that was cut between two lines would look like one.</summary>
internal static class ExportEnd
{
    public static ReadOnlySpan<byte> Line => """{"type":"end"}"""u8;
}
