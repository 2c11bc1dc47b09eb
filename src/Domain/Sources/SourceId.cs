namespace Stemma.Domain.Sources;

public readonly record struct SourceId(Guid Value);
