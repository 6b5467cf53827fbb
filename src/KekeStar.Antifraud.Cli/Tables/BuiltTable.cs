using KekeStar.Antifraud.Intake.References;

namespace KekeStar.Antifraud.Cli.Tables;

/// <summary>A table that was built.</summary>
/// <param name="Header">What its file says of itself.</param>
/// <param name="Payload">Its entries; of <see cref="TableKind.Addresses"/>, whose file has a form of its own, the whole file.</param>
internal sealed record BuiltTable(TableHeader Header, byte[] Payload)
{
    /// <summary>The bytes of its file.</summary>
    public byte[] ToFile() => Header.Kind == TableKind.Addresses ? Payload : TableFile.Format(Header, Payload);
}
