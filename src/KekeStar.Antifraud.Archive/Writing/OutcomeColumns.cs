using KekeStar.Antifraud.Archive.Files;
using KekeStar.Antifraud.Telemetry.Records;
using Parquet;

namespace KekeStar.Antifraud.Archive.Writing;

/// <summary>Reported outcomes of one hour as columns, until they are written. Keeps its memory from file to file.</summary>
internal sealed class OutcomeColumns
{
    private readonly ColumnBuffer<DateTime> _time = new();
    private readonly ColumnBuffer<DateTime> _outcomeTime = new();
    private readonly ColumnBuffer<long> _decision = new();
    private readonly ColumnBuffer<ReadOnlyMemory<char>> _outcome = new();
    private readonly ColumnBuffer<long> _sequence = new();
    private readonly ColumnBuffer<bool> _late = new();
    private readonly ColumnBuffer<int> _keyEpoch = new();
    private readonly NullableColumn<long> _account = new();
    private readonly NullableColumn<long> _otherAccount = new();
    private readonly NullableColumn<long> _device = new();
    private readonly NullableColumn<long> _context = new();
    private readonly NullableColumn<ReadOnlyMemory<byte>> _entities = new();

    /// <summary>Number of outcomes.</summary>
    public int Count => _time.Count;

    /// <summary>Takes over an outcome.</summary>
    public void Add(OutcomeRecord record)
    {
        _time.Add(DateTimeOffset.FromUnixTimeMilliseconds(record.TimeMilliseconds).UtcDateTime);
        _outcomeTime.Add(DateTimeOffset.FromUnixTimeMilliseconds(record.OutcomeTimeMilliseconds).UtcDateTime);
        _decision.Add(unchecked((long)record.Decision));
        _outcome.Add(ContractWords.Outcomes[(int)record.Outcome].AsMemory());
        _sequence.Add(record.Sequence);
        _late.Add(record.IsLate);
        _keyEpoch.Add(record.KeyEpoch);
        RecordColumns.AddEntity(_account, record.Account);
        RecordColumns.AddEntity(_otherAccount, record.OtherAccount);
        RecordColumns.AddEntity(_device, record.Device);
        RecordColumns.AddEntity(_context, record.Context);
        _entities.Add(record.Entities);
    }

    /// <summary>Forgets all outcomes.</summary>
    public void Clear()
    {
        _time.Clear();
        _outcomeTime.Clear();
        _decision.Clear();
        _outcome.Clear();
        _sequence.Clear();
        _late.Clear();
        _keyEpoch.Clear();
        _account.Clear();
        _otherAccount.Clear();
        _device.Clear();
        _context.Clear();
        _entities.Clear();
    }

    /// <summary>Writes all columns as one row group, in the order of the schema.</summary>
    public async Task WriteAsync(ParquetRowGroupWriter writer)
    {
        await writer.WriteAsync(OutcomeSchema.Time, _time.Values);
        await writer.WriteAsync(OutcomeSchema.OutcomeTime, _outcomeTime.Values);
        await writer.WriteAsync(OutcomeSchema.Decision, _decision.Values);
        await writer.WriteAsync(OutcomeSchema.Outcome, _outcome.Values);
        await writer.WriteAsync(OutcomeSchema.Sequence, _sequence.Values);
        await writer.WriteAsync(OutcomeSchema.Late, _late.Values);
        await writer.WriteAsync(OutcomeSchema.KeyEpoch, _keyEpoch.Values);
        await RecordColumns.WriteAsync(writer, OutcomeSchema.Account, _account);
        await RecordColumns.WriteAsync(writer, OutcomeSchema.OtherAccount, _otherAccount);
        await RecordColumns.WriteAsync(writer, OutcomeSchema.Device, _device);
        await RecordColumns.WriteAsync(writer, OutcomeSchema.Context, _context);
        await RecordColumns.WriteAsync(writer, OutcomeSchema.Entities, _entities);
        writer.CompleteValidate();
    }
}
