using CsCheck;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Intake;

namespace KekeStar.Antifraud.Tests.Identity;

public class DeviceTokensTests
{
    private static readonly Pseudonym Device = new(0x1122334455667788, 0x99AABBCCDDEEFF00);

    private readonly DeviceTokens _tokens = new IntakeUnderTest().Tokens;

    [Fact]
    public void A_token_opens_to_the_device_that_it_was_made_for() =>
        Gen.Select(Gen.ULong, Gen.ULong).Sample((high, low) =>
        {
            var token = Seal(_tokens, new Pseudonym(high, low));
            Assert.True(_tokens.TryOpen(token, out var device));
            Assert.Equal(new Pseudonym(high, low), device);
        });

    [Fact]
    public void No_bit_of_a_token_can_be_changed()
    {
        var token = Seal(_tokens, Device);
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(token);
            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(_tokens.TryOpen(token, out _));
    }

    [Fact]
    public void A_token_that_is_cut_or_continued_is_refused()
    {
        var token = Seal(_tokens, Device);
        for (var length = 0; length < token.Length; length++)
        {
            AssertRefused(token[..length]);
        }

        AssertRefused([.. token, 0]);
        AssertRefused([.. token, .. token]);
    }

    [Fact]
    public void The_tag_of_one_device_does_not_fit_another()
    {
        var one = Seal(_tokens, Device);
        var other = Seal(_tokens, new Pseudonym(1, 2));
        AssertRefused([.. one[..18], .. other[18..]]);
        AssertRefused([.. one[..18], .. new byte[8]]);
    }

    [Fact]
    public void A_token_of_another_key_or_another_epoch_is_refused()
    {
        var otherKey = new DeviceTokens(new Pseudonymiser(new KeyRing(new KeyEpoch(1, new byte[32]))));
        AssertRefused(Seal(otherKey, Device));

        // The same master key under another number: the token names the epoch.
        var otherEpoch = new IntakeUnderTest(epoch: 2).Tokens;
        AssertRefused(Seal(otherEpoch, Device));
        Assert.False(otherEpoch.TryOpen(Seal(_tokens, Device), out _));
    }

    [Fact]
    public void Random_bytes_of_the_right_length_are_refused() =>
        Gen.Byte.Array[DeviceTokens.Length].Sample(AssertRefused);

    [Fact]
    public void A_token_writes_its_own_bytes_alone_and_shows_version_and_epoch()
    {
        var buffer = new byte[DeviceTokens.Length + 16];
        Array.Fill(buffer, (byte)0xA5);
        _tokens.Seal(Device, buffer);
        Assert.Equal([1, 1], buffer[..2]);
        Assert.All(buffer[DeviceTokens.Length..], value => Assert.Equal(0xA5, value));
    }

    [Fact]
    public void Sealing_and_opening_allocate_nothing()
    {
        var token = Seal(_tokens, Device);
        byte[] forged = [.. token[..^1], (byte)~token[^1]];
        Work(token, forged);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Work(token, forged);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Seal(DeviceTokens tokens, Pseudonym device)
    {
        var token = new byte[DeviceTokens.Length];
        tokens.Seal(device, token);
        return token;
    }

    private void Work(byte[] token, byte[] forged)
    {
        _tokens.Seal(Device, token);
        if (!_tokens.TryOpen(token, out _) || _tokens.TryOpen(forged, out _))
        {
            throw new InvalidOperationException("The test's own tokens are wrong.");
        }
    }

    private void AssertRefused(byte[] token)
    {
        Assert.False(_tokens.TryOpen(token, out var device));
        Assert.True(device.IsNone);
    }
}
