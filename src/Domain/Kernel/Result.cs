using System.Diagnostics.CodeAnalysis;

namespace Stemma.Domain.Kernel;

/// <summary>A value, or the expected failure that stands in its place.</summary>
public readonly struct Result<T>
{
    private readonly T? _value;

    private Result(T? value, Error? error)
    {
        _value = value;
        Error = error;
    }

    public Error? Error { get; }

    /// <exception cref="InvalidOperationException">This is a failure.</exception>
    public T Value => Error is null ? _value! : throw new InvalidOperationException($"There is no value: {Error}");

    public bool Failed([NotNullWhen(true)] out Error? error)
    {
        error = Error;
        return error is not null;
    }

    [SuppressMessage("Usage", "CA2225", Justification = "A handler returns either; the conversion is the constructor.")]
    public static implicit operator Result<T>(T value) => new(value, null);

    [SuppressMessage("Usage", "CA2225", Justification = "A handler returns either; the conversion is the constructor.")]
    public static implicit operator Result<T>(Error error) => new(default, error);
}
