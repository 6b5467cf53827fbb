using System.Buffers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Windows;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Turns the bytes of a ReportRequest into an <see cref="OutcomeReport"/>.</summary>
internal sealed class ReportRequestParser
{
    private static readonly SearchValues<byte> ProviderBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    private readonly Pseudonymiser _pseudonymiser;
    private readonly TimeProvider _time;

    /// <summary>Makes a parser.</summary>
    public ReportRequestParser(Pseudonymiser pseudonymiser, TimeProvider time)
    {
        _pseudonymiser = pseudonymiser;
        _time = time;
    }

    /// <summary>Parses a report. What is wrong with it stands in <see cref="OutcomeReport.Error"/>.</summary>
    public OutcomeReport Parse(ReadOnlySpan<byte> message)
    {
        var report = new OutcomeReport();
        report.Error = message.Length > IntakeLimits.MaxEventBytes ? RequestError.EventTooLarge : ParseFields(message, report);
        return report;
    }

    private static RequestError ReadOutcome(ref ProtobufReader reader, OutcomeReport report)
    {
        if (reader.WireType != WireType.Varint)
        {
            return RequestError.WrongType;
        }

        var value = reader.ReadVarint();
        if (value > (ulong)Outcome.AccountTheftConfirmed)
        {
            return RequestError.OutcomeUnknown;
        }

        report.Outcome = (Outcome)value;
        return RequestError.None;
    }

    private static RequestError CheckProvider(ref ProtobufReader reader)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.ProviderInvalid;
        }

        var provider = reader.ReadBytes();
        return provider.Length <= IntakeLimits.MaxProviderBytes
            && !provider.ContainsAnyExcept(ProviderBytes)
            ? RequestError.None
            : RequestError.ProviderInvalid;
    }

    private RequestError ParseFields(ReadOnlySpan<byte> message, OutcomeReport report)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        report.TimeMilliseconds = now;
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            var error = RequestError.None;
            switch (field)
            {
                case ReportRequest.EventIdFieldNumber:
                    error = ReadId(ref reader, EntityKind.Event, IntakeLimits.MaxEventIdBytes, RequestError.EventIdTooLong, out var eventId);
                    report.Event = eventId;
                    break;
                case ReportRequest.AccountIdFieldNumber:
                    error = ReadId(ref reader, EntityKind.Account, IntakeLimits.MaxAccountIdBytes, RequestError.AccountIdTooLong, out var account);
                    report.Account = account;
                    break;
                case ReportRequest.OutcomeFieldNumber:
                    error = ReadOutcome(ref reader, report);
                    break;
                case ReportRequest.OutcomeTimeFieldNumber:
                    error = EventTime.TryRead(ref reader, out var time);
                    error = error == RequestError.None ? EventTime.Check(time, now) : error;
                    report.TimeMilliseconds = time;
                    report.IsLate = now - time > (long)WindowLimits.MaxClockSkew.TotalMilliseconds;
                    break;
                case ReportRequest.ProviderFieldNumber:
                    error = CheckProvider(ref reader);
                    break;
                default:
                    reader.Skip();
                    break;
            }

            if (error != RequestError.None)
            {
                return error;
            }
        }

        return reader.IsMalformed ? RequestError.NotProtobuf
            : report.Event.IsNone ? RequestError.EventIdMissing
            : report.Outcome == Outcome.Unspecified ? RequestError.OutcomeMissing
            : RequestError.None;
    }

    private RequestError ReadId(ref ProtobufReader reader, EntityKind kind, int maxLength, RequestError tooLong, out Pseudonym pseudonym)
    {
        pseudonym = default;
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.WrongType;
        }

        var id = reader.ReadBytes();
        if (id.Length > maxLength)
        {
            return tooLong;
        }

        pseudonym = id.IsEmpty ? default : _pseudonymiser.Compute(kind, id);
        return RequestError.None;
    }
}
