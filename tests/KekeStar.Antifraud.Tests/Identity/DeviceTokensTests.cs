using CsCheck;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Tests.Intake;

namespace KekeStar.Antifraud.Tests.Identity;

[Collection(nameof(AllocationCollection))]
public class DeviceTokensTests
{
    private static readonly Pseudonym Device = new(0x1122334455667788, 0x99AABBCCDDEEFF00);

    private const int OnePart = 26;

    private static readonly KeySet One = new(Epoch(1, 7));
    private static readonly KeySet Filling = new(One.Current, Epoch(2, 8), writesOther: true);
    private static readonly KeySet Retiring = new(Filling.Other!, One.Current);
    private static readonly KeySet Two = new(Filling.Other!);

    [Fact]
    public void A_token_opens_to_the_device_that_it_was_made_for() =>
        Gen.Select(Gen.ULong, Gen.ULong, static (high, low) => new Pseudonym(high, low)).Where(static device => !device.IsNone).Sample(device =>
        {
            var token = Seal(One, device);
            Assert.True(DeviceTokens.TryOpen(One, token, out var opened, out _));
            Assert.Equal(device, opened);
        });

    [Fact]
    public void A_token_of_no_device_does_not_open() => Assert.False(DeviceTokens.TryOpen(One, Seal(One, default), out _, out _));

    [Fact]
    public void No_bit_of_a_token_can_be_changed()
    {
        var token = Seal(One, Device);
        for (var bit = 0; bit < token.Length * 8; bit++)
        {
            token[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertRefused(token);
            token[bit / 8] ^= (byte)(1 << (bit % 8));
        }

        Assert.True(DeviceTokens.TryOpen(One, token, out _, out _));
    }

    [Fact]
    public void A_token_that_is_cut_or_continued_is_refused()
    {
        var token = Seal(One, Device);
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
        var one = Seal(One, Device);
        var other = Seal(One, new Pseudonym(1, 2));
        AssertRefused([.. one[..18], .. other[18..]]);
        AssertRefused([.. one[..18], .. new byte[8]]);
    }

    [Fact]
    public void A_token_of_another_key_or_another_epoch_is_refused()
    {
        AssertRefused(Seal(new KeySet(Epoch(1, 9)), Device));

        // The same master key under another number: the token names the epoch.
        var renumbered = new KeySet(Epoch(2, 7));
        AssertRefused(Seal(renumbered, Device));
        Assert.False(DeviceTokens.TryOpen(renumbered, Seal(One, Device), out _, out _));
    }

    [Fact]
    public void A_token_made_while_keys_are_rotated_names_the_device_under_both_epochs_and_outlives_the_old_one()
    {
        var token = Seal(Filling, Device, new Pseudonym(3, 4));
        Assert.Equal(DeviceTokens.MaxLength, token.Length);
        Assert.True(DeviceTokens.TryOpen(Filling, token, out var device, out var other));
        Assert.Equal((Device, new Pseudonym(3, 4)), (device, other));
        Assert.True(DeviceTokens.TryOpen(One, token, out device, out other));
        Assert.Equal((Device, default(Pseudonym)), (device, other));
        Assert.True(DeviceTokens.TryOpen(Retiring, token, out device, out other));
        Assert.Equal((new Pseudonym(3, 4), Device), (device, other));
        Assert.True(DeviceTokens.TryOpen(Two, token, out device, out other));
        Assert.Equal((new Pseudonym(3, 4), default(Pseudonym)), (device, other));
    }

    [Fact]
    public void One_changed_part_spoils_the_whole_token()
    {
        var token = Seal(Filling, Device, new Pseudonym(3, 4));
        token[^1] ^= 1;
        Assert.False(DeviceTokens.TryOpen(Filling, token, out var device, out var other));
        Assert.True(device.IsNone && other.IsNone);
    }

    [Fact]
    public void An_epoch_that_is_not_written_any_more_gets_no_part() =>
        Assert.Equal(OnePart, Seal(Retiring, Device, new Pseudonym(3, 4)).Length);

    [Fact]
    public void Random_bytes_of_the_right_length_are_refused() =>
        Gen.Byte.Array[OnePart].Sample(AssertRefused);

    [Fact]
    public void A_token_writes_its_own_bytes_alone_and_shows_version_and_epoch()
    {
        var buffer = new byte[OnePart + 32];
        Array.Fill(buffer, (byte)0xA5);
        Assert.Equal(OnePart, DeviceTokens.Seal(One, Device, default, buffer));
        Assert.Equal([1, 1], buffer[..2]);
        Assert.All(buffer[OnePart..], value => Assert.Equal(0xA5, value));
    }

    [Fact]
    public void Sealing_and_opening_allocate_nothing()
    {
        var token = Seal(One, Device);
        byte[] forged = [.. token[..^1], (byte)~token[^1]];

        // As long as the measurement: what the runtime itself allocates as code becomes warm is not the tokens'.
        WorkOften(token, forged);
        var before = GC.GetAllocatedBytesForCurrentThread();
        WorkOften(token, forged);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static KeyEpoch Epoch(byte number, byte seed)
    {
        var master = new byte[KeyEpoch.MasterKeyLength];
        Array.Fill(master, seed);
        return new KeyEpoch(number, master);
    }

    private static byte[] Seal(KeySet keys, Pseudonym device, Pseudonym other = default)
    {
        var token = new byte[DeviceTokens.MaxLength];
        return token[..DeviceTokens.Seal(keys, device, other, token)];
    }

    private static void WorkOften(byte[] token, byte[] forged)
    {
        for (var i = 0; i < 100; i++)
        {
            Work(token, forged);
        }
    }

    private static void Work(byte[] token, byte[] forged)
    {
        Span<byte> destination = stackalloc byte[DeviceTokens.MaxLength];
        DeviceTokens.Seal(One, Device, default, destination);
        if (!DeviceTokens.TryOpen(One, token, out _, out _) || DeviceTokens.TryOpen(One, forged, out _, out _))
        {
            throw new InvalidOperationException("The test's own tokens are wrong.");
        }
    }

    private static void AssertRefused(byte[] token)
    {
        Assert.False(DeviceTokens.TryOpen(One, token, out var device, out _));
        Assert.True(device.IsNone);
    }
}
