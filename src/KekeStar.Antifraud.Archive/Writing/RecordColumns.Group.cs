using KekeStar.Antifraud.Scoring;
using Parquet;

namespace KekeStar.Antifraud.Archive.Writing;

/// <content>The columns as a row group.</content>
internal sealed partial class RecordColumns
{
    /// <summary>Writes all columns as one row group, in the order of the schema.</summary>
    public async Task WriteAsync(ParquetRowGroupWriter writer)
    {
        await writer.WriteAsync(RecordSchema.Time, _time.Values);
        await writer.WriteAsync(RecordSchema.EventTime, _eventTime.Values);
        await writer.WriteAsync(RecordSchema.Decision, _decision.Values);
        await writer.WriteAsync(RecordSchema.Scene, _scene.Values);
        await writer.WriteAsync(RecordSchema.Verdict, _verdict.Values);
        await WriteAsync(writer, RecordSchema.Challenge, _challenge);
        await writer.WriteAsync(RecordSchema.Score, _score.Values);
        await writer.WriteAsync(RecordSchema.BatchRegistration, _batchRegistration.Values);
        await writer.WriteAsync(RecordSchema.Bot, _bot.Values);
        await writer.WriteAsync(RecordSchema.AccountTheft, _accountTheft.Values);
        await writer.WriteAsync(RecordSchema.Policy, _policy.Values);
        await writer.WriteAsync(RecordSchema.PolicyHash, _policyHash.Values);
        await writer.WriteAsync(RecordSchema.Store, _store.Values);
        await WriteAsync(writer, RecordSchema.List, _list);
        await writer.WriteAsync(RecordSchema.StepUpExempt, _stepUpExempt.Values);
        await writer.WriteAsync(RecordSchema.AtLeast, _atLeast.Values);
        await writer.WriteAsync(RecordSchema.DurationMicroseconds, _duration.Values);
        await writer.WriteAsync(RecordSchema.KeyEpoch, _keyEpoch.Values);
        await WriteAsync(writer, RecordSchema.Label, _labels);
        await WriteAsync(writer, RecordSchema.Rule, _rules);
        await WriteAsync(writer, RecordSchema.Contribution, _contributions);
        await WriteAsync(writer, RecordSchema.ShadowRule, _shadowRules);
        await WriteAsync(writer, RecordSchema.Account, _account);
        await WriteAsync(writer, RecordSchema.OtherAccount, _otherAccount);
        await WriteAsync(writer, RecordSchema.Device, _device);
        await WriteAsync(writer, RecordSchema.Ip, _ip);
        await WriteAsync(writer, RecordSchema.IpPrefix, _ipPrefix);
        await WriteAsync(writer, RecordSchema.Bssid, _bssid);
        await WriteAsync(writer, RecordSchema.Cohort, _cohort);
        await WriteAsync(writer, RecordSchema.Entities, _entities);
        await WriteAsync(writer, RecordSchema.Features, _features);
        await WriteAsync(writer, RecordSchema.Model, _model);
        await WriteAsync(writer, RecordSchema.ProbabilityOfBatchRegistration, _probabilities[(int)Risk.BatchRegistration]);
        await WriteAsync(writer, RecordSchema.ProbabilityOfBot, _probabilities[(int)Risk.Bot]);
        await WriteAsync(writer, RecordSchema.ProbabilityOfAccountTheft, _probabilities[(int)Risk.AccountTheft]);
        await WriteAsync(writer, RecordSchema.ShadowModel, _shadowModel);
        await WriteAsync(writer, RecordSchema.ShadowScore, _shadowScore);
        await writer.WriteAsync(RecordSchema.Sequence, _sequence.Values);
        await writer.WriteAsync(RecordSchema.Late, _late.Values);
        await writer.WriteAsync(RecordSchema.DeviceNamed, _deviceNamed.Values);
        await WriteAsync(writer, RecordSchema.Country, _country);
        await writer.WriteAsync(RecordSchema.AtPlace, _atPlace.Values);
        await writer.WriteAsync(RecordSchema.ThresholdShift, _thresholdShift.Values);
        writer.CompleteValidate();
    }

    internal static Task WriteAsync<T>(ParquetRowGroupWriter writer, Parquet.Schema.DataField field, NullableColumn<T> column)
        where T : struct =>
        writer.WriteAllPartsAsync(field, column.Values, column.Definitions, repetitionLevels: null, CancellationToken.None);

    private static Task WriteAsync<T>(ParquetRowGroupWriter writer, Parquet.Schema.DataField field, ListColumn<T> column)
        where T : struct =>
        writer.WriteAllPartsAsync(field, column.Items, column.Definitions, column.Repetitions, CancellationToken.None);
}
