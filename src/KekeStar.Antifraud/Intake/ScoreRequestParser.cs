using System.Security.Cryptography;
using System.Text.Unicode;
using KekeStar.Antifraud.Intake.Consents;
using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.Intake.References;
using KekeStar.Antifraud.Intake.Sealing;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Turns the bytes of a ScoreRequest into a <see cref="ScoreEvent"/> in one pass over them, without making a managed
/// object of anything in them. Consent is read first, so that a signal that is not granted is never even normalised.
/// </summary>
internal sealed class ScoreRequestParser
{
    private readonly KeyRing _keys;
    private readonly SealedIdentifiers _sealed;
    private readonly ConsentBook _consents;
    private readonly ReferenceTableSource _tables;
    private readonly TimeProvider _time;

    /// <summary>Makes a parser.</summary>
    public ScoreRequestParser(
        KeyRing keys,
        SealedIdentifiers sealedIdentifiers,
        ConsentBook consents,
        ReferenceTableSource tables,
        TimeProvider time)
    {
        _keys = keys;
        _sealed = sealedIdentifiers;
        _consents = consents;
        _tables = tables;
        _time = time;
    }

    /// <summary>Parses a request. What is wrong with it as a whole stands in <see cref="ScoreEvent.Error"/>.</summary>
    public void Parse(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        target.Clear();
        target.Keys = _keys.At(now);
        target.Error = message.Length > IntakeLimits.MaxEventBytes ? RequestError.EventTooLarge : ParseFields(message, now, target);
    }

    private RequestError ParseFields(ReadOnlySpan<byte> message, long now, ScoreEvent target)
    {
        var sealing = default(SealedField);
        var decidedAt = default(EventTime);
        var error = ConsentReader.Read(message, target, ref sealing, ref decidedAt);
        if (error == RequestError.None && !sealing.EventId.IsEmpty)
        {
            // Before anything else that may be wrong: a reply to an event of a batch or stream is matched by it.
            target.SetEventId(sealing.EventId);
        }

        return error != RequestError.None ? error
            : sealing.Bytes.IsEmpty ? ReadWithConsent(message, [], decidedAt, now, target)
            : OpenAndRead(message, sealing, decidedAt, now, target);
    }

    private RequestError OpenAndRead(ReadOnlySpan<byte> message, SealedField sealing, EventTime decidedAt, long now, ScoreEvent target)
    {
        var length = SealedIdentifiers.PlaintextLength(sealing.Bytes);
        var opened = (length <= OpenedBuffer.MaxStackBytes ? stackalloc byte[OpenedBuffer.MaxStackBytes] : OpenedBuffer.Large)[..length];
        try
        {
            var error = _sealed.Open(sealing.Bytes, sealing.EventId, opened);
            return error == RequestError.None ? ReadWithConsent(message, opened, decidedAt, now, target) : error;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(opened);
        }
    }

    private RequestError ReadWithConsent(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> opened, EventTime decidedAt, long now, ScoreEvent target)
    {
        var error = AccountReader.Read(message, target);
        if (error != RequestError.None)
        {
            return error;
        }

        error = AccountReader.Read(opened, target);
        if (error != RequestError.None)
        {
            return error == RequestError.NotProtobuf ? RequestError.SealedNotProtobuf : error;
        }

        _consents.Apply(target, decidedAt.PastMilliseconds(now), now);
        return ReadFields(message, opened, now, target);
    }

    private RequestError ReadFields(ReadOnlySpan<byte> message, ReadOnlySpan<byte> opened, long now, ScoreEvent target)
    {
        var eventTime = default(EventTime);
        var device = new DeviceProgress(_tables.Current);
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            var error = field switch
            {
                ScoreRequest.EventTimeFieldNumber => ErrorOf(eventTime.Read(ref reader)),
                ScoreRequest.SceneFieldNumber => ReadScene(ref reader, target),
                ScoreRequest.ClientIpFieldNumber => ReadClientAddress(ref reader, device.Tables, target),
                ScoreRequest.DeviceFieldNumber => ReadDevice(ref reader, ref device, target),
                ScoreRequest.ThirdPartyFieldNumber => ThirdPartyReader.Read(ref reader, target),
                ScoreRequest.DeviceTokenFieldNumber => ReadDeviceToken(ref reader, target),
                ScoreRequest.ReasonLanguageFieldNumber => ReadReasonLanguage(ref reader, target),
                _ => Skip(ref reader),
            };
            if (error != RequestError.None)
            {
                return error;
            }
        }

        if (reader.IsMalformed)
        {
            return RequestError.NotProtobuf;
        }

        var sealedError = ReadSealedSignals(opened, ref device, target);
        if (sealedError != RequestError.None)
        {
            return sealedError;
        }

