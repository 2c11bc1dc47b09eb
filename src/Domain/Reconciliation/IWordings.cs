namespace Stemma.Domain.Reconciliation;

/// <summary>Reads texts for comparison, however many in one round trip.</summary>
public interface IWordings
{
    /// <summary>How these texts are compared; nothing is asked for what is <see cref="Wording.IsPlain"/> or <see cref="Wording.IsComposed"/>.</summary>
    /// <param name="names">What is compared as a name.</param>
    /// <param name="texts">What is compared as a statement, or wanted in the form NFC.</param>
    /// <param name="cancel">Ends it.</param>
    Task<Wording> Read(IEnumerable<string> names, IEnumerable<string> texts, CancellationToken cancel);
}
