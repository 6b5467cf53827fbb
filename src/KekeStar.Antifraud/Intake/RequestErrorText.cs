using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake;

/// <summary>The texts of the request errors: what was wrong, where, and what to do. Each begins with the field's name.</summary>
internal static class RequestErrorText
{
    private const string Encode = "Encode it with code generated from the proto files.";
    private const string WrongType = $"has a wire type other than the contract's. {Encode}";
    private const string NotText = "is not valid UTF-8. Send text; binary ids go as hexadecimal or base64.";
    private const string NotTimestamp = "is not a valid google.protobuf.Timestamp (nanos must lie in 0 to 999,999,999).";

    /// <summary>The text of an error.</summary>
    public static string Of(RequestError error) => error switch
    {
        RequestError.NotProtobuf => $"The message is not a valid protocol buffers message of this method's request type. {Encode}",
        RequestError.EventTooLarge => $"The event has more than {IntakeLimits.MaxEventBytes} bytes. Send fewer software, process or sensor entries.",
        RequestError.EventIdMissing => "event_id is missing. Send a unique id of 1 to 64 bytes, the same for every retry of the event.",
        RequestError.EventIdTooLong => $"event_id has more than {IntakeLimits.MaxEventIdBytes} bytes. Send a shorter one, such as a UUID.",
        RequestError.EventIdNotText => $"event_id {NotText}",
        RequestError.EventIdWrongType => $"event_id {WrongType}",
        RequestError.SceneMissing => "scene is missing. Send one of the Scene values other than SCENE_UNSPECIFIED.",
        RequestError.SceneUnknown => "scene is not a value that this version of the service knows. Send one of the Scene values of its proto files.",
        RequestError.SceneWrongType => $"scene {WrongType}",
        RequestError.AccountIdTooLong => $"account_id has more than {IntakeLimits.MaxAccountIdBytes} bytes. Send the app's own account id.",
        RequestError.AccountIdNotText => $"account_id {NotText}",
        RequestError.AccountIdWrongType => $"account_id {WrongType}",
        RequestError.EventTimeAhead => "event_time is more than 10 minutes ahead of the service's clock. Set the caller's clock, or leave event_time out.",
        RequestError.EventTimeTooOld => "event_time is more than 24 hours ago. Such an event can no longer be scored.",
        RequestError.EventTimeInvalid => $"event_time {NotTimestamp}",
        RequestError.EventTimeWrongType => $"event_time {WrongType}",
        RequestError.OutcomeMissing => "outcome is missing. Send one of the Outcome values other than OUTCOME_UNSPECIFIED.",
        RequestError.OutcomeUnknown => "outcome is not a value that this version of the service knows. Send one of the Outcome values of its proto files.",
        RequestError.OutcomeWrongType => $"outcome {WrongType}",
        RequestError.OutcomeTimeAhead => "outcome_time is more than 10 minutes ahead of the service's clock. Set the caller's clock, or leave outcome_time out.",
        RequestError.OutcomeTimeTooOld => "outcome_time is more than 24 hours ago. Leave it out to report the outcome as of now.",
        RequestError.OutcomeTimeInvalid => $"outcome_time {NotTimestamp}",
        RequestError.OutcomeTimeWrongType => $"outcome_time {WrongType}",
        RequestError.ProviderInvalid => $"provider must have at most {IntakeLimits.MaxProviderBytes} characters of a-z, 0-9, '_' and '-'.",
        RequestError.SealedNotConfigured => "sealed_identifiers is set, but this service has no sealing key. Set Antifraud:Sealing:File, or send the identifiers unsealed.",
        RequestError.SealedKeyUnknown => "sealed_identifiers was sealed with a key whose id this service does not know. Add the key to the file of Antifraud:Sealing:File before gateways seal with it.",
        RequestError.SealedMalformed => $"sealed_identifiers is not of the form that docs/sealed-identifiers.md gives: version {SealedFormat.Version}, at least {SealedFormat.Overhead} bytes.",
        RequestError.SealedNotOpened => "sealed_identifiers cannot be opened: it was changed on the way, sealed for another event_id, or sealed with another key of the same id.",
        RequestError.SealedTooLarge => $"sealed_identifiers holds more than {SealedFormat.MaxPlaintextLength} bytes. Send software, processes and sensor samples beside it.",
        RequestError.SealedNotProtobuf => $"sealed_identifiers holds no valid SealedSignals message. {Encode}",
        RequestError.SealedWrongType => $"sealed_identifiers {WrongType}",
        _ => "The request is not usable.",
    };
}
