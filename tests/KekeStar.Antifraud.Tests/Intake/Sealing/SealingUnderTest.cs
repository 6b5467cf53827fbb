using System.Text.Json;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake.Sealing;
using Microsoft.Extensions.Logging.Abstractions;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

/// <summary>Sealing keys that sealer and opener share.</summary>
internal static class SealingUnderTest
{
    internal const uint KeyId = 7;

    internal static byte[] Key { get; } = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];

    internal static byte[] OtherKey { get; } = [.. Enumerable.Range(100, 32).Select(number => (byte)number)];

    /// <summary>The text of a key file.</summary>
    internal static string Text(params (uint Id, byte[] Key)[] keys) =>
        JsonSerializer.Serialize(new { keys = keys.Select(key => new { id = key.Id, key = Convert.ToBase64String(key.Key) }) });

    internal static SealingKeys Keys(params (uint Id, byte[] Key)[] keys) => new(
        new SealingKeyOptions { Keys = keys.Length == 0 ? null : Text(keys) }, TimeProvider.System, NullLogger<SealingKeys>.Instance);

    /// <summary>Opens what <see cref="Sealer"/> seals, with one set of ciphers, so that a test knows what is in it.</summary>
    internal static SealedIdentifiers Opener() => new(Keys((KeyId, Key)), sets: 1);

    internal static IdentifierSealer Sealer() => new(KeyId, Key);
}
