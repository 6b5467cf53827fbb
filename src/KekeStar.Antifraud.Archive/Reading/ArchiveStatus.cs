namespace KekeStar.Antifraud.Archive.Reading;

/// <summary>How a question to the archive ended.</summary>
internal enum ArchiveStatus
{
    /// <summary>Answered in full.</summary>
    Ok,

    /// <summary>Answered from as many rows as the limits allow; there are more.</summary>
    Truncated,

    /// <summary>Not answered within <see cref="ArchiveLimits.QueryTime"/>. Ask for a shorter time, or for more precisely what.</summary>
    Timeout,

    /// <summary>The files cannot be read now.</summary>
    Unavailable,
}
