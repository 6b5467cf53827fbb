namespace KekeStar.Antifraud.Intake.Identifiers;

/// <summary>
/// Account id and event id: text of the app's own, compared byte for byte. Nothing is trimmed, folded or looked up,
/// since two ids that differ in case or in a blank may be two accounts.
/// </summary>
internal static class OpaqueId
{
    /// <summary>Longest account id in bytes, as the contract says.</summary>
    internal const int MaxAccountLength = 128;

    /// <summary>Longest event id in bytes, as the contract says.</summary>
    internal const int MaxEventLength = 64;

    /// <summary>Checks the length; the normal form is the text itself.</summary>
    /// <param name="kind">Account or Event.</param>
    /// <param name="utf8">The text.</param>
    /// <returns>NullValue for an empty text: there is no id.</returns>
    internal static NormaliseStatus Check(EntityKind kind, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return NormaliseStatus.NullValue;
        }

        var limit = kind == EntityKind.Account ? MaxAccountLength : MaxEventLength;
        return utf8.Length > limit ? NormaliseStatus.TooLong : NormaliseStatus.Ok;
    }
}
