namespace KekeStar.Antifraud.Windows.Redis;

/// <summary>The commands of one entry, in the order in which they are sent: the lowest bit first.</summary>
[Flags]
internal enum EntrySteps : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>SET key "" EX seconds NX: makes the key with an expiry if it does not exist.</summary>
    Make = 1,

    /// <summary>APPEND.</summary>
    Append = 2,

    /// <summary>EXPIRE.</summary>
    Renew = 4,

    /// <summary>GETRANGE.</summary>
    Read = 8,
}
