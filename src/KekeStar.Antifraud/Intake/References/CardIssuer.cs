using System.Runtime.InteropServices;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>Who issued a SIM card, as far as its number says.</summary>
/// <param name="Country">Country; unknown where several share the code.</param>
/// <param name="Operator">A number of <see cref="OperatorFamily"/>; 0: unknown.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CardIssuer(CountryCode Country, byte Operator);
