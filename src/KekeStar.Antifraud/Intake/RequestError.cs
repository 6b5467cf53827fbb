namespace KekeStar.Antifraud.Intake;

/// <summary>Why a request cannot be scored or reported at all. Each has one fixed text, which holds nothing of the request.</summary>
internal enum RequestError
{
    /// <summary>The request is usable.</summary>
    None = 0,

    /// <summary>The bytes are not protocol buffers.</summary>
    NotProtobuf,

    /// <summary>The event is larger than <see cref="IntakeLimits.MaxEventBytes"/>.</summary>
    EventTooLarge,

    /// <summary>A field that is needed has another wire type than the contract's.</summary>
    WrongType,

    /// <summary>No event id.</summary>
    EventIdMissing,

    /// <summary>The event id is longer than <see cref="IntakeLimits.MaxEventIdBytes"/>.</summary>
    EventIdTooLong,

    /// <summary>No scene.</summary>
    SceneMissing,

    /// <summary>A scene that this version does not know.</summary>
    SceneUnknown,

    /// <summary>The account id is longer than <see cref="IntakeLimits.MaxAccountIdBytes"/>.</summary>
    AccountIdTooLong,

    /// <summary>The event time lies further ahead than clocks may differ.</summary>
    EventTimeAhead,

    /// <summary>The event time is older than an event may be.</summary>
    EventTimeTooOld,

    /// <summary>The event time is not a valid timestamp.</summary>
    EventTimeInvalid,

    /// <summary>No outcome in a report.</summary>
    OutcomeMissing,

    /// <summary>An outcome that this version does not know.</summary>
    OutcomeUnknown,

    /// <summary>The provider's name is too long or has other characters than allowed.</summary>
    ProviderInvalid,
}

/// <summary>The texts of the request errors: what was wrong, where, and what to do.</summary>
internal static class RequestErrorText
{
    /// <summary>The text of an error.</summary>
    public static string Of(RequestError error) => error switch
    {
        RequestError.NotProtobuf => "The message is not a valid protocol buffers message of this method's request type. Encode it with code generated from the proto files.",
        RequestError.EventTooLarge => $"The event has more than {IntakeLimits.MaxEventBytes} bytes. Send fewer software, process or sensor entries.",
        RequestError.WrongType => "A required field (event_id, event_time, scene, account_id, outcome) has a wire type other than the contract's. Encode it with code generated from the proto files.",
        RequestError.EventIdMissing => "event_id is missing. Send a unique id of 1 to 64 bytes, the same for every retry of the event.",
        RequestError.EventIdTooLong => $"event_id has more than {IntakeLimits.MaxEventIdBytes} bytes. Send a shorter one, such as a UUID.",
        RequestError.SceneMissing => "scene is missing. Send one of the Scene values other than SCENE_UNSPECIFIED.",
        RequestError.SceneUnknown => "scene is not a value that this version of the service knows. Send one of the Scene values of its proto files.",
        RequestError.AccountIdTooLong => $"account_id has more than {IntakeLimits.MaxAccountIdBytes} bytes. Send the app's own account id.",
        RequestError.EventTimeAhead => "event_time is more than 10 minutes ahead of the service's clock. Set the caller's clock, or leave event_time out.",
        RequestError.EventTimeTooOld => "event_time is more than 24 hours ago. Such an event can no longer be scored.",
        RequestError.EventTimeInvalid => "event_time is not a valid google.protobuf.Timestamp (nanos must lie in 0 to 999,999,999).",
        RequestError.OutcomeMissing => "outcome is missing. Send one of the Outcome values other than OUTCOME_UNSPECIFIED.",
        RequestError.OutcomeUnknown => "outcome is not a value that this version of the service knows. Send one of the Outcome values of its proto files.",
        RequestError.ProviderInvalid => $"provider must have at most {IntakeLimits.MaxProviderBytes} characters of a-z, 0-9, '_' and '-'.",
        _ => "The request is not usable.",
    };
}
