using Stemma.Api.Hosting.Exchange;

namespace Stemma.Api.Tables;

/// <summary>Tables as spreadsheets have them, in and out.</summary>
internal static class TableFormats
{
    public static void AddTables(this IServiceCollection services) => services
        .AddSingleton<IImportFormat>(provider => new CsvRows(provider.GetServices<IExchangedKind>(), "text/csv", delimiter: null))
        .AddSingleton<IImportFormat>(provider => new CsvRows(provider.GetServices<IExchangedKind>(), "text/tab-separated-values", '\t'))
        .AddSingleton<IExportFormat, CsvExport>();
}
