namespace KekeStar.Antifraud.Intake.Keys;

/// <summary>The keyed hash of kind ‖ value with the key of the kind, for one epoch. Any thread may use it.</summary>
internal abstract class PseudonymHash : IDisposable
{
    /// <summary>Length of a digest in bytes: 32, of SHA-256 and of SM3.</summary>
    public const int DigestLength = 32;

    /// <summary>Computes the hash.</summary>
    /// <param name="kind">Says which key, and is hashed before the value.</param>
    /// <param name="value">The normalised value.</param>
    /// <param name="digest">Takes the hash, <see cref="DigestLength"/> bytes.</param>
    /// <exception cref="ObjectDisposedException">The keys are destroyed.</exception>
    public abstract void Compute(byte kind, ReadOnlySpan<byte> value, Span<byte> digest);

    /// <summary>Destroys what was made of the keys.</summary>
    public abstract void Dispose();
}
