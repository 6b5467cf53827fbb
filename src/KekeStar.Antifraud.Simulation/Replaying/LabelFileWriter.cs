using System.IO.Compression;
using KekeStar.Antifraud.Archive.Writing;
using KekeStar.Antifraud.Simulation.Traffic;
using Parquet;

namespace KekeStar.Antifraud.Simulation.Replaying;

/// <summary>Writes what is true of each decision beside the archive.</summary>
internal sealed class LabelFileWriter : IAsyncDisposable
{
    private const int RowGroupRows = 122_880;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    private readonly Stream _stream;
    private readonly ParquetWriter _writer;
    private readonly ColumnBuffer<long> _decision = new();
    private readonly ColumnBuffer<DateTime> _eventTime = new();
    private readonly ColumnBuffer<bool> _abusive = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _risk = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _actor = new();
    private readonly ColumnBuffer<bool> _unseen = new();

    private LabelFileWriter(Stream stream, ParquetWriter writer)
    {
        _stream = stream;
        _writer = writer;
    }

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; closed with the writer.</param>
    internal static async Task<LabelFileWriter> BeginAsync(Stream stream) =>
        new(stream, await ParquetWriter.CreateAsync(LabelSchema.Schema, stream, Options));

    /// <summary>Adds a decision.</summary>
    /// <param name="decision">The archive's own 64 bits.</param>
    /// <param name="row">What is true of its event.</param>
    internal async ValueTask AddAsync(ulong decision, TrafficRow row)
    {
        _decision.Add(unchecked((long)decision));
        _eventTime.Add(DateTimeOffset.FromUnixTimeMilliseconds(row.TimeMilliseconds).UtcDateTime);
        _abusive.Add(row.IsAbusive);
        if (row.Risk is null)
        {
            _risk.AddNull();
        }
        else
        {
            _risk.Add(row.Risk.AsMemory());
        }

        _actor.Add(row.Actor.AsMemory());
        _unseen.Add(row.IsUnseen);
        if (_decision.Count == RowGroupRows)
        {
            await FlushAsync();
        }
    }

    /// <summary>Ends the file.</summary>
    internal async Task CompleteAsync()
    {
        if (_decision.Count > 0)
        {
            await FlushAsync();
        }

        await _writer.DisposeAsync();
        await _stream.FlushAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private async Task FlushAsync()
    {
        using (var group = _writer.CreateRowGroup())
        {
            await group.WriteAsync(LabelSchema.Decision, _decision.Values);
            await group.WriteAsync(LabelSchema.EventTime, _eventTime.Values);
            await group.WriteAsync(LabelSchema.Abusive, _abusive.Values);
            await RecordColumns.WriteAsync(group, LabelSchema.Risk, _risk);
            await RecordColumns.WriteAsync(group, LabelSchema.Actor, _actor);
            await group.WriteAsync(LabelSchema.Unseen, _unseen.Values);
            group.CompleteValidate();
        }

        _decision.Clear();
        _eventTime.Clear();
        _abusive.Clear();
        _risk.Clear();
        _actor.Clear();
        _unseen.Clear();
    }
}
