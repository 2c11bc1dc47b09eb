using Npgsql;
using Stemma.Bench.Retrieval;

// retrieval [folder] --api URL [--connection STRING] [--loaded] [--no-language]: measures a running Stemma. --loaded: its claims are there already.
// retrieval [folder] --learn --connection STRING [--steps] [--dev]: learns the matcher's weights on train and reports by cross-validation; with
// --steps what each feature brings; with --dev the weights are tried on dev too, which is for once, after all choices are made.
string[] valued = ["--api", "--connection"];
var folder = args.Where((arg, n) => !arg.StartsWith("--", StringComparison.Ordinal) && (n == 0 || !valued.Contains(args[n - 1]))).FirstOrDefault()
    ?? Environment.GetEnvironmentVariable("BENCH_DATA");
if (folder is null || !File.Exists(Path.Combine(folder, "verified_claims.docs.tsv")))
{
    Console.Error.WriteLine("Name the data set's folder, the one with verified_claims.docs.tsv, as an argument or in BENCH_DATA.");
    return 2;
}

NpgsqlConnection? database = null;
if (ValueOf("--connection") is { } connection)
{
    database = new NpgsqlConnection(connection);
    await database.OpenAsync();
}

await using (database)
{
    if (args.Contains("--learn") && database is not null)
    {
        new Study(folder, database).Run(withDev: args.Contains("--dev"), withSteps: args.Contains("--steps"));
    }
    else if (ValueOf("--api") is { } address)
    {
        using var api = new ApiClient(new Uri(address));
        await new Measurement(folder, api, database).Run(isLoaded: args.Contains("--loaded"), withoutLanguage: args.Contains("--no-language"));
    }
    else
    {
        Console.Error.WriteLine("Say --api URL, or --learn with --connection STRING.");
        return 2;
    }
}

return 0;

string? ValueOf(string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
