using System.Text;
using KekeStar.Antifraud.Intake;
using KekeStar.Antifraud.Intake.Identifiers;

namespace KekeStar.Antifraud.Tests.Intake.Identifiers;

/// <summary>Calls the normaliser with text, as tests want it.</summary>
internal static class IdentifierReader
{
    internal static (NormaliseStatus Status, string Normalised) Read(EntityKind kind, string text)
    {
        Span<byte> destination = stackalloc byte[IdentifierNormaliser.MaxNormalisedLength];
        var status = IdentifierNormaliser.Normalise(kind, Encoding.UTF8.GetBytes(text), destination, out var written);
        return (status, Encoding.ASCII.GetString(destination[..written]));
    }

    internal static string ReadOk(EntityKind kind, string text)
    {
        var (status, normalised) = Read(kind, text);
        Assert.Equal(NormaliseStatus.Ok, status);
        return normalised;
    }

    internal static NormaliseStatus Status(EntityKind kind, string text) => Read(kind, text).Status;

    /// <summary>The Luhn check digit by the textbook, apart from the code under test.</summary>
    internal static char CheckDigit(string body, int radix)
    {
        const string Alphabet = "0123456789ABCDEF";
        var sum = 0;
        for (var i = 0; i < body.Length; i++)
        {
            var value = Alphabet.IndexOf(body[body.Length - 1 - i], StringComparison.Ordinal);
            var weighted = i % 2 == 0 ? value * 2 : value;
            sum += weighted >= radix ? weighted - radix + 1 : weighted;
        }

        return Alphabet[(radix - (sum % radix)) % radix];
    }
}
