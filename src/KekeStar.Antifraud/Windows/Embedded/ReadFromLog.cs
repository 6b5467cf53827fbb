using System.Buffers.Binary;
using Garnet.common;
using Garnet.server;
using Tsavorite.core;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>KREAD.</summary>
internal sealed class ReadFromLog : CustomRawStringFunctions
{
    /// <summary>Most bytes of RESP around a number and a bulk string; asked for beforehand, so that no answer is copied as it grows.</summary>
    public const int AnswerOverhead = 48;

    public override int GetInitialLength(ref StringInput input) => throw new NotSupportedException();

    public override int GetLength(ReadOnlySpan<byte> value, ref StringInput input) => throw new NotSupportedException();

    public override bool InitialUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref RespMemoryWriter writer, ref RMWInfo rmwInfo) =>
        throw new NotSupportedException();

    public override bool InPlaceUpdater(
        ReadOnlySpan<byte> key, ref StringInput input, Span<byte> value, ref int valueLength, ref RespMemoryWriter writer, ref RMWInfo rmwInfo) =>
        throw new NotSupportedException();

    public override bool CopyUpdater(
        ReadOnlySpan<byte> key,
        ref StringInput input,
        ReadOnlySpan<byte> oldValue,
        Span<byte> newValue,
        ref RespMemoryWriter writer,
        ref RMWInfo rmwInfo) => throw new NotSupportedException();

    public override bool Reader(
        ReadOnlySpan<byte> key, ref StringInput input, ReadOnlySpan<byte> value, ref RespMemoryWriter writer, ref ReadInfo readInfo)
    {
        var argument = GetFirstArg(ref input);
        var range = LogValue.Range(
            LogValue.Read(value),
            BinaryPrimitives.ReadInt64LittleEndian(argument),
            BinaryPrimitives.ReadInt64LittleEndian(argument[sizeof(long)..]));
        if (!InPlaceAnswers.TryTake(argument, 0, range))
        {
            writer.Realloc(range.Length + AnswerOverhead);
            writer.WriteBulkString(range);
        }

        return true;
    }
}
