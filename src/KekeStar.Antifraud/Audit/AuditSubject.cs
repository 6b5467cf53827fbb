using System.Globalization;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Audit;

/// <summary>Whom a line is about.</summary>
internal static class AuditSubject
{
    /// <summary>The first 64 bits of a pseudonym as 16 hexadecimal digits: enough to find a person's lines, and no key of the store.</summary>
    public static string Of(Pseudonym pseudonym) => pseudonym.High.ToString("x16", CultureInfo.InvariantCulture);
}
