namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>What a server answered.</summary>
internal enum RespReplyKind
{
    /// <summary>A word, such as OK.</summary>
    Simple,

    /// <summary>A refusal or failure, its first word says which.</summary>
    Error,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Bytes.</summary>
    Bulk,

    /// <summary>No value.</summary>
    Null,
}
