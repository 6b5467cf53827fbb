using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Makes and opens the opaque handle of a device that a reply carries: version, key epoch, the device's pseudonym
/// and the first 8 bytes of a keyed hash over them, so that nobody can make up a handle.
/// </summary>
internal sealed class DeviceTokens
{
    /// <summary>Length of a token in bytes.</summary>
    public const int Length = HeadLength + TagLength;

    private const byte Version = 1;
    private const int HeadLength = 2 + Pseudonym.Length;
    private const int TagLength = 8;

    private readonly Pseudonymiser _pseudonymiser;

    /// <summary>Makes and opens tokens with the keys of a pseudonymiser.</summary>
    public DeviceTokens(Pseudonymiser pseudonymiser) => _pseudonymiser = pseudonymiser;

    /// <summary>Writes a device's token to at least <see cref="Length"/> bytes.</summary>
    public void Seal(Pseudonym device, Span<byte> destination)
    {
        destination[0] = Version;
        destination[1] = _pseudonymiser.Epoch;
        device.Write(destination[2..]);
        Tag(destination[..HeadLength], destination[HeadLength..]);
    }

    /// <summary>Opens a token.</summary>
    /// <returns>False if this service, with the keys it has, did not make it.</returns>
    public bool TryOpen(ReadOnlySpan<byte> token, out Pseudonym device)
    {
        device = default;
        if (token.Length != Length || token[0] != Version || token[1] != _pseudonymiser.Epoch)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[TagLength];
        Tag(token[..HeadLength], tag);
        if (!CryptographicOperations.FixedTimeEquals(tag, token[HeadLength..]))
        {
            return false;
        }

        device = Pseudonym.Read(token[2..]);
        return true;
    }

    private void Tag(ReadOnlySpan<byte> head, Span<byte> destination)
    {
        Span<byte> full = stackalloc byte[Pseudonym.Length];
        _pseudonymiser.Compute(EntityKind.DeviceToken, head).Write(full);
        full[..TagLength].CopyTo(destination);
    }
}
