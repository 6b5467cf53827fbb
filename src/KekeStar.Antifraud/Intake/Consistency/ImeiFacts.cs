using System.Runtime.InteropServices;
using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Intake.Consistency;

/// <summary>What an IMEI says beside its pseudonym.</summary>
/// <param name="Maker">Maker by its type allocation code; 0: unknown.</param>
/// <param name="CheckDigit">What its check digit says.</param>
/// <param name="ReportingBody">What its reporting body says.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ImeiFacts(ushort Maker, Soundness CheckDigit, Soundness ReportingBody)
{
    /// <summary>Reads them.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="normalised">Its normal form; empty: it was malformed, perhaps by its check digit alone.</param>
    /// <param name="tables">The reference tables.</param>
    public static ImeiFacts Of(ReadOnlySpan<byte> text, ReadOnlySpan<byte> normalised, ReferenceTables tables) => normalised.IsEmpty
        ? new ImeiFacts(0, EquipmentStructure.ImeiCheckDigit(text), Soundness.Unknown)
        : new ImeiFacts(
            tables.Tacs.FindBrand(normalised),
            EquipmentStructure.ImeiCheckDigit(text),
            EquipmentStructure.ReportingBody(normalised));
}