        var timeFault = eventTime.Check(now, out var milliseconds, out var isLate);
        target.TimeMilliseconds = milliseconds;
        target.IsLate = isLate;
        DeviceSignalsParser.Finish(ref device, target);
        return target.EventId.IsEmpty ? RequestError.EventIdMissing
            : target.Scene == Scene.Unspecified ? RequestError.SceneMissing
            : ErrorOf(timeFault);
    }

    private static RequestError ReadSealedSignals(ReadOnlySpan<byte> opened, ref DeviceProgress device, ScoreEvent target)
    {
        var reader = new ProtobufReader(opened);
        while (reader.TryReadTag(out var field))
        {
            var error = field switch
            {
                SealedSignals.ClientIpFieldNumber => ReadClientAddress(ref reader, device.Tables, target),
                SealedSignals.DeviceFieldNumber => ReadDevice(ref reader, ref device, target),
                SealedSignals.DeviceTokenFieldNumber => ReadDeviceToken(ref reader, target),
                _ => Skip(ref reader),
            };
            if (error != RequestError.None)
            {
                return error == RequestError.NotProtobuf ? RequestError.SealedNotProtobuf : error;
            }
        }

        return reader.IsMalformed ? RequestError.SealedNotProtobuf : RequestError.None;
    }

    private static RequestError ErrorOf(EventTimeFault fault) => fault switch
    {
        EventTimeFault.None => RequestError.None,
        EventTimeFault.NotProtobuf => RequestError.NotProtobuf,
        EventTimeFault.WrongType => RequestError.EventTimeWrongType,
        EventTimeFault.Ahead => RequestError.EventTimeAhead,
        EventTimeFault.TooOld => RequestError.EventTimeTooOld,
        _ => RequestError.EventTimeInvalid,
    };

    private static RequestError Skip(ref ProtobufReader reader)
    {
        reader.Skip();
        return RequestError.None;
    }

    private static RequestError ReadScene(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.Varint)
        {
            return RequestError.SceneWrongType;
        }

        var value = reader.ReadVarint();
        if (value > (ulong)Scene.ChangeCredential)
        {
            return RequestError.SceneUnknown;
        }

        target.Scene = (Scene)value;
        return RequestError.None;
    }

    private static RequestError ReadReasonLanguage(ref ProtobufReader reader, ScoreEvent target)
    {
        var signal = SignalTable.Request[ScoreRequest.ReasonLanguageFieldNumber];
        if (SignalReader.TryReadEnum(ref reader, signal, (int)ReasonLanguage.SimplifiedChinese, target, out var language))
        {
            target.ReasonLanguage = (ReasonLanguage)language;
        }

        return RequestError.None;
    }

    private static RequestError ReadClientAddress(ref ProtobufReader reader, ReferenceTables tables, ScoreEvent target)
    {
        var signal = SignalTable.Request[ScoreRequest.ClientIpFieldNumber];
        if (reader.WireType == WireType.LengthDelimited)
        {
            // Of a field that comes again the last one counts, also where it says nothing.
            target.Forget(EntitySlot.Ip);
            target.Forget(EntitySlot.IpPrefix);
            target.Address = default;
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var text))
        {
            return RequestError.None;
        }

        Span<byte> address = stackalloc byte[16];
        Span<byte> prefix = stackalloc byte[16];
        var status = ClientAddress.TryParse(text, address, out var isIPv4);
        if (status != NormaliseStatus.Ok)
        {
            target.Drop(signal.NameIndex, SignalReader.Cause(status));
            return RequestError.None;
        }

        var prefixLength = ClientAddress.WritePrefix(address, isIPv4, prefix);
        target.Pseudonymise(EntitySlot.Ip, address);
        target.Pseudonymise(EntitySlot.IpPrefix, prefix[..prefixLength]);
        target.Address = tables.Addresses.Find(address, isIPv4);
        address.Clear();
        prefix.Clear();
        return RequestError.None;
    }

    private static RequestError ReadDevice(ref ProtobufReader reader, ref DeviceProgress progress, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            target.Drop(SignalNames.Device, DropCause.WrongType);
            return Skip(ref reader);
        }

        return DeviceSignalsParser.TryParse(reader.ReadBytes(), ref progress, target) ? RequestError.None : RequestError.NotProtobuf;
    }

    private static RequestError ReadDeviceToken(ref ProtobufReader reader, ScoreEvent target)
    {
        var signal = SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber];
        if (reader.WireType == WireType.LengthDelimited)
        {
            target.SetDeviceToken(default);
        }

        if (!SignalReader.TryReadText(ref reader, signal, target, out var token))
        {
            return RequestError.None;
        }

        if (token.Length > IntakeLimits.MaxDeviceTokenBytes)
        {
            target.Drop(signal.NameIndex, DropCause.TooLong);
        }
        else
        {
            target.SetDeviceToken(token);
        }

        return RequestError.None;
    }
}
