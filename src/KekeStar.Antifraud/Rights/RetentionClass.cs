namespace KekeStar.Antifraud.Rights;

/// <summary>Where what is derived from a signal lies at the longest.</summary>
internal enum RetentionClass
{
    /// <summary>Nowhere: it ends with the request.</summary>
    Request,

    /// <summary>In the window logs and the entity contexts.</summary>
    Windows,

    /// <summary>In the markers of what a user decided.</summary>
    ConsentMarkers,

    /// <summary>In the lists.</summary>
    Lists,

    /// <summary>In the audit log.</summary>
    AuditLog,
}
