using CsCheck;
using KekeStar.Antifraud.Client;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Tests.Intake.Sealing;

[Collection(nameof(AllocationCollection))]
public sealed class SealedIdentifiersTests
{
    private static readonly byte[] Plaintext = "\u0022\u0001a"u8.ToArray();

    private readonly IdentifierSealer _sealer = SealingUnderTest.Sealer();
    private readonly SealedIdentifiers _opener = SealingUnderTest.Opener();

    [Fact]
    public void Whatever_is_sealed_is_opened() => Gen.Select(Gen.Byte.Array[0, 600], Gen.Byte.Array[1, 64]).Sample(
        (plaintext, eventId) =>
        {
            var bytes = _sealer.Seal(plaintext, eventId);
            Assert.Equal(plaintext.Length, SealedIdentifiers.PlaintextLength(bytes));
            Assert.Equal((RequestError.None, Convert.ToHexString(plaintext)), Open(bytes, eventId));
        },
        iter: 2_000);

    [Fact]
    public void Every_single_bit_of_a_message_counts()
    {
        var bytes = _sealer.Seal(Plaintext, "e"u8);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var expected = bit < 8 ? RequestError.SealedMalformed
                : bit < SealedFormat.SaltOffset * 8 ? RequestError.SealedKeyUnknown
                : RequestError.SealedNotOpened;
            Assert.Equal((expected, "000000"), Open(changed, "e"u8));
        }
    }

    [Fact]
    public void Bytes_of_noise_are_never_opened_and_never_thrown_over() => Gen.Byte.Array[0, 200].Sample(
        noise => Assert.NotEqual(RequestError.None, _opener.Open(noise, "e"u8, new byte[200])),
        iter: 5_000);

    [Theory]
    [InlineData("f")]
    [InlineData("event")]
    [InlineData("event-12")]
    public void A_message_cannot_be_moved_onto_another_event(string other)
    {
        var bytes = _sealer.Seal(Plaintext, "event-1"u8);
        Assert.Equal((RequestError.SealedNotOpened, "000000"), Open(bytes, System.Text.Encoding.UTF8.GetBytes(other)));
        Assert.Equal(RequestError.EventIdMissing, Open(bytes, []).Error);
        Assert.Equal(RequestError.EventIdTooLong, Open(bytes, new byte[65]).Error);
        Assert.Equal(RequestError.None, Open(bytes, "event-1"u8).Error);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(48, false)]
    [InlineData(16_384 + 50, true)]
    public void What_cannot_be_a_message_by_its_length_is_refused(int length, bool isTooLarge)
    {
        var bytes = new byte[length];
        bytes.AsSpan(0, Math.Min(length, 1)).Fill(SealedFormat.Version);
        var expected = isTooLarge ? RequestError.SealedTooLarge : RequestError.SealedMalformed;
        Assert.Equal(expected, _opener.Open(bytes, "e"u8, new byte[SealedIdentifiers.PlaintextLength(bytes)]));
    }

    [Fact]
    public void The_largest_and_the_empty_plaintext_are_opened()
    {
        foreach (var length in (int[])[0, 16_384])
        {
            var bytes = _sealer.Seal(new byte[length], "e"u8);
            Assert.Equal(RequestError.None, _opener.Open(bytes, "e"u8, new byte[length]));
        }

        Assert.Throws<ArgumentException>(() => _sealer.Seal(new byte[16_385], "e"u8));
    }

    [Fact]
    public void Two_keys_open_at_a_time_and_others_do_not()
    {
        using var next = new IdentifierSealer(8, SealingUnderTest.OtherKey);
        using var unknown = new IdentifierSealer(9, SealingUnderTest.OtherKey);
        using var falseKey = new IdentifierSealer(8, SealingUnderTest.Key);
        var opener = new SealedIdentifiers(SealingUnderTest.Keys((SealingUnderTest.KeyId, SealingUnderTest.Key), (8, SealingUnderTest.OtherKey)));
        Assert.Equal(RequestError.None, opener.Open(_sealer.Seal(Plaintext, "e"u8), "e"u8, new byte[3]));
        Assert.Equal(RequestError.None, opener.Open(next.Seal(Plaintext, "e"u8), "e"u8, new byte[3]));
        Assert.Equal(RequestError.SealedKeyUnknown, opener.Open(unknown.Seal(Plaintext, "e"u8), "e"u8, new byte[3]));
        Assert.Equal(RequestError.SealedNotOpened, opener.Open(falseKey.Seal(Plaintext, "e"u8), "e"u8, new byte[3]));
    }

    [Fact]
    public void Without_any_key_nothing_is_opened()
    {
        var opener = new SealedIdentifiers(SealingUnderTest.Keys());
        Assert.Equal(RequestError.SealedNotConfigured, opener.Open(_sealer.Seal(Plaintext, "e"u8), "e"u8, new byte[3]));
    }

    [Fact]
    public void A_sender_with_ever_new_salts_fills_no_memory_and_the_one_in_use_stays()
    {
        var known = _sealer.Seal(Plaintext, "e"u8);
        for (var i = 0; i < 3 * SenderCiphers.Capacity; i++)
        {
            using var sender = SealingUnderTest.Sealer();
            Assert.Equal(RequestError.None, Open(sender.Seal(Plaintext, "e"u8), "e"u8).Error);
            Assert.Equal(RequestError.None, Open(known, "e"u8).Error);
        }

        Assert.Equal(SenderCiphers.Capacity, _opener.CipherCount);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var error = _opener.Open(known, "e"u8, stackalloc byte[3]);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(RequestError.None, error);
    }

    [Fact]
    public void Who_holds_no_key_gets_no_cipher_kept()
    {
        using var stranger = new IdentifierSealer(SealingUnderTest.KeyId, SealingUnderTest.OtherKey);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(RequestError.SealedNotOpened, Open(stranger.Seal(Plaintext, "e"u8), "e"u8).Error);
        }

        Assert.Equal(0, _opener.CipherCount);
    }

    private (RequestError Error, string Opened) Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> eventId)
    {
        var opened = new byte[SealedIdentifiers.PlaintextLength(bytes)];
        return (_opener.Open(bytes, eventId, opened), Convert.ToHexString(opened));
    }
}
