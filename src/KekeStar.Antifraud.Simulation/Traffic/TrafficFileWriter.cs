using System.IO.Compression;
using KekeStar.Antifraud.Archive.Writing;
using Parquet;

namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>Writes a traffic file as Parquet. No more rows are in memory than a row group has.</summary>
internal sealed class TrafficFileWriter : ITrafficWriter
{
    /// <summary>Rows of a row group: some 20 MB of requests.</summary>
    internal const int RowGroupRows = 8_192;

    private static readonly ParquetOptions Options = new() { CompressionMethod = CompressionMethod.Zstd, CompressionLevel = CompressionLevel.Fastest };

    private readonly Stream _stream;
    private readonly ParquetWriter _writer;
    private readonly ColumnBuffer<long> _time = new();
    private readonly ColumnBuffer<bool> _isReport = new();
    private readonly ColumnBuffer<long> _event = new();
    private readonly NullableColumn<ReadOnlyMemory<byte>> _message = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _actor = new();
    private readonly ColumnBuffer<bool> _abusive = new();
    private readonly ColumnBuffer<bool> _unseen = new();
    private readonly NullableColumn<ReadOnlyMemory<char>> _risk = new();
    private readonly ColumnBuffer<int> _condition = new();
    private readonly ColumnBuffer<long> _tokenSlot = new();
    private readonly BlobArena _blobs = new();

    private TrafficFileWriter(Stream stream, ParquetWriter writer)
    {
        _stream = stream;
        _writer = writer;
    }

    /// <summary>Begins a file.</summary>
    /// <param name="stream">Where to; closed with the writer.</param>
    internal static async Task<TrafficFileWriter> BeginAsync(Stream stream)
    {
        var writer = await ParquetWriter.CreateAsync(TrafficSchema.Schema, stream, Options);
        writer.CustomMetadata = new Dictionary<string, string>(StringComparer.Ordinal) { [TrafficSchema.VersionKey] = TrafficSchema.Version };
        return new TrafficFileWriter(stream, writer);
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(TrafficRow row)
    {
        _time.Add(row.TimeMilliseconds);
        _isReport.Add(row.IsReport);
        _event.Add(row.Event);
        _message.Add(_blobs.Copy(row.Message.Span));
        _actor.Add(row.Actor.AsMemory());
        _abusive.Add(row.IsAbusive);
        _unseen.Add(row.IsUnseen);
        if (row.Risk is null)
        {
            _risk.AddNull();
        }
        else
        {
            _risk.Add(row.Risk.AsMemory());
        }

        _condition.Add((int)row.Condition);
        _tokenSlot.Add(row.TokenSlot);
        if (_time.Count == RowGroupRows)
        {
            await FlushAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask CompleteAsync()
    {
        if (_time.Count > 0)
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
            await group.WriteAsync(TrafficSchema.Time, _time.Values);
            await group.WriteAsync(TrafficSchema.IsReport, _isReport.Values);
            await group.WriteAsync(TrafficSchema.Event, _event.Values);
            await RecordColumns.WriteAsync(group, TrafficSchema.Message, _message);
            await RecordColumns.WriteAsync(group, TrafficSchema.Actor, _actor);
            await group.WriteAsync(TrafficSchema.Abusive, _abusive.Values);
            await group.WriteAsync(TrafficSchema.Unseen, _unseen.Values);
            await RecordColumns.WriteAsync(group, TrafficSchema.Risk, _risk);
            await group.WriteAsync(TrafficSchema.Condition, _condition.Values);
            await group.WriteAsync(TrafficSchema.TokenSlot, _tokenSlot.Values);
            group.CompleteValidate();
        }

        _time.Clear();
        _isReport.Clear();
        _event.Clear();
        _message.Clear();
        _actor.Clear();
        _abusive.Clear();
        _unseen.Clear();
        _risk.Clear();
        _condition.Clear();
        _tokenSlot.Clear();
        _blobs.Clear();
    }
}
