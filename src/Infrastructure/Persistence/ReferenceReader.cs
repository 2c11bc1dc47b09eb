using Npgsql;
using Stemma.Domain.Resources;

namespace Stemma.Infrastructure.Persistence;

internal sealed class ReferenceReader(NpgsqlDataSource database) : IReferenceReader
{
    private const string Sql = """
        select r.place::int from unnest($1, $2) with ordinality r(type, id, place)
        where not case r.type
            when 'source' then exists (select from sources where id = r.id and live)
            when 'claim' then exists (select from claims where id = r.id and live)
            else exists (select from corroborations where id = r.id and live) end
        order by r.place
        """;

    public async Task<IReadOnlyList<Reference>> Missing(IReadOnlyList<Reference> references, CancellationToken cancel)
    {
        await using var command = database.CreateCommand(Sql);
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. references.Select(r => StoredNames<ResourceType>.Of(r.Type))] });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. references.Select(r => r.Id)] });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var missing = new List<Reference>();
        while (await reader.ReadAsync(cancel))
        {
            missing.Add(references[reader.GetInt32(0) - 1]);
        }

        return missing;
    }
}
