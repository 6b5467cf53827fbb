using System.Buffers;
using System.Buffers.Binary;
using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// KTRIM; Garnet calls each method with the record locked, so that no append is lost and nothing is to be compared. Its entry in
/// the append-only file holds the key and a time, where a KREPLACE holds the log before and after.
/// </summary>
internal sealed class TrimLog : CustomRawStringFunctions
{
    /// <summary>Answer: there was nothing to cut.</summary>
    public const int Unchanged = 0;

    /// <summary>Answer: the log was cut.</summary>
    public const int Cut = 1;

    /// <summary>Answer: nothing is left of the log; the empty record is to be removed (see <see cref="ReplaceLog"/>).</summary>
    public const int Emptied = 2;

    public override bool NeedInitialUpdate(scoped ReadOnlySpan<byte> key, ref StringInput input, ref RespMemoryWriter writer)
    {
        writer.WriteInt64(Unchanged);
        return false;
    }

    public override int GetInitialLength(ref StringInput input) => throw new NotSupportedException();

    // What is kept, with what stands for the cut ones, is never longer than this.
    public override int GetLength(ReadOnlySpan<byte> value, ref StringInput input) =>
        Math.Min(value.Length, LogValue.LengthFor(LogTail.RoomFor(WindowLimits.TailRecords * WindowRecord.Length)));

    public override bool InitialUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo) =>
        throw new NotSupportedException();

    public override bool InPlaceUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref int valueLength, ref RespMemoryWriter writer, ref RMWInfo rmwInfo) =>
        TryTrim(ref input, value, value, ref writer, ref rmwInfo);

    public override bool CopyUpdater(
        ReadOnlySpan<byte> key,
        ref StringInput input,
        ReadOnlySpan<byte> oldValue,
        Span<byte> newValue,
        ref RespMemoryWriter writer,
        ref RMWInfo rmwInfo) => TryTrim(ref input, oldValue, newValue, ref writer, ref rmwInfo);

    public override bool Reader(
        ReadOnlySpan<byte> key, ref StringInput input, ReadOnlySpan<byte> value, ref RespMemoryWriter writer, ref ReadInfo readInfo) =>
        throw new NotSupportedException();

    private static bool TryTrim(
        ref StringInput input, ReadOnlySpan<byte> from, Span<byte> to, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        var log = LogValue.Read(from);
        var room = ArrayPool<byte>.Shared.Rent(LogTail.RoomFor(log.Length));
        try
        {
            var kept = LogTail.Keep(log, BinaryPrimitives.ReadInt64LittleEndian(GetFirstArg(ref input)), room);
            if (kept.SequenceEqual(log))
            {
                writer.WriteInt64(Unchanged);
                rmwInfo.Action = RMWAction.CancelOperation;
                return false;
            }

            LogValue.Write(to, kept);
            writer.WriteInt64(kept.IsEmpty ? Emptied : Cut);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
