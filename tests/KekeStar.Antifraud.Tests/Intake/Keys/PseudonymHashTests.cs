using System.Security.Cryptography;
using CsCheck;
using KekeStar.Antifraud.Intake.Keys;

namespace KekeStar.Antifraud.Tests.Intake.Keys;

/// <summary>Every way to make HMAC-SHA256 gives the same; which one an epoch takes depends on the machine.</summary>
public sealed class PseudonymHashTests
{
    public static TheoryData<string> Ways => [nameof(Sha256PseudonymHash), nameof(PreparedSha256PseudonymHash)];

    [Fact]
    public void The_compression_is_there_where_dotnet_itself_hashes_with_OpenSSL_3() =>
        Assert.Equal(OperatingSystem.IsLinux() && SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3, Sha256Compression.IsAvailable);

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_hash_is_that_of_the_platform_for_any_key_kind_and_value(string way) =>
        Gen.Select(Gen.Byte.Array[32], Gen.Byte, Gen.Byte.Array[0, 300]).Sample((key, kind, value) =>
        {
            var keys = Keys(key);
            using var hash = Make(way, keys);
            AssertPlatforms(hash, keys, kind, value);
        }, iter: 200);

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_hash_is_that_of_the_platform_for_every_length_around_the_blocks(string way)
    {
        var keys = Keys(RandomNumberGenerator.GetBytes(32));
        using var hash = Make(way, keys);
        for (var length = 0; length <= 260; length++)
        {
            AssertPlatforms(hash, keys, 7, RandomNumberGenerator.GetBytes(length));
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Once_destroyed_it_hashes_nothing_and_leaves_no_digest(string way)
    {
        var hash = Make(way, Keys(RandomNumberGenerator.GetBytes(32)));
        var digest = new byte[PseudonymHash.DigestLength];
        hash.Compute(1, "490154203237518"u8, digest);
        Assert.Contains(digest, static value => value != 0);
        digest.AsSpan().Clear();
        hash.Dispose();
        Assert.Throws<ObjectDisposedException>(() => hash.Compute(1, "490154203237518"u8, digest));
        Assert.Throws<ObjectDisposedException>(() => hash.Compute(2, "490154203237518"u8, digest));
        Assert.DoesNotContain(digest, static value => value != 0);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_hash_that_is_asked_for_during_destruction_is_right_or_fails(string way)
    {
        var keys = Keys(RandomNumberGenerator.GetBytes(32));
        var expected = Platforms(keys, 3, "1"u8);
        for (var round = 0; round < 30; round++)
        {
            var hash = Make(way, keys);
            using var running = new CountdownEvent(3);
            var threads = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(() => HashUntilDestroyed(hash, running, expected), TaskCreationOptions.LongRunning)).ToArray();
            running.Wait();
            hash.Dispose();
            await Task.WhenAll(threads);
        }
    }

    private static void HashUntilDestroyed(PseudonymHash hash, CountdownEvent running, byte[] expected)
    {
        var digest = new byte[PseudonymHash.DigestLength];
        running.Signal();
        while (true)
        {
            try
            {
                hash.Compute(3, "1"u8, digest);
            }
            catch (Exception failure) when (failure is ObjectDisposedException or NullReferenceException)
            {
                // The second is how the platform's hash object takes a disposal during a call.
                return;
            }

            Assert.Equal(expected, digest);
        }
    }

    private static byte[][] Keys(byte[] key) =>
        [.. Enumerable.Range(0, 256).Select(kind => (byte[])[.. key.Select(value => (byte)(value ^ kind))])];

    private static PseudonymHash Make(string way, byte[][] keys) =>
        way == nameof(Sha256PseudonymHash) ? new Sha256PseudonymHash(keys) : new PreparedSha256PseudonymHash(keys);

    private static byte[] Platforms(byte[][] keys, byte kind, ReadOnlySpan<byte> value) =>
        HMACSHA256.HashData(keys[kind], (byte[])[kind, .. value]);

    private static void AssertPlatforms(PseudonymHash hash, byte[][] keys, byte kind, byte[] value)
    {
        var digest = new byte[PseudonymHash.DigestLength];
        hash.Compute(kind, value, digest);
        Assert.Equal(Platforms(keys, kind, value), digest);
    }
}
