using System.Buffers.Binary;
using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>KAPPEND; Garnet calls each method with the record locked.</summary>
internal sealed class AppendToLog : CustomRawStringFunctions
{
    public override int GetInitialLength(ref StringInput input) => LogValue.LengthFor(Added(ref input).Length);

    public override int GetLength(ReadOnlySpan<byte> value, ref StringInput input) =>
        Math.Max(value.Length, LogValue.LengthFor(LogValue.Used(value) + Added(ref input).Length));

    public override bool InitialUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        LogValue.Write(value, Added(ref input));
        Answer(value, ref input, ref writer);
        return true;
    }

    public override bool InPlaceUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref int valueLength, ref RespMemoryWriter writer, ref RMWInfo rmwInfo)
    {
        if (!LogValue.TryAppend(value, Added(ref input)))
        {
            return false;
        }

        Answer(value, ref input, ref writer);
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
        LogValue.Write(newValue, LogValue.Read(oldValue));
        LogValue.TryAppend(newValue, Added(ref input));
        Answer(newValue, ref input, ref writer);
        return true;
    }

    public override bool Reader(
        ReadOnlySpan<byte> key, ref StringInput input, ReadOnlySpan<byte> value, ref RespMemoryWriter writer, ref ReadInfo readInfo) =>
        throw new NotSupportedException();

    private static ReadOnlySpan<byte> Added(ref StringInput input) => GetFirstArg(ref input)[LogCommands.AppendHeader..];

    private static void Answer(ReadOnlySpan<byte> value, ref StringInput input, ref RespMemoryWriter writer)
    {
        var argument = GetFirstArg(ref input);
        var log = LogValue.Read(value);
        var range = LogValue.Range(
            log, BinaryPrimitives.ReadInt32LittleEndian(argument), BinaryPrimitives.ReadInt32LittleEndian(argument[sizeof(int)..]));
        if (InPlaceAnswers.TryTake(argument, log.Length, range))
        {
            return;
        }

        writer.Realloc(range.Length + ReadFromLog.AnswerOverhead);
        writer.WriteInt64(log.Length);
        writer.WriteBulkString(range);
    }
}
