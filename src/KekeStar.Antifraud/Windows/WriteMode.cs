namespace KekeStar.Antifraud.Windows;

/// <summary>Which logs an event is written to.</summary>
internal enum WriteMode : byte
{
    /// <summary>All of its entities'.</summary>
    All,

    /// <summary>None: it is a retry of an event that this process wrote, or its account is forgotten.</summary>
    None,

    /// <summary>Of the logs that a device can make anew with every event only those that exist already.</summary>
    Existing,

    /// <summary>Its account's alone: the account has had more entities than can be remembered, and so erased again.</summary>
    Account,
}
