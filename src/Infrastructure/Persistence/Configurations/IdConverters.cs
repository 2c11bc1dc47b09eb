using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Stemma.Domain.Claims;
using Stemma.Domain.Sources;

namespace Stemma.Infrastructure.Persistence.Configurations;

internal sealed class SourceIdConverter() : ValueConverter<SourceId, Guid>(id => id.Value, value => new SourceId(value));

internal sealed class ClaimIdConverter() : ValueConverter<ClaimId, Guid>(id => id.Value, value => new ClaimId(value));
