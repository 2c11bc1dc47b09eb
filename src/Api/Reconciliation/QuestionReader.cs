using System.Globalization;
using System.Text;
using System.Text.Json;
using Stemma.Api.Hosting;
using Stemma.Domain.Kernel;
using Stemma.Domain.Reconciliation;

namespace Stemma.Api.Reconciliation;

/// <summary>
/// Reads the JSON that stands in a form field, as the specification has it, and names everything that is wrong with it under its path. Values may be of
/// several types there, which contracts of bodies cannot say.
/// </summary>
internal sealed class QuestionReader
{
    /// <summary>The most rows of a batch.</summary>
    public const int MaxQueries = 50;

    /// <summary>The most ids of a data extension.</summary>
    public const int MaxIds = 500;

    /// <summary>The most candidates of a row where it does not say.</summary>
    public const int DefaultLimit = 5;

    /// <summary>The most values of a row's properties, all together.</summary>
    public const int MaxValues = 100;

    /// <summary>The longest text of a row, in code points.</summary>
    public const int MaxText = 10_000;

    private const int MaxKey = 500;
    private const int MaxValue = 2_000;
    private const int MaxList = 100;

    private static readonly string[] OfExtensions = ["ids", "properties"];

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = false };

    private readonly List<Fault> _faults = [];

    /// <summary>The rows of a batch, each with the name under which its answer is to stand.</summary>
    public static Result<IReadOnlyList<(string Key, EntityQuestion Question)>> Queries(string json) =>
        new QuestionReader().Read(json, "queries", IReadOnlyList<(string, EntityQuestion)> (reader, root) => reader.Batch(root));

    /// <summary>What a data extension asks: ids, and the properties that are to be told of each.</summary>
    public static Result<(IReadOnlyList<string> Ids, IReadOnlyList<EntityProperty> Properties)> Extension(string json) =>
        new QuestionReader().Read(json, "extend", (reader, root) => reader.ExtensionOf(root));

    /// <summary>The type of this id; null where there is none.</summary>
    public static EntityType? Type(string id) => EntityType.All.FirstOrDefault(t => t.Id == id);

    private Result<T> Read<T>(string json, string field, Func<QuestionReader, JsonElement, T> read)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            if (!HasReadableNames(bytes))
            {
                return new Error.Invalid(field, "Its names must be well-formed Unicode: half of a surrogate pair stands alone.");
            }

            using var document = JsonDocument.Parse(bytes, Options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return new Error.Invalid(field, "It must be a JSON object.");
            }

            var value = read(this, document.RootElement);
            return _faults.Count == 0 ? value : new Error.Invalid(_faults);
        }
        catch (JsonException e)
        {
            return new Error.Invalid(field, StrictJson.Explain(e).Message.Replace("The body", "It", StringComparison.Ordinal));
        }
    }

    /// <summary>Looked at before all else, for a member cannot be looked for among names that are none.</summary>
    private static bool HasReadableNames(byte[] json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = StrictJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                try
                {
                    reader.GetString();
                }
                catch (InvalidOperationException)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private List<(string, EntityQuestion)> Batch(JsonElement root)
    {
        var count = root.GetPropertyCount();
        if (count > MaxQueries)
        {
            Refuse("queries", string.Create(CultureInfo.InvariantCulture, $"There are {count} queries; {MaxQueries} is the most of one batch."));
            return [];
        }

        var questions = new List<(string, EntityQuestion)>(count);
        foreach (var (key, value, path) in Members(root, "queries"))
        {
            if (key.Length > MaxKey)
            {
                Refuse("queries", $"A query's name must have at most {MaxKey} characters.");
            }
            else if (value.ValueKind != JsonValueKind.Object)
            {
                Refuse(path, "It must be a JSON object.");
            }
            else
            {
                questions.Add((key, Question(value, path)));
            }
        }

        return questions;
    }

    private EntityQuestion Question(JsonElement query, string path)
    {
        var question = new EntityQuestion { Limit = DefaultLimit };
        var faultsBefore = _faults.Count;
        foreach (var (name, value, at) in Members(query, path))
        {
            question = (name, value.ValueKind) switch
            {
                ("query", _) => question with { Text = Text(value, at, MaxText) },
                ("type", JsonValueKind.String) => question with { Types = [.. TypesOf(value, at)] },
                ("type", _) => question with { Types = [.. List(value, at).SelectMany(t => TypesOf(t.Item, t.Path))] },
                ("limit", _) => question with { Limit = Limit(value, at) },
                ("properties", _) => question with { Properties = [.. List(value, at).Select(p => Property(p.Item, p.Path)).OfType<AskedProperty>()] },
                ("type_strict", _) => Text(value, at, MaxKey) is null or "should" or "any" or "all" ? question : Refuse(at, "It must be one of should, any, all.", question),
                _ => Refuse(at, "There is no such member; there are query, type, type_strict, limit, properties.", question),
            };
        }

        return question.Properties.Sum(p => p.Values.Count) > MaxValues
                ? Refuse(path + ".properties", string.Create(CultureInfo.InvariantCulture, $"They must have at most {MaxValues} values together."), question)
            : question.Text is null && question.Properties.Count == 0 && _faults.Count == faultsBefore ? Refuse(path, "It must have a query or properties.", question)
            : question;
    }

    private IEnumerable<EntityType> TypesOf(JsonElement value, string path)
    {
        if (Text(value, path, MaxKey) is { } id)
        {
            if (Type(id) is { } type)
            {
                yield return type;
            }
            else
            {
                Refuse(path, $"It must be one of {string.Join(", ", EntityType.All.Select(t => t.Id))}.");
            }
        }
    }

    private int Limit(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 1 && Math.Truncate(number) == number
            ? (int)Math.Min(number, Reconciler.MaxLimit)
            : Refuse(path, "It must be a whole number from 1.", DefaultLimit);

    /// <summary>Members that the specification does not name are passed over here, as it has it.</summary>
    private AskedProperty? Property(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return Refuse<AskedProperty>(path, "It must be a JSON object with pid and v.");
        }

        var property = value.TryGetProperty("pid", out var pid) ? PropertyOf(pid, path + ".pid") : Refuse<EntityProperty>(path + ".pid", "It is required.");
        if (!value.TryGetProperty("v", out var given))
        {
            return Refuse<AskedProperty>(path + ".v", "It is required.");
        }

        List<string> values = given.ValueKind == JsonValueKind.Array
            ? [.. List(given, path + ".v").Select(v => Value(v.Item, v.Path)).OfType<string>()]
            : Value(given, path + ".v") is { } one ? [one] : [];
        return property is null ? null : new(property, values);
    }

    private EntityProperty? PropertyOf(JsonElement value, string path) =>
        Text(value, path, MaxKey) is not { } id ? null
        : EntityProperties.Find(id) ?? Refuse<EntityProperty>(path, $"It must be one of {string.Join(", ", EntityProperties.All.Select(p => p.Id))}.");

    /// <summary>As text: of an entity its id, where it is one of here, else its name.</summary>
    private string? Value(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.String => Text(value, path, MaxValue),
        JsonValueKind.Number => value.GetRawText() is { Length: <= 100 } number ? number : Refuse<string>(path, "It is too long a number."),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object when value.TryGetProperty("id", out var id) =>
            Text(id, path + ".id", MaxValue) is { } text && (Guid.TryParseExact(text, "D", out _) || !value.TryGetProperty("name", out var name)) ? text
            : value.TryGetProperty("name", out name) ? Text(name, path + ".name", MaxValue) : null,
        _ => Refuse<string>(path, "It must be a string, a number, true, false, or an entity with its id."),
    };

    private (IReadOnlyList<string> Ids, IReadOnlyList<EntityProperty> Properties) ExtensionOf(JsonElement root)
    {
        List<string> ids = [];
        List<EntityProperty> properties = [];
        foreach (var (name, value, path) in Members(root, "extend"))
        {
            switch (name)
            {
                case "ids":
                    ids = [.. List(value, path, MaxIds).Select(i => Text(i.Item, i.Path, MaxKey)).OfType<string>()];
                    break;
                case "properties":
                    properties = [.. List(value, path).Select(p => Wanted(p.Item, p.Path)).OfType<EntityProperty>()];
                    break;
                default:
                    Refuse(path, "There is no such member; there are ids, properties.");
                    break;
            }
        }

        foreach (var missing in OfExtensions.Where(m => !root.TryGetProperty(m, out _)))
        {
            Refuse($"extend.{missing}", "It is required.");
        }

        return ([.. ids.Distinct(StringComparer.Ordinal)], [.. properties.Distinct()]);
    }

    /// <summary>No property has settings: those that are sent are passed over.</summary>
    private EntityProperty? Wanted(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty("id", out var id) ? PropertyOf(id, path + ".id")
        : Refuse<EntityProperty>(path, "It must be a JSON object with an id.");

    private List<(JsonElement Item, string Path)> List(JsonElement value, string path, int most = MaxList)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return Refuse(path, "It must be an array.", new List<(JsonElement, string)>());
        }

        return value.GetArrayLength() > most
            ? Refuse(path, string.Create(CultureInfo.InvariantCulture, $"It must have at most {most} items."), new List<(JsonElement, string)>())
            : [.. value.EnumerateArray().Select((item, i) => (item, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")))];
    }

    private string? Text(JsonElement value, string path, int most)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            return Refuse<string>(path, "It must be a string.");
        }

        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return Refuse<string>(path, "It must be well-formed Unicode: half of a surrogate pair stands alone.");
        }

        return text.Contains('\0', StringComparison.Ordinal) ? Refuse<string>(path, "It must not contain the character NUL.")
            : string.IsNullOrWhiteSpace(text) || text.EnumerateRunes().Count() > most
                ? Refuse<string>(path, string.Create(CultureInfo.InvariantCulture, $"It must have 1 to {most:N0} characters, not of white space only."))
            : text;
    }

    private static IEnumerable<(string Name, JsonElement Value, string Path)> Members(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            yield return (member.Name, member.Value, $"{path}.{member.Name}");
        }
    }

    private void Refuse(string path, string message)
    {
        if (_faults.Count < QueryReader.MaxFaults)
        {
            _faults.Add(new(path, message));
        }
    }

    private T? Refuse<T>(string path, string message)
        where T : class
    {
        Refuse(path, message);
        return null;
    }

    private T Refuse<T>(string path, string message, T otherwise)
    {
        Refuse(path, message);
        return otherwise;
    }
}
