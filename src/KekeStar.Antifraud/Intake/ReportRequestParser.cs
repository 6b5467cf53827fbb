using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Unicode;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>Turns the bytes of a ReportRequest into an <see cref="OutcomeReport"/>.</summary>
internal sealed class ReportRequestParser
{
    private static readonly SearchValues<byte> ProviderBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-"u8);

    private static readonly IdRule EventIdRule = new(
        EntityKind.Event, IntakeLimits.MaxEventIdBytes, RequestError.EventIdTooLong, RequestError.EventIdNotText, RequestError.EventIdWrongType);

    private static readonly IdRule AccountIdRule = new(
        EntityKind.Account, IntakeLimits.MaxAccountIdBytes, RequestError.AccountIdTooLong, RequestError.AccountIdNotText, RequestError.AccountIdWrongType);

    private readonly KeyRing _keys;
    private readonly SealedIdentifiers _sealed;
    private readonly ConsentBook _consents;
    private readonly TimeProvider _time;

    /// <summary>Makes a parser.</summary>
    public ReportRequestParser(KeyRing keys, SealedIdentifiers sealedIdentifiers, ConsentBook consents, TimeProvider time)
    {
        _keys = keys;
        _sealed = sealedIdentifiers;
        _consents = consents;
        _time = time;
    }

    /// <summary>Parses a report. What is wrong with it stands in <see cref="OutcomeReport.Error"/>.</summary>
    public OutcomeReport Parse(ReadOnlySpan<byte> message)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var report = new OutcomeReport { Keys = _keys.At(now) };
        report.Error = message.Length > IntakeLimits.MaxEventBytes ? RequestError.EventTooLarge : ParseFields(message, now, report);
        return report;
    }

    private static RequestError ReadOutcome(ref ProtobufReader reader, OutcomeReport report)
    {
        if (reader.WireType != WireType.Varint)
        {
            return RequestError.OutcomeWrongType;
        }

        var value = reader.ReadVarint();
        if (value > (ulong)Outcome.AccountTheftConfirmed)
        {
            return RequestError.OutcomeUnknown;
        }

        report.Outcome = (Outcome)value;
        return RequestError.None;
    }

    private static RequestError ErrorOf(EventTimeFault fault) => fault switch
    {
        EventTimeFault.None => RequestError.None,
        EventTimeFault.NotProtobuf => RequestError.NotProtobuf,
        EventTimeFault.WrongType => RequestError.OutcomeTimeWrongType,
        EventTimeFault.Ahead => RequestError.OutcomeTimeAhead,
        EventTimeFault.TooOld => RequestError.OutcomeTimeTooOld,
        _ => RequestError.OutcomeTimeInvalid,
    };

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

    private RequestError ParseFields(ReadOnlySpan<byte> message, long now, OutcomeReport report)
    {
        var outcomeTime = default(EventTime);
        var sealing = default(SealedField);
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            var error = RequestError.None;
            switch (field)
            {
                case ReportRequest.EventIdFieldNumber:
                    error = ReadEventId(ref reader, ref sealing, report);
                    break;
                case ReportRequest.AccountIdFieldNumber:
                    error = ReadAccount(ref reader, report);
                    break;
                case ReportRequest.OutcomeFieldNumber:
                    error = ReadOutcome(ref reader, report);
                    break;
                case ReportRequest.OutcomeTimeFieldNumber:
                    error = ErrorOf(outcomeTime.Read(ref reader));
                    break;
                case ReportRequest.ProviderFieldNumber:
                    error = CheckProvider(ref reader);
                    break;
                case ReportRequest.SealedIdentifiersFieldNumber:
                    error = sealing.ReadBytes(ref reader);
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

        if (!reader.IsMalformed && !sealing.Bytes.IsEmpty && OpenAndReadAccount(sealing, report) is var sealedError and not RequestError.None)
        {
            return sealedError;
        }

        var timeFault = outcomeTime.Check(now, out var milliseconds, out var isLate);
        report.TimeMilliseconds = milliseconds;
        report.IsLate = isLate;
        if (_consents.TryFind(report.Account, report.OtherAccount, out var markers))
        {
            report.ForgottenAtMilliseconds = markers.At(ConsentMarker.Forgotten, now);
        }

        return reader.IsMalformed ? RequestError.NotProtobuf
            : report.Event.IsNone ? RequestError.EventIdMissing
            : report.Outcome == Outcome.Unspecified ? RequestError.OutcomeMissing
            : ErrorOf(timeFault);
    }

    private RequestError OpenAndReadAccount(SealedField sealing, OutcomeReport report)
    {
        var length = SealedIdentifiers.PlaintextLength(sealing.Bytes);
        var opened = (length <= OpenedBuffer.MaxStackBytes ? stackalloc byte[OpenedBuffer.MaxStackBytes] : OpenedBuffer.Large)[..length];
        try
        {
            var error = _sealed.Open(sealing.Bytes, sealing.EventId, opened);
            return error == RequestError.None ? ReadSealedAccount(opened, report) : error;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }

    private static RequestError ReadSealedAccount(ReadOnlySpan<byte> opened, OutcomeReport report)
    {
        var reader = new ProtobufReader(opened);
        while (reader.TryReadTag(out var field))
        {
            if (field != SealedSignals.AccountIdFieldNumber)
            {
                reader.Skip();
            }
            else if (ReadAccount(ref reader, report) is var error and not RequestError.None)
            {
                return error;
            }
        }

        return reader.IsMalformed ? RequestError.SealedNotProtobuf : RequestError.None;
    }

    private static RequestError ReadEventId(ref ProtobufReader reader, ref SealedField sealing, OutcomeReport report)
    {
        var again = reader;
        var error = ReadId(ref reader, EventIdRule, report.Keys, out var eventId, out var other);
        report.Event = eventId;
        report.OtherEvent = other;
        return error == RequestError.None ? sealing.ReadEventId(ref again) : error;
    }

    private static RequestError ReadAccount(ref ProtobufReader reader, OutcomeReport report)
    {
        var error = ReadId(ref reader, AccountIdRule, report.Keys, out var account, out var other);
        report.Account = account;
        report.OtherAccount = other;
        return error;
    }

    private static RequestError ReadId(ref ProtobufReader reader, in IdRule rule, KeySet keys, out Pseudonym pseudonym, out Pseudonym other)
    {
        pseudonym = default;
        other = default;
        if (reader.WireType != WireType.LengthDelimited)
        {
            return rule.WrongType;
        }

        var id = reader.ReadBytes();
        if (id.Length > rule.MaxLength)
        {
            return rule.TooLong;
        }

        if (!Utf8.IsValid(id))
        {
            return rule.NotText;
        }

        if (!id.IsEmpty)
        {
            pseudonym = keys.Current.Pseudonymise(rule.Kind, id);
            other = keys.Other?.Pseudonymise(rule.Kind, id) ?? default;
        }

        return RequestError.None;
    }

    /// <summary>What an id may be, and what it is called when it is not.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct IdRule(EntityKind Kind, int MaxLength, RequestError TooLong, RequestError NotText, RequestError WrongType);
}
