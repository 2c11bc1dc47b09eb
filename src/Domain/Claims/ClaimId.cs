namespace Stemma.Domain.Claims;

public readonly record struct ClaimId(Guid Value);
