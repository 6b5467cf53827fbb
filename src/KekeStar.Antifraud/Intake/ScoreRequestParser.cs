using KekeStar.Antifraud.Intake.Identifiers;
using KekeStar.Antifraud.Intake.Keys;
using KekeStar.Antifraud.V1;
using KekeStar.Antifraud.Wire;

namespace KekeStar.Antifraud.Intake;

/// <summary>
/// Turns the bytes of a ScoreRequest into a <see cref="ScoreEvent"/> in one pass over them, without making a managed
/// object of anything in them. Consent is read first, so that a signal that is not granted is never even normalised.
/// </summary>
internal sealed class ScoreRequestParser
{
    private readonly DeviceSignalsParser _device;
    private readonly Pseudonymiser _pseudonymiser;
    private readonly TimeProvider _time;

    /// <summary>Makes a parser.</summary>
    public ScoreRequestParser(DeviceSignalsParser device, Pseudonymiser pseudonymiser, TimeProvider time)
    {
        _device = device;
        _pseudonymiser = pseudonymiser;
        _time = time;
    }

    /// <summary>Parses a request. What is wrong with it as a whole stands in <see cref="ScoreEvent.Error"/>.</summary>
    public void Parse(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        target.Clear();
        target.Error = message.Length > IntakeLimits.MaxEventBytes ? RequestError.EventTooLarge : ParseFields(message, target);
    }

    private RequestError ParseFields(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        if (!TryReadConsent(message, target))
        {
            return RequestError.NotProtobuf;
        }

        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        target.TimeMilliseconds = now;
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            var error = field switch
            {
                ScoreRequest.EventIdFieldNumber => ReadEventId(ref reader, target),
                ScoreRequest.EventTimeFieldNumber => EventTime.Read(ref reader, now, target),
                ScoreRequest.SceneFieldNumber => ReadScene(ref reader, target),
                ScoreRequest.AccountIdFieldNumber => ReadAccount(ref reader, target),
                ScoreRequest.ClientIpFieldNumber => ReadClientAddress(ref reader, target),
                ScoreRequest.DeviceFieldNumber => ReadDevice(ref reader, target),
                ScoreRequest.ThirdPartyFieldNumber => ReadThirdParty(ref reader, target),
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

        return target.EventId.IsEmpty ? RequestError.EventIdMissing
            : target.Scene == Scene.Unspecified ? RequestError.SceneMissing
            : RequestError.None;
    }

    private static bool TryReadConsent(ReadOnlySpan<byte> message, ScoreEvent target)
    {
        var reader = new ProtobufReader(message);
        while (reader.TryReadTag(out var field))
        {
            if (field != ScoreRequest.ConsentFieldNumber || reader.WireType != WireType.LengthDelimited)
            {
                reader.Skip();
                continue;
            }

            var consent = new ProtobufReader(reader.ReadBytes());
            while (consent.TryReadTag(out var consentField))
            {
                if (consentField == Consent.GrantedFieldNumber && consent.WireType == WireType.LengthDelimited)
                {
                    var packed = new ProtobufReader(consent.ReadBytes());
                    while (!packed.IsMalformed && !packed.IsAtEnd)
                    {
                        Grant(target, packed.ReadVarint());
                    }
                }
                else if (consentField == Consent.GrantedFieldNumber && consent.WireType == WireType.Varint)
                {
                    Grant(target, consent.ReadVarint());
                }
                else
                {
                    consent.Skip();
                }
            }

            if (consent.IsMalformed)
            {
                return false;
            }
        }

        return !reader.IsMalformed;
    }

    private static void Grant(ScoreEvent target, ulong category)
    {
        if (category is > 0 and < 32)
        {
            target.Consent |= 1u << (int)category;
        }
    }

    private static RequestError Skip(ref ProtobufReader reader)
    {
        reader.Skip();
        return RequestError.None;
    }

    private static RequestError ReadScene(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.Varint)
        {
            return RequestError.WrongType;
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
        var value = SignalReader.ReadEnum(ref reader, SignalTable.Request[ScoreRequest.ReasonLanguageFieldNumber], (int)ReasonLanguage.SimplifiedChinese, target);
        target.ReasonLanguage = (ReasonLanguage)value;
        return RequestError.None;
    }

    private static RequestError ReadThirdParty(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return Skip(ref reader);
        }

        var results = new ProtobufReader(reader.ReadBytes());
        while (results.TryReadTag(out var field))
        {
            switch (field)
            {
                case ThirdPartyResults.CaptchaFieldNumber:
                    target.Captcha = (CaptchaState)SignalReader.ReadEnum(
                        ref results, SignalTable.ThirdParty[field], (int)CaptchaState.Pending, target);
                    break;
                case ThirdPartyResults.VendorScoreFieldNumber when results.WireType == WireType.Varint:
                    var score = results.ReadVarint();
                    if (score > 1000)
                    {
                        target.Drop(SignalTable.ThirdParty[field].NameIndex, DropCause.Malformed);
                    }
                    else
                    {
                        target.VendorScore = (int)score;
                    }

                    break;
                case ThirdPartyResults.VendorScoreFieldNumber:
                    target.Drop(SignalTable.ThirdParty[field].NameIndex, DropCause.WrongType);
                    results.Skip();
                    break;
                default:
                    results.Skip();
                    break;
            }
        }

        return results.IsMalformed ? RequestError.NotProtobuf : RequestError.None;
    }

    private RequestError ReadEventId(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.WrongType;
        }

        var eventId = reader.ReadBytes();
        if (eventId.Length > IntakeLimits.MaxEventIdBytes)
        {
            return RequestError.EventIdTooLong;
        }

        target.SetEventId(eventId);
        target.Event = _pseudonymiser.Compute(EntityKind.Event, eventId);
        return RequestError.None;
    }

    private RequestError ReadAccount(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return RequestError.WrongType;
        }

        var account = reader.ReadBytes();
        if (account.Length > IntakeLimits.MaxAccountIdBytes)
        {
            return RequestError.AccountIdTooLong;
        }

        target.Entity(EntitySlot.Account) = account.IsEmpty ? default : _pseudonymiser.Compute(EntityKind.Account, account);
        return RequestError.None;
    }

    private RequestError ReadClientAddress(ref ProtobufReader reader, ScoreEvent target)
    {
        var signal = SignalTable.Request[ScoreRequest.ClientIpFieldNumber];
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
        target.Entity(EntitySlot.Ip) = _pseudonymiser.Compute(EntityKind.Ip, address);
        target.Entity(EntitySlot.IpPrefix) = _pseudonymiser.Compute(EntityKind.IpPrefix, prefix[..prefixLength]);
        address.Clear();
        return RequestError.None;
    }

    private RequestError ReadDevice(ref ProtobufReader reader, ScoreEvent target)
    {
        if (reader.WireType != WireType.LengthDelimited)
        {
            return Skip(ref reader);
        }

        return _device.TryParse(reader.ReadBytes(), target) ? RequestError.None : RequestError.NotProtobuf;
    }

    private static RequestError ReadDeviceToken(ref ProtobufReader reader, ScoreEvent target)
    {
        var signal = SignalTable.Request[ScoreRequest.DeviceTokenFieldNumber];
        if (SignalReader.TryReadText(ref reader, signal, target, out var token))
        {
            if (token.Length > IntakeLimits.MaxDeviceTokenBytes)
            {
                target.Drop(signal.NameIndex, DropCause.TooLong);
            }
            else
            {
                target.SetDeviceToken(token);
            }
        }

        return RequestError.None;
    }
}
