using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>KREPLACE; Garnet calls each method with the record locked, which makes the compare and set one step.</summary>
/// <remarks>
/// A removal empties the log and leaves the record where it is: an empty one reads as a missing one does, and compaction
/// drops it. Were the record taken away, Garnet would take its entry out of the index as well, with an older copy of the
/// log still lying in the record log; compaction, which looks there for something newer, then fails or brings the
/// older copy back. Nor would the append-only file know of it.
/// </remarks>
internal sealed class ReplaceLog(LogCensus census) : CustomRawStringFunctions
{
    public override bool NeedInitialUpdate(scoped ReadOnlySpan<byte> key, ref StringInput input, ref RespMemoryWriter writer)
    {
        if (Expected(ref input).Length != 0)
        {
            writer.WriteInt64(0);
            return false;
        }

        if (Replacement(ref input).Length != 0)
        {
            return true;
        }

        writer.WriteInt64(1);
        return false;
    }

    public override int GetInitialLength(ref StringInput input) => LogValue.LengthFor(Replacement(ref input).Length);

    public override int GetLength(ReadOnlySpan<byte> value, ref StringInput input) => LogValue.LengthFor(Replacement(ref input).Length);

    public override bool InitialUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        census.Begin();
        LogValue.Write(value, Replacement(ref input));
        writer.WriteInt64(1);
        return true;
    }

    public override bool InPlaceUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref int valueLength, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        if (!Applies(LogValue.Read(value), ref input, ref writer, ref rmwInfo))
        {
            return false;
        }

        var replacement = Replacement(ref input);
        if (value.Length - LogValue.Header < replacement.Length)
        {
            return false;
        }

        LogValue.Write(value, replacement);
        writer.WriteInt64(1);
        return true;
    }

    public override bool CopyUpdater(
        ReadOnlySpan<byte> key,
        ref StringInput input,
        ReadOnlySpan<byte> oldValue,
        Span<byte> newValue,
        ref RespMemoryWriter writer,
        ref RMWInfo rmwInfo)
    {
        if (!Applies(LogValue.Read(oldValue), ref input, ref writer, ref rmwInfo))
        {
            return false;
        }

        LogValue.Write(newValue, Replacement(ref input));
        writer.WriteInt64(1);
        return true;
    }

    public override bool Reader(
        ReadOnlySpan<byte> key, ref StringInput input, ReadOnlySpan<byte> value, ref RespMemoryWriter writer, ref ReadInfo readInfo) =>
        throw new NotSupportedException();

    /// <summary>Compares; answers and ends the operation if nothing is to be changed.</summary>
    private static bool Applies(ReadOnlySpan<byte> log, ref StringInput input, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        if (!log.SequenceEqual(Expected(ref input)))
        {
            writer.WriteInt64(0);
            rmwInfo.Action = RMWAction.CancelOperation;
            return false;
        }

        if (log.Length == 0 && Replacement(ref input).Length == 0)
        {
            writer.WriteInt64(1);
            rmwInfo.Action = RMWAction.CancelOperation;
            return false;
        }

        return true;
    }

    private static ReadOnlySpan<byte> Expected(ref StringInput input) => GetFirstArg(ref input);

    private static ReadOnlySpan<byte> Replacement(ref StringInput input)
    {
        var index = 1;
        return GetNextArg(ref input, ref index);
    }
}
