using System.Security.Cryptography;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Identity;

/// <summary>
/// Makes and opens the opaque handle of a device that a reply carries, so that nobody can make up a handle.
/// </summary>
/// <remarks>
/// A version byte and one part for each key epoch that windows are written under (two while keys are rotated): the
/// epoch's number, the device's pseudonym, and the first 8 bytes of a keyed hash over version, number and pseudonym.
/// </remarks>
internal static class DeviceTokens
{
    /// <summary>Length of a token with the parts of two epochs.</summary>
    public const int MaxLength = 1 + (2 * PartLength);

    private const byte Version = 1;
    private const int HeadLength = 1 + Pseudonym.Length;
    private const int TagLength = 8;
    private const int PartLength = HeadLength + TagLength;

    /// <summary>Writes a device's token.</summary>
    /// <param name="keys">The epochs.</param>
    /// <param name="device">The device under the current epoch.</param>
    /// <param name="otherDevice">The device under the other epoch; none: the token has no part for it.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <returns>Length of the token.</returns>
    public static int Seal(KeySet keys, Pseudonym device, Pseudonym otherDevice, Span<byte> destination)
    {
        destination[0] = Version;
        var length = 1;
        length += SealPart(keys.Current, device, destination[length..]);
        if (keys.WritesOther && !otherDevice.IsNone)
        {
            length += SealPart(keys.Other!, otherDevice, destination[length..]);
        }

        return length;
    }

    /// <summary>Opens a token.</summary>
    /// <param name="keys">The epochs.</param>
    /// <param name="token">The token.</param>
    /// <param name="device">The device under the current epoch; none: the token has no part for it.</param>
    /// <param name="otherDevice">The device under the other epoch; none: the token has no part for it.</param>
    /// <returns>False if this service, with the keys it has, made no part of it, or if any of those was changed.</returns>
    public static bool TryOpen(KeySet keys, ReadOnlySpan<byte> token, out Pseudonym device, out Pseudonym otherDevice)
    {
        device = default;
        otherDevice = default;
        if (token.Length is not (1 + PartLength or MaxLength) || token[0] != Version)
        {
            return false;
        }

        for (var parts = token[1..]; !parts.IsEmpty; parts = parts[PartLength..])
        {
            if (keys.Find(parts[0]) is not { } epoch)
            {
                continue;
            }

            if (!IsGenuine(epoch, parts[..PartLength]))
            {
                device = default;
                otherDevice = default;
                return false;
            }

            if (epoch == keys.Current)
            {
                device = Pseudonym.Read(parts[1..]);
            }
            else
            {
                otherDevice = Pseudonym.Read(parts[1..]);
            }
        }

        return !device.IsNone || !otherDevice.IsNone;
    }

    private static int SealPart(KeyEpoch epoch, Pseudonym device, Span<byte> destination)
    {
        destination[0] = epoch.Number;
        device.Write(destination[1..]);
        Tag(epoch, destination[..HeadLength], destination[HeadLength..]);
        return PartLength;
    }

    private static bool IsGenuine(KeyEpoch epoch, ReadOnlySpan<byte> part)
    {
        Span<byte> tag = stackalloc byte[TagLength];
        Tag(epoch, part[..HeadLength], tag);
        return CryptographicOperations.FixedTimeEquals(tag, part[HeadLength..]);
    }

    private static void Tag(KeyEpoch epoch, ReadOnlySpan<byte> head, Span<byte> destination)
    {
        Span<byte> tagged = stackalloc byte[1 + HeadLength];
        tagged[0] = Version;
        head.CopyTo(tagged[1..]);
        Span<byte> full = stackalloc byte[Pseudonym.Length];
        epoch.Pseudonymise(EntityKind.DeviceToken, tagged).Write(full);
        full[..TagLength].CopyTo(destination);
    }
}
