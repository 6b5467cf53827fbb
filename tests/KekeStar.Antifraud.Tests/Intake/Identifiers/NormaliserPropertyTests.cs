using CsCheck;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>What holds for every kind and every text.</summary>
public class NormaliserPropertyTests
{
    private const int GuardLength = 32;
    private const byte Guard = 0xA5;

    internal static readonly EntityKind[] TextKinds =
    [
        EntityKind.Imei, EntityKind.Meid, EntityKind.AndroidId, EntityKind.Oaid, EntityKind.Idfa, EntityKind.Idfv,
        EntityKind.OpenUdid, EntityKind.Guid, EntityKind.Serial, EntityKind.Mac, EntityKind.Bssid, EntityKind.Iccid,
        EntityKind.Imsi, EntityKind.SimSerial,
    ];

    private static readonly Gen<EntityKind> AnyKind = Gen.Byte[0, 24].Select(number => (EntityKind)number);

    // Noise that nearly fits, so that every branch is reached: runs of digits and separators, with a card's or a braced
    // UUID's beginning now and then.
    private static readonly Gen<byte[]> NearlyFits = Gen.Select(
        Gen.OneOf("", "89", "8986", "460", "{", "35-", " "),
        Gen.OneOf(Gen.Char["0123456789"], Gen.Char["0123456789abcdefABCDEF"], Gen.Char["09aF:-./ {}"]).Array[0, 70],
        (start, rest) => System.Text.Encoding.UTF8.GetBytes(start + new string(rest)));

    // One alphabet a text, half of them in the lengths that kinds accept, so that each kind is reached hundreds of times.
    private static readonly Gen<byte[]> Fits = Gen.Select(
        Gen.OneOf("", "89", "8986", "460"),
        Gen.OneOf("0123456789", "0123456789abcdefABCDEF", "0123456789abcdefghijklmnopqrstuvwxyzABC._-"),
        Gen.OneOf(Gen.Int[1, 64], Gen.OneOf(12, 14, 15, 16, 18, 20, 32, 40)),
        Gen.Int[0, int.MaxValue],
        (start, alphabet, length, seed) =>
        {
            var text = new byte[Math.Max(length, start.Length)];
            for (var i = 0; i < text.Length; i++)
            {
                seed = unchecked((seed * 1103515245) + 12345) & int.MaxValue;
                text[i] = (byte)(i < start.Length ? start[i] : alphabet[(seed >> 16) % alphabet.Length]);
            }

            return text;
        });

    private static readonly Gen<byte[]> AnyText = Gen.OneOf(Gen.Byte.Array[0, 300], NearlyFits, Fits);

    [Fact]
    public void No_text_makes_it_throw_or_write_beyond_its_place() =>
        Gen.Select(AnyKind, AnyText).Sample(
            (kind, text) =>
            {
                var buffer = new byte[IdentifierNormaliser.MaxNormalisedLength + GuardLength];
                Array.Fill(buffer, Guard);
                var status = IdentifierNormaliser.Normalise(kind, text, buffer.AsSpan(0, IdentifierNormaliser.MaxNormalisedLength), out var written);
                Assert.InRange(written, 0, IdentifierNormaliser.MaxNormalisedLength);
                Assert.True(Enum.IsDefined(status));
                Assert.All(buffer[IdentifierNormaliser.MaxNormalisedLength..], value => Assert.Equal(Guard, value));
                if (status != NormaliseStatus.Ok)
                {
                    Assert.Equal(0, written);
                }
                else if (kind is not (EntityKind.Account or EntityKind.Event))
                {
                    Assert.NotEqual(0, written);
                }
            },
            iter: 20_000);

    [Fact]
    public void A_longer_destination_is_left_alone_behind_the_normal_form() =>
        Gen.Select(AnyKind, Fits).Sample((kind, text) =>
        {
            var buffer = new byte[IdentifierNormaliser.MaxNormalisedLength + GuardLength];
            Array.Fill(buffer, Guard);
            IdentifierNormaliser.Normalise(kind, text, buffer, out _);
            Assert.All(buffer[IdentifierNormaliser.MaxNormalisedLength..], value => Assert.Equal(Guard, value));
        });

    [Fact]
    public void A_refused_text_leaves_nothing_in_the_destination() =>
        Gen.Select(Gen.OneOf(TextKinds), AnyText).Sample((kind, text) =>
        {
            var buffer = new byte[IdentifierNormaliser.MaxNormalisedLength];
            if (IdentifierNormaliser.Normalise(kind, text, buffer, out _) != NormaliseStatus.Ok)
            {
                Assert.All(buffer, value => Assert.Equal(0, value));
            }
        });

    [Fact]
    public void The_normal_form_is_its_own_normal_form()
    {
        var seen = new int[256];
        Gen.Select(Gen.OneOf(TextKinds), Fits).Sample(
            (kind, text) =>
            {
                var once = new byte[IdentifierNormaliser.MaxNormalisedLength];
                if (IdentifierNormaliser.Normalise(kind, text, once, out var written) != NormaliseStatus.Ok)
                {
                    return;
                }

                Interlocked.Increment(ref seen[(int)kind]);
                var twice = new byte[IdentifierNormaliser.MaxNormalisedLength];
                Assert.Equal(NormaliseStatus.Ok, IdentifierNormaliser.Normalise(kind, once.AsSpan(0, written), twice, out var writtenAgain));
                Assert.Equal(once[..written], twice[..writtenAgain]);
            },
            iter: 50_000);

        // The property says nothing about a kind that was never accepted.
        Assert.All(TextKinds, kind => Assert.NotEqual(0, seen[(int)kind]));
    }

    [Fact]
    public void Blanks_around_a_text_change_nothing() =>
        Gen.Select(Gen.OneOf(TextKinds), Fits, Gen.Char[" \t\r\n\v\f"].Array[0, 5]).Sample((kind, text, blanks) =>
        {
            byte[] blank = [.. blanks.Select(value => (byte)value)];
            byte[] padded = [.. blank, .. text, .. blank];
            var plainForm = new byte[IdentifierNormaliser.MaxNormalisedLength];
            var paddedForm = new byte[IdentifierNormaliser.MaxNormalisedLength];
            Assert.Equal(
                IdentifierNormaliser.Normalise(kind, text, plainForm, out var plainLength),
                IdentifierNormaliser.Normalise(kind, padded, paddedForm, out var paddedLength));
            Assert.Equal(plainForm[..plainLength], paddedForm[..paddedLength]);
        });

    [Fact]
    public void A_destination_that_is_too_short_is_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => IdentifierNormaliser.Normalise(
            EntityKind.Imei,
            "490154203237518"u8,
            new byte[IdentifierNormaliser.MaxNormalisedLength - 1],
            out _));
}
