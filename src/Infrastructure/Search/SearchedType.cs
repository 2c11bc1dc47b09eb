namespace Stemma.Infrastructure.Search;

/// <summary>What a document of the index stands for: the numbers of <c>search_documents.type</c>.</summary>
internal enum SearchedType
{
    Claim = 0,
    Corroboration = 1,
    Source = 2,
    Review = 3,
}
